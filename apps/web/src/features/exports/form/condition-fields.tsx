import { ComboBox, Dropdown, IconButton, makeStyles } from '@fluentui/react';
import { comparisonsOf, type EntityColumn } from '@junction/contracts';
import { inSentence } from '../../../lib/words.ts';
import { ConditionValue } from './condition-value.tsx';
import { type ConditionDraft, withColumn, withComparison } from './filter-tree.ts';
import { comparisonWord } from './filter-words.ts';

const useStyles = makeStyles((theme) => ({
  condition: {
    border: 0,
    margin: 0,
    padding: 0,
    minWidth: 0,
    display: 'grid',
    gridTemplateColumns: 'minmax(0, 4fr) minmax(0, 4fr) minmax(0, 6fr) 32px',
    gap: 8,
    alignItems: 'start',
    '@media (max-width: 639px)': {
      gridTemplateColumns: 'minmax(0, 1fr) 32px',
      paddingBottom: 8,
      borderBottom: `1px solid ${theme.semanticColors.bodyDivider}`,
    },
  },
  // On a phone the fields stand under one another, and the button beside the first of them.
  remove: { '@media (max-width: 639px)': { gridColumn: '2', gridRow: '1' } },
  field: { minWidth: 0, '@media (max-width: 639px)': { gridColumn: '1' } },
}));

/** What every part of the filter needs of the whole. */
export type Whole = {
  columns: readonly EntityColumn[];
  isFull: boolean;
  isDisabled?: boolean;
  errorAt: (path: string) => string | undefined;
  wrongAt: (path: string) => string | undefined;
};

type ConditionProps = {
  whole: Whole;
  condition: ConditionDraft;
  path: string;
  name: string;
  onChange: (condition: ConditionDraft) => void;
  onRemove: () => void;
};

/** One condition: a typed column, a comparison that its type knows, and what to compare it with. */
export const ConditionFields = ({ whole, condition, path, name, onChange, onRemove }: ConditionProps) => {
  const styles = useStyles();
  const { columns, errorAt, wrongAt, isDisabled } = whole;
  const type = columns.find((column) => column.name === condition.column)?.type;
  const isGone = condition.column !== '' && type === undefined;
  const options = columns.map((column) => ({ key: column.name, text: column.name }));
  const isChosen = condition.column !== '';
  const comparisons = type === undefined ? [condition.is] : comparisonsOf[type];
  return (
    <fieldset className={styles.condition} aria-label={name} data-part>
      <div className={styles.field}>
        <ComboBox
          ariaLabel={`${name}: column`}
          placeholder="Column"
          options={isGone ? [{ key: condition.column, text: condition.column }, ...options] : options}
          selectedKey={isChosen ? condition.column : null}
          autoComplete="on"
          allowFreeInput
          useComboBoxAsMenuWidth
          calloutProps={{ calloutMaxHeight: 320 }}
          disabled={isDisabled}
          errorMessage={errorAt(`${path}.column`) ?? wrongAt(`${path}.column`)}
          onChange={(_, option) => {
            const chosen = columns.find((column) => column.name === option?.key);
            if (chosen) onChange(withColumn(condition, chosen.name, chosen.type));
          }}
        />
      </div>
      <div className={styles.field}>
        <Dropdown
          ariaLabel={`${name}: comparison`}
          options={comparisons.map((is) => ({ key: is, text: comparisonWord(is, type) }))}
          selectedKey={condition.is}
          disabled={isDisabled || !isChosen}
          errorMessage={errorAt(`${path}.is`) ?? wrongAt(`${path}.is`)}
          onChange={(_, option) => {
            const is = comparisons.find((comparison) => comparison === option?.key);
            if (is) onChange(withComparison(condition, is));
          }}
        />
      </div>
      <div className={styles.field}>
        {isChosen && (
          <ConditionValue
            // Of another type, the field is another one; what is wrong with its value is said anew.
            key={type}
            condition={condition}
            type={type}
            label={`${name}: value`}
            onChange={onChange}
            isDisabled={isDisabled}
            errorAt={(field) => errorAt(`${path}.${field}`)}
            wrongAt={(field) => wrongAt(`${path}.${field}`)}
          />
        )}
      </div>
      <IconButton
        className={styles.remove}
        iconProps={{ iconName: 'Cancel' }}
        title="Remove condition"
        ariaLabel={`Remove ${inSentence(name)}`}
        disabled={isDisabled}
        onClick={onRemove}
      />
    </fieldset>
  );
};
