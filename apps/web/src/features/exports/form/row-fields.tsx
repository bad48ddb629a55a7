import { makeStyles } from '@fluentui/react';
import { ChoiceInput, TextInput } from '../../../ui/form/fields.tsx';
import type { ExportForm } from './use-export-form.ts';

const useStyles = makeStyles({
  root: { display: 'flex', flexDirection: 'column', gap: 16 },
  limits: { display: 'flex', flexWrap: 'wrap', gap: 16 },
  number: { width: 200 },
});

const policiesFor = (hasFiles: boolean) => [
  {
    key: 'fail',
    text: 'Fail the run',
    help: hasFiles
      ? 'Nothing is written, and the run names the file and the line.'
      : 'The run names the file and the line, and is never said to be complete.',
  },
  {
    key: 'setAside',
    text: 'Set the row aside',
    help: hasFiles ? 'It goes to a file of its own with the reason, and is counted.' : 'It is left out, and counted.',
  },
];

/** What becomes of rows that cannot be read, and how many rows a run may write. */
export const RowFields = ({
  form: { form, values, hasFiles },
  isDisabled,
}: {
  form: ExportForm;
  isDisabled: boolean;
}) => {
  const styles = useStyles();
  const { control } = form;
  const count = { control, isDisabled, inputMode: 'numeric', autoComplete: 'off' } as const;
  return (
    <div className={styles.root}>
      <ChoiceInput
        control={control}
        name="malformedRows.policy"
        label="When a row cannot be read"
        choices={policiesFor(hasFiles)}
        isDisabled={isDisabled}
      />
      {values.malformedRows.policy === 'setAside' && (
        <div className={styles.number}>
          <TextInput
            {...count}
            name="malformedRows.limit"
            label="At most so many rows"
            help="With more, the run fails."
          />
        </div>
      )}
      <div className={styles.limits}>
        <div className={styles.number}>
          <TextInput {...count} name="rowLimits.minimum" label="Fewest rows" help="Empty for no limit." />
        </div>
        <div className={styles.number}>
          <TextInput
            {...count}
            name="rowLimits.maximum"
            label="Most rows"
            help={`With fewer or more, the run is skipped before anything is ${hasFiles ? 'written' : 'sent'}.`}
          />
        </div>
      </div>
    </div>
  );
};
