import { MessageBar, MessageBarType, makeStyles } from '@fluentui/react';
import { type ReactNode, useEffect, useRef } from 'react';
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
  const { root, ...fields } = form.formState.errors;
  const refusal = root?.server;
  return (
    <div className={styles.root}>
      {refusal?.message !== undefined && <Refusal refusal={refusal} isAlone={Object.keys(fields).length === 0} />}
      {children}
    </div>
  );
};

/** In a long form this is far above the button that was pressed, so it comes into sight, unless the focus goes to a field. */
const Refusal = ({ refusal, isAlone }: { refusal: { message?: string }; isAlone: boolean }) => {
  const bar = useRef<HTMLDivElement>(null);
  useEffect(() => {
    // Each refusal is an object of its own, even where it says the same again.
    if (isAlone && refusal) bar.current?.scrollIntoView({ block: 'nearest' });
  }, [isAlone, refusal]);
  return (
    <div ref={bar}>
      <MessageBar messageBarType={MessageBarType.error} isMultiline delayedRender={false}>
        {refusal.message}
      </MessageBar>
    </div>
  );
};
