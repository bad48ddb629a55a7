import { DefaultButton, IconButton, makeStyles, TextField } from '@fluentui/react';
import { useRef, useState } from 'react';
import { counted } from '../../../lib/sizes.ts';
import { moved } from './column-order.ts';
import type { ColumnDraft } from './form-values.ts';

/** Rows that are drawn at once; more come on demand. */
const pageRows = 100;

const useStyles = makeStyles((theme) => ({
  root: { border: 0, margin: 0, padding: 0, minWidth: 0, display: 'flex', flexDirection: 'column', gap: 8 },
  legend: { padding: '5px 0', lineHeight: '20px' },
  list: {
    border: `1px solid ${theme.semanticColors.bodyDivider}`,
    borderRadius: 4,
    maxHeight: 288,
    overflowY: 'auto',
    position: 'relative',
    margin: 0,
    padding: '4px 4px 4px 12px',
    listStyle: 'none',
  },
  row: {
    display: 'grid',
    gridTemplateColumns: 'minmax(0, 1fr) minmax(0, 1fr) auto',
    gap: 8,
    alignItems: 'start',
    padding: '2px 0',
    // On a phone the new name has a line of its own.
    '@media (max-width: 639px)': { gridTemplateColumns: 'minmax(0, 1fr) auto' },
  },
  as: { minWidth: 0, '@media (max-width: 639px)': { gridColumn: '1 / -1', gridRow: '2' } },
  name: { lineHeight: '32px', overflow: 'hidden', textOverflow: 'ellipsis', whiteSpace: 'nowrap' },
  gone: { color: theme.semanticColors.errorText },
  actions: { display: 'flex' },
  note: { margin: 0, fontSize: 12, color: theme.semanticColors.bodySubtext },
}));

type Props = {
  label: string;
  chosen: readonly ColumnDraft[];
  /** Names that the entity has; undefined until they are read. */
  present: ReadonlySet<string> | undefined;
  onChange: (chosen: ColumnDraft[]) => void;
  errorAt: (index: number) => string | undefined;
  isDisabled?: boolean;
};

/** The chosen columns in the order of the files, and what each is called there. */
export const ColumnNames = ({ label, chosen, present, onChange, errorAt, isDisabled }: Props) => {
  const styles = useStyles();
  const list = useRef<HTMLOListElement>(null);
  const [shownRows, setShownRows] = useState(pageRows);
  // A field in error is drawn however far down it stands.
  const lastError = chosen.findLastIndex((_, index) => errorAt(index) !== undefined);
  const shown = chosen.slice(0, Math.max(shownRows, lastError + 1));

  const move = (index: number, by: -1 | 1) => {
    const name = chosen[index]?.name;
    onChange(moved(chosen, index, by));
    const target = index + by;
    const isAtEnd = target === 0 || target === chosen.length - 1;
    // The focus goes along with the column; at an end the button that led there has nothing left to do.
    setTimeout(() =>
      list.current
        ?.querySelector<HTMLElement>(`[data-column="${CSS.escape(name ?? '')}"] [data-move="${isAtEnd ? -by : by}"]`)
        ?.focus(),
    );
  };

  return (
    <fieldset className={styles.root}>
      <legend className={styles.legend}>Names and order in the files</legend>
      <ol ref={list} className={styles.list} aria-label={`Chosen columns of ${label}, in order`}>
        {shown.map(({ name, as }, index) => {
          const isGone = present !== undefined && !present.has(name);
          return (
            <li key={name} className={styles.row} data-column={name}>
              <span className={isGone ? `${styles.name} ${styles.gone}` : styles.name} title={name}>
                {name}
                {isGone && ' (gone)'}
              </span>
              <div className={styles.as}>
                <TextField
                  ariaLabel={`Name of ${name} in the files`}
                  placeholder={name}
                  autoComplete="off"
                  value={as}
                  disabled={isDisabled}
                  errorMessage={errorAt(index)}
                  onChange={(_, text = '') => onChange(chosen.with(index, { name, as: text }))}
                />
              </div>
              <div className={styles.actions}>
                <IconButton
                  iconProps={{ iconName: 'SortUp' }}
                  title="Move up"
                  ariaLabel={`Move ${name} up`}
                  data-move={-1}
                  disabled={isDisabled || index === 0}
                  onClick={() => move(index, -1)}
                />
                <IconButton
                  iconProps={{ iconName: 'SortDown' }}
                  title="Move down"
                  ariaLabel={`Move ${name} down`}
                  data-move={1}
                  disabled={isDisabled || index === chosen.length - 1}
                  onClick={() => move(index, 1)}
                />
                <IconButton
                  iconProps={{ iconName: 'Cancel' }}
                  title="Leave out"
                  ariaLabel={`Leave ${name} out`}
                  disabled={isDisabled}
                  onClick={() => {
                    onChange(chosen.filter((_, at) => at !== index));
                    setTimeout(() =>
                      list.current?.querySelectorAll<HTMLElement>('input')[Math.min(index, chosen.length - 2)]?.focus(),
                    );
                  }}
                />
              </div>
            </li>
          );
        })}
      </ol>
      {chosen.length > shown.length && (
        <div>
          <DefaultButton
            text={`Show ${counted(Math.min(pageRows, chosen.length - shown.length), 'more column')}`}
            onClick={() => setShownRows(shown.length + pageRows)}
          />
        </div>
      )}
    </fieldset>
  );
};
