import { DefaultButton, makeStyles, PrimaryButton } from '@fluentui/react';
import { useId } from '@fluentui/react-hooks';
import type { Manifest } from '@junction/connectors/manifests';
import type { Connection } from '@junction/contracts';
import type { FormEvent, ReactNode } from 'react';
import { listOfWords } from '../../../lib/words.ts';
import { FormFields } from '../../../ui/form/form-fields.tsx';
import { LeaveGuard } from '../../../ui/leave-guard.tsx';
import { SidePanel } from '../../../ui/side-panel.tsx';
import type { Check, RunCheck } from '../check/use-check.ts';
import { ConnectionFields } from './connection-fields.tsx';
import { ConsentBlock } from './consent-block.tsx';
import type { ConnectionForm } from './use-connection-form.ts';
import type { ConnectionSave } from './use-connection-save.ts';
import { useVerification } from './use-verification.ts';
import { Verification } from './verification.tsx';

const useStyles = makeStyles((theme) => ({
  form: { display: 'flex', flexDirection: 'column', gap: 24 },
  why: { flexBasis: '100%', margin: 0, color: theme.semanticColors.bodySubtext, fontSize: 12, lineHeight: '16px' },
}));

type Props = {
  title: string;
  subtitle?: ReactNode;
  manifest: Manifest;
  form: ConnectionForm;
  /** The saved connection that is being edited; a new one asks for consent as well. */
  original?: Connection;
  check: Check;
  /** Asks for a check of what the form holds. */
  runCheck: RunCheck;
  save: Pick<ConnectionSave, 'isSaving' | 'isUnverified'>;
  onSave: (saveAnyway: boolean) => Promise<void>;
  onClose: () => void;
};

/** The pane in which a connection is set up and edited: fields, verification, consent, and the buttons that save it. */
export const ConnectionPane = ({
  title,
  subtitle,
  manifest,
  form,
  original,
  check,
  runCheck,
  save,
  onSave,
  onClose,
}: Props) => {
  const styles = useStyles();
  const formId = useId('connection');
  const whyId = useId('why-not');
  const verification = useVerification({ form, check, runCheck });
  const {
    reading,
    form: { control, formState, trigger },
  } = form;
  const { isSaving, isUnverified } = save;

  const missing = reading.problems.filter(({ kind }) => kind === 'missing').map(({ label }) => label);
  const isUnchanged = original !== undefined && !formState.isDirty;
  const why = isUnchanged
    ? 'Nothing has been changed.'
    : missing.length > 0
      ? `Still needed: ${listOfWords(missing.map((label) => `“${label}”`))}.`
      : undefined;

  const submit = async (saveAnyway: boolean) => {
    if (why !== undefined || !(await trigger(undefined, { shouldFocus: true }))) return;
    verification.begin();
    await onSave(saveAnyway);
  };
  const onSubmit = (event: FormEvent) => {
    event.preventDefault();
    void submit(false);
  };

  const footer = (
    <>
      {why !== undefined && (
        <p id={whyId} className={styles.why}>
          {why}
        </p>
      )}
      <PrimaryButton
        type="submit"
        form={formId}
        text={isSaving ? 'Verifying and saving …' : 'Save'}
        disabled={isSaving || why !== undefined}
        allowDisabledFocus
        aria-describedby={why === undefined ? undefined : whyId}
      />
      {isUnverified && <DefaultButton text="Save anyway" disabled={isSaving} onClick={() => submit(true)} />}
      <DefaultButton text="Cancel" disabled={isSaving} onClick={onClose} />
    </>
  );

  return (
    <SidePanel title={title} subtitle={subtitle} footer={footer} onClose={() => !isSaving && onClose()}>
      <form id={formId} noValidate className={styles.form} onSubmit={onSubmit}>
        <FormFields form={form.form}>
          <ConnectionFields manifest={manifest} form={form} original={original} isDisabled={isSaving} />
        </FormFields>
        <Verification
          check={check}
          isDisabled={isSaving}
          isOutdated={verification.isOutdated}
          isRefused={isUnverified}
          onVerify={verification.verify}
          onCancel={check.cancel}
        />
        {original === undefined && <ConsentBlock control={control} isDisabled={isSaving} />}
      </form>
      <LeaveGuard isDirty={formState.isDirty} />
    </SidePanel>
  );
};
