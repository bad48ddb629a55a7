import { Link as FluentLink, MessageBar, MessageBarType, makeStyles, PrimaryButton } from '@fluentui/react';
import * as contract from '@junction/contracts';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { useSearchParams } from 'react-router';
import { ApiProblem } from '../../lib/errors.ts';
import { safeReturnPath } from '../../lib/paths.ts';
import { read } from '../../lib/queries.ts';
import { endSession } from '../../lib/session.ts';
import { useSubmit } from '../../lib/use-submit.ts';
import { applyProblem } from '../../ui/form/apply-problem.ts';
import { PasswordInput, TextInput } from '../../ui/form/fields.tsx';
import { FormFields } from '../../ui/form/form-fields.tsx';
import { useZodForm } from '../../ui/form/use-zod-form.ts';
import { DemoAccounts } from './demo-accounts.tsx';
import { EntryFrame } from './entry-frame.tsx';
import { useEnter } from './use-enter.ts';
import { waitWords } from './wait-words.ts';

const useStyles = makeStyles({
  actions: { marginTop: 8 },
  notice: { marginBottom: 16 },
});

/** Signs in with e-mail and password, then goes on to the page that was asked for. */
export const SignInPage = () => {
  const styles = useStyles();
  const [params] = useSearchParams();
  const enter = useEnter();
  const queryClient = useQueryClient();
  // However one came here (signed out, session ended), what the session had read is forgotten now.
  useEffect(() => void endSession(queryClient), [queryClient]);
  const options = useQuery(read(contract.getSignInOptions, {}));
  const form = useZodForm(contract.SignIn, { email: '', password: '' });
  const submit = useSubmit(contract.createSession, {
    onSuccess: (me) => enter(me, safeReturnPath(params.get('return'))),
  });

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
    <EntryFrame title="Sign in" purpose="Manage where your data may go.">
      {params.has('ended') && (
        <MessageBar className={styles.notice} messageBarType={MessageBarType.info} isMultiline delayedRender={false}>
          Your session ended. Sign in to go on; what you had typed is not kept.
        </MessageBar>
      )}
      {options.data?.needsFirstAdmin && (
        <MessageBar className={styles.notice} messageBarType={MessageBarType.info} isMultiline>
          Nobody can sign in yet. Open the one-time link that was printed where Junction was started; it creates the
          first admin.
        </MessageBar>
      )}
      {options.isError && (
        <MessageBar className={styles.notice} messageBarType={MessageBarType.error} isMultiline>
          {options.error.message} <FluentLink onClick={() => options.refetch()}>Retry</FluentLink>
        </MessageBar>
      )}
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
            hasFocusFirst
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
      {options.data && options.data.demoAccounts.length > 0 && (
        <DemoAccounts accounts={options.data.demoAccounts} onChoose={chooseAccount} />
      )}
    </EntryFrame>
  );
};
