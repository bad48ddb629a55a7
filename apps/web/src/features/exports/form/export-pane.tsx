import { DefaultButton, makeStyles, PrimaryButton } from '@fluentui/react';
import { useId } from '@fluentui/react-hooks';
import type { ReactNode } from 'react';
import { FormFields } from '../../../ui/form/form-fields.tsx';
import { LeaveGuard } from '../../../ui/leave-guard.tsx';
import { SidePanel } from '../../../ui/side-panel.tsx';
import type { ExportForm } from './use-export-form.ts';

const useStyles = makeStyles((theme) => ({
  why: { flexBasis: '100%', margin: 0, color: theme.semanticColors.bodySubtext, fontSize: 12, lineHeight: '16px' },
}));

type Props = {
  title: string;
  subtitle?: ReactNode;
  form: ExportForm;
  isDirty: boolean;
  isSaving: boolean;
  /** Why it cannot be saved now, if so. */
  why?: string;
  /** Called when nothing is wrong with the fields. */
  onSave: () => unknown;
  /** The same, and runs it; absent where it cannot be run. */
  onSaveAndRun?: () => unknown;
  onClose: () => unknown;
  children: ReactNode;
};

/** The pane in which an export is set up and edited: the fields, and the buttons that save it. */
export const ExportPane = ({
  title,
  subtitle,
  form,
  isDirty,
  isSaving,
  why,
  onSave,
  onSaveAndRun,
  onClose,
  children,
}: Props) => {
  const styles = useStyles();
  const formId = useId('export');
  const whyId = useId('why-not');
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
        text={isSaving ? 'Saving …' : 'Save'}
        disabled={isSaving || why !== undefined}
        allowDisabledFocus
        aria-describedby={why === undefined ? undefined : whyId}
      />
      {onSaveAndRun && (
        <DefaultButton
          text="Save and run"
          disabled={isSaving}
          onClick={() => void (why === undefined ? form.submit(onSaveAndRun) : onSaveAndRun())}
        />
      )}
      <DefaultButton text="Cancel" disabled={isSaving} onClick={() => void onClose()} />
    </>
  );
  return (
    <SidePanel
      title={title}
      subtitle={subtitle}
      size="details"
      footer={footer}
      onClose={() => !isSaving && void onClose()}
    >
      <form
        id={formId}
        ref={form.element}
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          if (why === undefined) void form.submit(onSave);
        }}
      >
        <FormFields form={form.form}>{children}</FormFields>
      </form>
      <LeaveGuard isDirty={isDirty} />
    </SidePanel>
  );
};
