import { Checkbox, Dropdown, makeStyles, TextField } from '@fluentui/react';
import { useId } from '@fluentui/react-hooks';
import { useState } from 'react';
import { useController } from 'react-hook-form';
import { ChoiceInput } from '../../../ui/form/fields.tsx';
import { delimiterWords } from './format-words.ts';
import type { ExportForm } from './use-export-form.ts';

const useStyles = makeStyles((theme) => ({
  help: {
    display: 'block',
    marginTop: 4,
    paddingInlineStart: 28,
    fontSize: 12,
    color: theme.semanticColors.bodySubtext,
  },
  root: { display: 'flex', flexDirection: 'column', gap: 16 },
  delimiter: { display: 'flex', flexWrap: 'wrap', gap: 8, alignItems: 'flex-start' },
  choice: { width: 160 },
  other: { width: 160 },
}));

const formatChoices = [
  { key: 'csv', text: 'CSV', help: 'Text that every tool reads.' },
  { key: 'csvGzip', text: 'CSV compressed with gzip', help: 'The same in about a fifth of the room.' },
  { key: 'parquet', text: 'Parquet', help: 'Columns with their types, for analytics.' },
];

const other = 'other';
const delimiterOptions = [
  ...Object.entries(delimiterWords).map(([key, text]) => ({ key, text })),
  { key: other, text: 'Other' },
];

/** The format of the files; what only CSV has is asked for CSV only. */
export const FormatFields = ({ form: { form, values }, isDisabled }: { form: ExportForm; isDisabled: boolean }) => {
  const styles = useStyles();
  const escapeHelp = useId('escape-help');
  const { control } = form;
  const header = useController({ control, name: 'format.hasHeader' });
  const formulas = useController({ control, name: 'format.escapeFormulas' });
  return (
    <div className={styles.root}>
      <ChoiceInput
        control={control}
        name="format.type"
        label="File format"
        choices={formatChoices}
        isDisabled={isDisabled}
      />
      {values.format.type !== 'parquet' && (
        <>
          <Delimiter control={control} isDisabled={isDisabled} />
          <Checkbox
            label="The first line has the names of the columns"
            checked={header.field.value}
            disabled={isDisabled}
            onChange={(_, isChecked = false) => header.field.onChange(isChecked)}
          />
          <div>
            <Checkbox
              label="Escape formulas"
              ariaDescribedBy={escapeHelp}
              checked={formulas.field.value}
              disabled={isDisabled}
              onChange={(_, isChecked = false) => formulas.field.onChange(isChecked)}
            />
            <span id={escapeHelp} className={styles.help}>
              Text that a spreadsheet would run as a formula gets an apostrophe in front. For files that people open in
              a spreadsheet.
            </span>
          </div>
        </>
      )}
    </div>
  );
};

const Delimiter = ({ control, isDisabled }: { control: ExportForm['form']['control']; isDisabled: boolean }) => {
  const styles = useStyles();
  const { field, fieldState } = useController({ control, name: 'format.delimiter' });
  const [isOther, setIsOther] = useState(!(field.value in delimiterWords));
  const isNamed = field.value in delimiterWords;
  return (
    <div className={styles.delimiter}>
      <Dropdown
        className={styles.choice}
        label="Delimiter"
        options={delimiterOptions}
        selectedKey={isOther || !isNamed ? other : field.value}
        disabled={isDisabled}
        onChange={(_, option) => {
          setIsOther(option?.key === other);
          field.onChange(option?.key === other ? '' : option?.key);
        }}
      />
      {(isOther || !isNamed) && (
        <TextField
          className={styles.other}
          label="Other delimiter"
          maxLength={1}
          autoComplete="off"
          value={field.value}
          disabled={isDisabled}
          errorMessage={fieldState.error?.message}
          styles={{ errorMessage: { width: 'min(320px, 80vw)' } }}
          onChange={(_, text = '') => field.onChange(text)}
          onBlur={field.onBlur}
        />
      )}
    </div>
  );
};
