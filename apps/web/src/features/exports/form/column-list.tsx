import { Checkbox, DefaultButton, makeStyles, SearchBox } from '@fluentui/react';
import type { EntityColumn } from '@junction/contracts';
import { useState } from 'react';
import { counted } from '../../../lib/sizes.ts';

/** Rows that are drawn at once; more come on demand, as a table may have thousands of columns. */
const pageRows = 100;

const useStyles = makeStyles((theme) => ({
  root: { border: 0, margin: 0, padding: 0, minWidth: 0, display: 'flex', flexDirection: 'column', gap: 8 },
  bar: { display: 'flex', flexWrap: 'wrap', gap: 8, alignItems: 'center' },
  search: { flex: '1 1 160px', minWidth: 0 },
  list: {
    border: `1px solid ${theme.semanticColors.bodyDivider}`,
    borderRadius: 4,
    maxHeight: 240,
    overflowY: 'auto',
    padding: '4px 12px',
    position: 'relative',
    display: 'grid',
    gridTemplateColumns: 'repeat(auto-fill, minmax(220px, 1fr))',
    gap: '0 12px',
  },
  row: { minHeight: 32, display: 'flex', alignItems: 'center', gap: 8, minWidth: 0 },
  type: { fontSize: 12, color: theme.semanticColors.bodySubtext, whiteSpace: 'nowrap' },
  none: { color: theme.semanticColors.bodySubtext, padding: '6px 0' },
}));

type Props = {
  /** The entity, to name the list for screen readers. */
  label: string;
  columns: readonly EntityColumn[];
  chosen: ReadonlySet<string>;
  onAdd: (names: string[]) => void;
  onRemove: (names: string[]) => void;
  isDisabled?: boolean;
};

const typeWords: Readonly<Record<EntityColumn['type'], string>> = {
  text: 'text',
  integer: 'whole number',
  decimal: 'number',
  boolean: 'true or false',
  date: 'date',
  time: 'time',
  dateTime: 'date and time',
  guid: 'GUID',
  json: 'JSON',
  other: 'other',
};

/** The columns of an entity to check, with a search. Selecting all takes those that the search found. */
export const ColumnList = ({ label, columns, chosen, onAdd, onRemove, isDisabled }: Props) => {
  const styles = useStyles();
  const [search, setSearch] = useState('');
  const [shownRows, setShownRows] = useState(pageRows);
  const wanted = search.trim().toLowerCase();
  const found = columns.filter(({ name }) => name.toLowerCase().includes(wanted));
  const names = found.map(({ name }) => name);
  const isSome = names.some((name) => chosen.has(name));
  const isEvery = names.length > 0 && names.every((name) => chosen.has(name));
  return (
    <fieldset className={styles.root} aria-label={`Columns of ${label}`}>
      <div className={styles.bar}>
        <SearchBox
          className={styles.search}
          placeholder="Search columns"
          ariaLabel={`Search columns of ${label}`}
          value={search}
          onChange={(_, text = '') => setSearch(text)}
        />
        <Checkbox
          label={wanted === '' ? 'Select all' : `Select the ${counted(found.length, 'column')} found`}
          checked={isEvery}
          indeterminate={isSome && !isEvery}
          disabled={isDisabled || found.length === 0}
          onChange={() => (isEvery ? onRemove(names) : onAdd(names))}
        />
      </div>
      <div className={styles.list}>
        {found.slice(0, shownRows).map(({ name, type, description }) => (
          <div key={name} className={styles.row} title={description}>
            <Checkbox
              label={name}
              checked={chosen.has(name)}
              disabled={isDisabled}
              onChange={(_, isChecked) => (isChecked ? onAdd([name]) : onRemove([name]))}
            />
            <span className={styles.type}>{typeWords[type]}</span>
          </div>
        ))}
        {found.length === 0 && <span className={styles.none}>No column matches.</span>}
      </div>
      {found.length > shownRows && (
        <div>
          <DefaultButton
            text={`Show ${counted(Math.min(pageRows, found.length - shownRows), 'more column')}`}
            onClick={() => setShownRows(shownRows + pageRows)}
          />
        </div>
      )}
    </fieldset>
  );
};
