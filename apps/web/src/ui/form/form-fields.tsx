import { MessageBar, MessageBarType, makeStyles } from '@fluentui/react';
import type { ReactNode } from 'react';
import type { FieldValues, UseFormReturn } from 'react-hook-form';

const useStyles = makeStyles({ root: { display: 'flex', flexDirection: 'column', gap: 16 } });

/** The one column of a form, and above it what the server said about the form as a whole (see applyProblem). */
export const FormFields = <Values extends FieldValues, Output>({
  form,
  children,
}: {
  form: UseFormReturn<Values, unknown, Output>;
  children: ReactNode;
}) => {
  const styles = useStyles();
  const message = form.formState.errors.root?.server?.message;
  return (
    <div className={styles.root}>
      {message !== undefined && (
        <MessageBar messageBarType={MessageBarType.error} isMultiline delayedRender={false}>
          {message}
        </MessageBar>
      )}
      {children}
    </div>
  );
};
