import { DefaultButton, PrimaryButton } from '@fluentui/react';
import { useId } from '@fluentui/react-hooks';
import type { ReactNode } from 'react';
import type { FieldValues, UseFormReturn } from 'react-hook-form';
import { LeaveGuard } from '../leave-guard.tsx';
import { SidePanel, type SidePanelProps } from '../side-panel.tsx';
import { FormFields } from './form-fields.tsx';

type FormPanelProps<Values extends FieldValues, Output> = Pick<
  SidePanelProps,
  'title' | 'subtitle' | 'size' | 'onClose'
> & {
  form: UseFormReturn<Values, unknown, Output>;
  /** Gets the values as the form's schema made them; not called while a field is in error. */
  onSubmit: (values: Output) => unknown;
  submitText: string;
  isSubmitting?: boolean;
  /** True while something required is missing that the schema does not know of. */
  isSubmitDisabled?: boolean;
  /** Further buttons, after Cancel. */
  moreActions?: ReactNode;
  children: ReactNode;
};

/** A side panel around a form: Enter submits, the footer has the submit button and Cancel, and unsaved changes are guarded. */
export const FormPanel = <Values extends FieldValues, Output>({
  form,
  onSubmit,
  submitText,
  isSubmitting = false,
  isSubmitDisabled = false,
  moreActions,
  onClose,
  children,
  ...panel
}: FormPanelProps<Values, Output>) => {
  const formId = useId('form');
  return (
    <SidePanel
      {...panel}
      onClose={onClose}
      footer={
        <>
          <PrimaryButton
            type="submit"
            form={formId}
            text={isSubmitting ? `${submitText} …` : submitText}
            disabled={isSubmitting || isSubmitDisabled}
          />
          <DefaultButton text="Cancel" onClick={onClose} disabled={isSubmitting} />
          {moreActions}
        </>
      }
    >
      <form id={formId} noValidate onSubmit={form.handleSubmit((values) => onSubmit(values))}>
        <FormFields form={form}>{children}</FormFields>
      </form>
      <LeaveGuard isDirty={form.formState.isDirty} />
    </SidePanel>
  );
};
