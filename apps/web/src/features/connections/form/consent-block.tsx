import { Checkbox, makeStyles } from '@fluentui/react';
import { useId } from '@fluentui/react-hooks';
import { type Control, useController } from 'react-hook-form';
import type { FormValues } from './form-values.ts';

/**
 * What an administrator agrees to when setting a connection up. Another text needs another `consentTextVersion` in the
 * contracts, because the version is stored with the consent.
 */
const statements = [
  'Data that is sent over this connection leaves Junction, and with it the protections that apply here. It can include sensitive personal data.',
  'Junction sends the data because you, on behalf of your organization, instruct it to.',
  'You are responsible for the destination meeting your privacy and security obligations.',
  'An administrator can remove this connection at any time, which stops the transfer.',
] as const;

const useStyles = makeStyles((theme) => ({
  root: {
    border: `1px solid ${theme.semanticColors.bodyDivider}`,
    borderRadius: 8,
    padding: 16,
    background: theme.palette.neutralLighterAlt,
  },
  title: { fontSize: 14, fontWeight: 600, lineHeight: '20px', margin: '0 0 8px' },
  list: { margin: '0 0 16px', paddingInlineStart: 20, lineHeight: '20px', '& li': { marginBottom: 4 } },
  agree: { marginInlineStart: 4 },
  required: { color: theme.semanticColors.errorText },
  error: { color: theme.semanticColors.errorText, fontSize: 12, marginTop: 4 },
}));

/** The terms on data leaving Junction, and the agreement to them. */
export const ConsentBlock = ({ control, isDisabled }: { control: Control<FormValues>; isDisabled: boolean }) => {
  const styles = useStyles();
  const titleId = useId('consent');
  const { field, fieldState } = useController({ control, name: 'agreed' });
  return (
    <section className={styles.root} aria-labelledby={titleId}>
      <h2 id={titleId} className={styles.title}>
        Data privacy and compliance
      </h2>
      <ul className={styles.list}>
        {statements.map((statement) => (
          <li key={statement}>{statement}</li>
        ))}
      </ul>
      <Checkbox
        label="I agree"
        onRenderLabel={() => (
          <span className={styles.agree}>
            I agree
            <span className={styles.required} aria-hidden>
              {' *'}
            </span>
          </span>
        )}
        required
        disabled={isDisabled}
        checked={field.value}
        componentRef={(checkbox) => field.ref(checkbox && { focus: () => checkbox.focus() })}
        onChange={(_, isChecked) => field.onChange(isChecked === true)}
      />
      {fieldState.error && (
        <div role="alert" className={styles.error}>
          {fieldState.error.message}
        </div>
      )}
    </section>
  );
};
