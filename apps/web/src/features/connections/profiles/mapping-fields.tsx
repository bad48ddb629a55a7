import { makeStyles } from '@fluentui/react';
import { type ProfileColumn, type ProfileMapping, type ProfileTrait, profileTraits } from '@junction/contracts';
import { useState } from 'react';
import { traitWords } from '../../../lib/trait-words.ts';
import { GroupedCombobox } from '../../../ui/grouped-combobox.tsx';
import { chosenTwice, withColumn } from './mapping.ts';

const notThere = '(not there)';

const useStyles = makeStyles((theme) => ({
  root: { display: 'flex', flexDirection: 'column', gap: 12 },
  row: {
    display: 'grid',
    gridTemplateColumns: 'minmax(0, 280px) minmax(0, 1fr)',
    gap: '4px 16px',
    alignItems: 'start',
    '@media (max-width: 639px)': { gridTemplateColumns: 'minmax(0, 1fr)' },
  },
  // Beside the field, below its label.
  shapes: {
    display: 'flex',
    flexWrap: 'wrap',
    gap: 4,
    minHeight: 32,
    marginTop: 29,
    alignItems: 'center',
    '@media (max-width: 639px)': { minHeight: 0, marginTop: 0 },
  },
  shape: {
    padding: '0 6px',
    borderRadius: 4,
    fontFamily: 'Consolas, "Cascadia Mono", Menlo, monospace',
    fontSize: 12,
    lineHeight: '20px',
    background: theme.palette.neutralLighter,
    overflowWrap: 'anywhere',
  },
  quiet: { color: theme.semanticColors.bodySubtext, fontSize: 12 },
}));

type Props = {
  columns: readonly ProfileColumn[];
  value: ProfileMapping;
  onChange: (mapping: ProfileMapping) => void;
  isDisabled?: boolean;
};

/** Which column of the customers has which trait, with what the values of each column look like. */
export const MappingFields = ({ columns, value, onChange, isDisabled }: Props) => {
  const styles = useStyles();
  const twice = chosenTwice(value);
  return (
    <div className={styles.root}>
      {profileTraits.map((trait) => {
        const column = value[trait];
        return (
          <div key={trait} className={styles.row}>
            <ColumnField
              trait={trait}
              columns={columns}
              column={column}
              isTwice={column !== undefined && twice.includes(column)}
              onChange={(name) => onChange(withColumn(value, trait, name))}
              isDisabled={isDisabled}
            />
            <div className={styles.shapes}>
              <Shapes column={columns.find(({ name }) => name === column)} isChosen={column !== undefined} />
            </div>
          </div>
        );
      })}
    </div>
  );
};

const Shapes = ({ column, isChosen }: { column: ProfileColumn | undefined; isChosen: boolean }) => {
  const styles = useStyles();
  if (column === undefined && isChosen) return null;
  if (column === undefined) return <span className={styles.quiet}>The report has nothing about it.</span>;
  if (column.shapes.length === 0) return <span className={styles.quiet}>No values were found.</span>;
  return (
    <>
      <span className={styles.quiet}>Looks like</span>
      {column.shapes.map((shape) => (
        <code key={shape} className={styles.shape}>
          {shape}
        </code>
      ))}
    </>
  );
};

type FieldProps = {
  trait: ProfileTrait;
  columns: readonly ProfileColumn[];
  column: string | undefined;
  isTwice: boolean;
  onChange: (column: string | undefined) => void;
  isDisabled?: boolean;
};

const ColumnField = ({ trait, columns, column, isTwice, onChange, isDisabled }: FieldProps) => {
  const [search, setSearch] = useState('');
  const found = columns.filter(({ name }) => name.toLowerCase().includes(search.trim().toLowerCase()));
  const isGone = column !== undefined && !columns.some(({ name }) => name === column);
  const wrong = isTwice
    ? 'This column is chosen twice. Choose another one, or Not there.'
    : isGone
      ? 'The customers have no such column any more. Choose another one, or Not there.'
      : undefined;
  return (
    <GroupedCombobox
      label={traitWords[trait]}
      isDisabled={isDisabled}
      errorMessage={wrong}
      value={column ?? notThere}
      valueText={column ?? 'Not there'}
      search={search}
      onSearch={setSearch}
      onChange={(key) => onChange(key === notThere ? undefined : key)}
      groups={[
        { key: 'none', options: search === '' ? [{ key: notThere, text: 'Not there' }] : [] },
        { key: 'columns', options: found.map(({ name, shapes }) => ({ key: name, text: name, note: shapes[0] })) },
      ]}
      none="No column fits."
    />
  );
};
