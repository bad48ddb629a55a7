import { DefaultButton, Link, MessageBar, MessageBarType, makeStyles, Spinner, SpinnerSize } from '@fluentui/react';
import { useQuery } from '@tanstack/react-query';
import { FormFields } from '../../../ui/form/form-fields.tsx';
import { Section } from '../../../ui/section.tsx';
import { sampleLakeQuery } from '../api.ts';
import { ConnectionFields } from '../form/connection-fields.tsx';
import { withSampleLake } from '../form/form-values.ts';
import { Verification } from '../form/verification.tsx';
import { MappingFields } from '../profiles/mapping-fields.tsx';
import type { SetUp } from './use-set-up.ts';
import { whyBack } from './why-back.ts';

const useStyles = makeStyles((theme) => ({
  root: { display: 'flex', flexDirection: 'column', gap: 24 },
  why: { '&:empty': { display: 'none' } },
  fields: { maxWidth: 560 },
  wider: { maxWidth: 720 },
  text: { margin: '0 0 12px', color: theme.semanticColors.bodySubtext, maxWidth: 640, lineHeight: '20px' },
  failed: { display: 'flex', flexDirection: 'column', alignItems: 'flex-start', gap: 12 },
}));

const refusal =
  'It does not work yet. Correct it and choose Next again, or go on anyway: nothing is imported, and there is no report, until a check passes.';

/** The first step: where the data is, whether it can be read, and what its columns mean. */
export const SettingsStep = ({ setUp, wasSentBack }: { setUp: SetUp; wasSentBack: boolean }) => {
  const styles = useStyles();
  const { form, check, manifest, verification, isBusy } = setUp;
  const sample = useQuery(sampleLakeQuery).data?.sample;
  const why = whyBack(setUp, wasSentBack);
  return (
    <div className={styles.root}>
      <div role="status" className={styles.why}>
        {why !== undefined && (
          <MessageBar messageBarType={MessageBarType.info} isMultiline delayedRender={false}>
            {why}
          </MessageBar>
        )}
      </div>
      <div className={styles.fields}>
        {sample && (
          <p className={styles.text}>
            To try it out:{' '}
            <Link onClick={() => form.fillIn(withSampleLake(manifest, form.values, sample))}>
              Fill in the sample lake
            </Link>
          </p>
        )}
        <FormFields form={form.form}>
          <ConnectionFields manifest={manifest} form={form} isDisabled={isBusy} isOnPage />
        </FormFields>
      </div>
      <div className={styles.wider}>
        <Verification
          check={check}
          isDisabled={isBusy}
          isOutdated={verification.isOutdated}
          isRefused={check.result !== undefined && check.result.outcome !== 'passed'}
          refusal={refusal}
          onVerify={(allow) => void setUp.verify(allow)}
          onCancel={check.cancel}
        />
      </div>
      <ColumnsSection setUp={setUp} />
    </div>
  );
};

/** What the columns mean; there once they were read. */
const ColumnsSection = ({ setUp }: { setUp: SetUp }) => {
  const styles = useStyles();
  const { columns, mapping, setMapping, isBusy, verification, readColumns } = setUp;
  if (columns.status === 'unknown') return null;
  return (
    <Section title="What the columns mean">
      <p className={styles.text}>
        Junction recognises the columns that a report needs by their names. Check them and correct what is wrong. Of the
        values only their shapes are shown, with A and a for letters and 9 for digits; never a value itself.
      </p>
      {columns.status === 'reading' && (
        <Spinner
          size={SpinnerSize.small}
          label="Reading the columns …"
          labelPosition="right"
          styles={{ root: { justifyContent: 'flex-start' } }}
        />
      )}
      {columns.status === 'failed' && (
        <div className={styles.failed}>
          <MessageBar messageBarType={MessageBarType.error} isMultiline delayedRender={false} role="alert">
            The columns could not be read. {columns.error.message}
          </MessageBar>
          <DefaultButton
            text="Try again"
            disabled={verification.isOutdated || isBusy}
            onClick={() => void readColumns()}
          />
        </div>
      )}
      {columns.status === 'known' && (
        <MappingFields
          columns={columns.value.columns}
          value={mapping ?? columns.value.proposed}
          onChange={setMapping}
          isDisabled={isBusy}
        />
      )}
    </Section>
  );
};
