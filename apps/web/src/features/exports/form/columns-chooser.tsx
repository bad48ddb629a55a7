import { ChoiceGroup, makeStyles } from '@fluentui/react';
import type { EntityColumn } from '@junction/contracts';
import { ColumnList } from './column-list.tsx';
import { ColumnNames } from './column-names.tsx';
import { allColumns, withColumns, withoutColumns } from './column-order.ts';
import type { EntityDraft } from './form-values.ts';

const useStyles = makeStyles((theme) => ({
  root: { display: 'flex', flexDirection: 'column', gap: 12 },
  error: { color: theme.semanticColors.errorText, fontSize: 12 },
}));

type Props = {
  label: string;
  columns: readonly EntityColumn[];
  value: EntityDraft['columns'];
  onChange: (columns: EntityDraft['columns']) => void;
  path: string;
  errorAt: (path: string) => string | undefined;
  isDisabled?: boolean;
};

/** All columns of an entity, or some of them under names and in an order of one's own. */
export const ColumnsChooser = ({ label, columns, value, onChange, path, errorAt, isDisabled }: Props) => {
  const styles = useStyles();
  const error = errorAt(path);
  return (
    <div className={styles.root}>
      <ChoiceGroup
        label="Columns"
        disabled={isDisabled}
        selectedKey={value === 'all' ? 'all' : 'chosen'}
        options={[
          { key: 'all', text: `All columns (${columns.length}), also ones that are added later` },
          {
            key: 'chosen',
            text: value === 'all' ? 'Chosen columns' : `Chosen columns (${value.length} of ${columns.length})`,
          },
        ]}
        onChange={(_, option) => onChange(option?.key === 'chosen' ? allColumns(columns) : 'all')}
      />
      {error !== undefined && (
        <div role="alert" className={styles.error}>
          {error}
        </div>
      )}
      {value !== 'all' && (
        <>
          <ColumnList
            label={label}
            columns={columns}
            chosen={new Set(value.map(({ name }) => name))}
            isDisabled={isDisabled}
            onAdd={(names) => onChange(withColumns(value, names, columns))}
            onRemove={(names) => onChange(withoutColumns(value, names))}
          />
          {value.length > 0 && (
            <ColumnNames
              label={label}
              chosen={value}
              present={new Set(columns.map(({ name }) => name))}
              isDisabled={isDisabled}
              errorAt={(index) => errorAt(`${path}.${index}.as`) ?? errorAt(`${path}.${index}.name`)}
              onChange={onChange}
            />
          )}
        </>
      )}
    </div>
  );
};
