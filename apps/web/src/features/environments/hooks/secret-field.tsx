import { DefaultButton, Label, makeStyles } from '@fluentui/react';
import { useId } from '@fluentui/react-hooks';
import { type ReactNode, useState } from 'react';
import { type UseFormReturn, useWatch } from 'react-hook-form';
import { ButtonRow } from '../../../ui/button-row.tsx';
import { CopyButton } from '../../../ui/copy-button.tsx';
import { PasswordInput } from '../../../ui/form/fields.tsx';
import type { Hook, HookValues } from './hook-values.ts';
import { newSigningSecret } from './signing-secret.ts';

type Form = UseFormReturn<HookValues, unknown, Hook>;

const useStyles = makeStyles((theme) => ({
  root: { display: 'flex', flexDirection: 'column', gap: 8 },
  // As light as the labels of the inputs around it.
  label: { fontWeight: 400, padding: 0 },
  text: { margin: 0, color: theme.semanticColors.bodySubtext },
}));

/**
 * The signing secret, which goes in and never comes out. One that is set, for `signedUrl`, can be replaced or taken away; a URL other
 * than that needs it again.
 */
export const SecretField = ({ form, signedUrl }: { form: Form; signedUrl?: string }) => {
  const [plan, url, secret] = useWatch({ control: form.control, name: ['secretPlan', 'url', 'secret'] });
  /** Once something was chosen, the focus goes along with what takes its place. */
  const [hasChosen, setHasChosen] = useState(false);
  const choose = (secretPlan: HookValues['secretPlan']) => {
    setHasChosen(true);
    form.setValue('secretPlan', secretPlan, { shouldDirty: true });
    form.setValue('secret', '', { shouldDirty: true });
    form.clearErrors('secret');
  };
  if (plan === 'remove')
    return (
      <Settled key="removed" text="It is taken away: notices are not signed any more.">
        <DefaultButton text="Keep signing" autoFocus onClick={() => choose('keep')} />
      </Settled>
    );
  if (signedUrl === undefined) return <SecretInput form={form} />;
  const isElsewhere = url.trim() !== signedUrl;
  const stopSigning = <DefaultButton text="Stop signing" onClick={() => choose('remove')} />;
  if (isElsewhere)
    return (
      <SecretInput form={form} why="Notices would go to another place: enter the secret again, or another one.">
        {stopSigning}
      </SecretInput>
    );
  if (plan === 'keep' && secret === '')
    return (
      <Settled key="set" text="It is set: notices are signed.">
        <DefaultButton
          text="Replace"
          ariaLabel="Replace the signing secret"
          autoFocus={hasChosen}
          onClick={() => choose('replace')}
        />
        {stopSigning}
      </Settled>
    );
  return (
    <SecretInput form={form} hasFocusFirst={hasChosen}>
      <DefaultButton text="Keep the one that is set" onClick={() => choose('keep')} />
    </SecretInput>
  );
};

const Settled = ({ text, children }: { text: string; children: ReactNode }) => {
  const styles = useStyles();
  const labelId = useId('signing-secret');
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset would bring its own border and legend
    <div role="group" aria-labelledby={labelId} className={styles.root}>
      <Label id={labelId} className={styles.label}>
        Signing secret
      </Label>
      <p className={styles.text}>{text}</p>
      <ButtonRow>{children}</ButtonRow>
    </div>
  );
};

type InputProps = { form: Form; why?: string; hasFocusFirst?: boolean; children?: ReactNode };

const SecretInput = ({ form, why = '', hasFocusFirst, children }: InputProps) => {
  const styles = useStyles();
  const secret = useWatch({ control: form.control, name: 'secret' });
  const generate = () =>
    form.setValue('secret', newSigningSecret(), { shouldDirty: true, shouldTouch: true, shouldValidate: true });
  return (
    <div className={styles.root}>
      <PasswordInput
        control={form.control}
        name="secret"
        label="Signing secret"
        autoComplete="off"
        placeholder="whsec_…"
        hasFocusFirst={hasFocusFirst}
        help={`${why} With it the receiver can tell that a notice comes from Junction, so it needs the same one. It is kept sealed and never shown again.`.trim()}
      />
      <ButtonRow>
        <DefaultButton text="Generate one" onClick={generate} />
        {secret !== '' && <CopyButton text={secret} what="secret" isLabeled />}
        {children}
      </ButtonRow>
    </div>
  );
};
