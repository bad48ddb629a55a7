import { makeStyles } from '@fluentui/react';
import { SelectInput, TextInput } from '../../../ui/form/fields.tsx';
import type { ExportForm } from './use-export-form.ts';

const useStyles = makeStyles({
  root: { display: 'flex', flexWrap: 'wrap', gap: 8, alignItems: 'flex-start' },
  choice: { width: 240 },
  number: { width: 120 },
});

const choices = [
  { key: 'all', text: 'Of all runs' },
  { key: 'runs', text: 'Of the last runs' },
  { key: 'days', text: 'Of the last days' },
];

/** Which runs' files are kept; the newest run's always are. */
export const RetentionFields = ({ form: { form, values }, isDisabled }: { form: ExportForm; isDisabled: boolean }) => {
  const styles = useStyles();
  const { control } = form;
  const { keep } = values.retention;
  return (
    <div className={styles.root}>
      <div className={styles.choice}>
        <SelectInput
          control={control}
          name="retention.keep"
          label="Keep the files"
          help={keep === 'all' ? undefined : 'Older files are removed after a run has succeeded.'}
          choices={choices}
          isDisabled={isDisabled}
        />
      </div>
      {keep !== 'all' && (
        <div className={styles.number}>
          <TextInput
            control={control}
            name={`retention.${keep}`}
            label={keep === 'runs' ? 'Runs' : 'Days'}
            inputMode="numeric"
            autoComplete="off"
            isDisabled={isDisabled}
          />
        </div>
      )}
    </div>
  );
};
