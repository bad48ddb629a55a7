import { makeStyles, PrimaryButton } from '@fluentui/react';
import * as contract from '@junction/contracts';
import { ApiProblem } from '../../lib/errors.ts';
import { useSubmit } from '../../lib/use-submit.ts';
import { applyProblem } from '../../ui/form/apply-problem.ts';
import { PasswordInput, TextInput } from '../../ui/form/fields.tsx';
import { FormFields } from '../../ui/form/form-fields.tsx';
import { useZodForm } from '../../ui/form/use-zod-form.ts';
import { DemoAccounts } from './demo-accounts.tsx';
import { useEnter } from './use-enter.ts';
import { waitWords } from './wait-words.ts';

const useStyles = makeStyles({ actions: { marginTop: 8 } });

type Props = {
  returnTo: string;
  demoAccounts: contract.SignInOptions['demoAccounts'];
  /** Whether one can type at once. */
  hasFocusFirst: boolean;
};

/** Signs in with e-mail and password. */
export const PasswordSignIn = ({ returnTo, demoAccounts, hasFocusFirst }: Props) => {
  const styles = useStyles();
  const enter = useEnter();
  const form = useZodForm(contract.SignIn, { email: '', password: '' });
  const submit = useSubmit(contract.createSession, { onSuccess: (me) => enter(me, returnTo) });

  const signIn = (values: contract.SignIn) =>
    submit.mutate(
      { body: values },
      {
        onError: (error) => {
          form.resetField('password');
          if (error instanceof ApiProblem && error.code === 'tooManyRequests') {
            form.setError('root.server', { message: waitWords(error.retryAfterSeconds) });
            return;
          }
          applyProblem(form, error);
          form.setFocus('password');
        },
      },
    );

  const chooseAccount = (email: string) => {
    form.setValue('email', email, { shouldValidate: true });
    form.setFocus('password');
  };

  return (
    <>
      <form noValidate onSubmit={form.handleSubmit(signIn)}>
        <FormFields form={form}>
          <TextInput
            control={form.control}
            name="email"
            label="E-mail"
            type="email"
            autoComplete="username"
            inputMode="email"
            isRequired
            hasFocusFirst={hasFocusFirst}
          />
          <PasswordInput
            control={form.control}
            name="password"
            label="Password"
            autoComplete="current-password"
            isRequired
          />
          <div className={styles.actions}>
            <PrimaryButton
              type="submit"
              text={submit.isPending ? 'Signing in …' : 'Sign in'}
              disabled={submit.isPending}
            />
          </div>
        </FormFields>
      </form>
      {demoAccounts.length > 0 && <DemoAccounts accounts={demoAccounts} onChoose={chooseAccount} />}
    </>
  );
};
