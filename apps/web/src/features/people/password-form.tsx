import { makeStyles, PrimaryButton } from '@fluentui/react';
import * as contract from '@junction/contracts';
import { useQueryClient } from '@tanstack/react-query';
import * as z from 'zod';
import { ApiProblem, isProblem } from '../../lib/errors.ts';
import { keyOf } from '../../lib/queries.ts';
import { useMe } from '../../lib/session.ts';
import { useSubmit } from '../../lib/use-submit.ts';
import { applyProblem } from '../../ui/form/apply-problem.ts';
import { PasswordInput } from '../../ui/form/fields.tsx';
import { FormFields } from '../../ui/form/form-fields.tsx';
import { useZodForm } from '../../ui/form/use-zod-form.ts';
import { useToasts } from '../../ui/toasts.tsx';
import { waitWords } from './wait-words.ts';

const PasswordChange = z.object({
  currentPassword: z.string().min(1, { error: 'Enter your current password.' }),
  newPassword: contract.NewPassword,
});

const useStyles = makeStyles((theme) => ({
  title: { margin: 0, fontSize: 14, lineHeight: '20px', fontWeight: 600 },
  text: { margin: '4px 0 16px', color: theme.semanticColors.bodySubtext },
}));

/** Changes one's password; sessions elsewhere end with it. */
export const PasswordForm = () => {
  const styles = useStyles();
  const me = useMe();
  const toasts = useToasts();
  const queryClient = useQueryClient();
  const form = useZodForm(PasswordChange, { currentPassword: '', newPassword: '' });
  const submit = useSubmit(contract.changePassword, {
    onSuccess: async () => {
      form.reset();
      toasts.success('Password changed. Your other sessions have ended.');
      await queryClient.invalidateQueries({ queryKey: keyOf(contract.listMySessions) });
    },
  });
  const change = (values: z.infer<typeof PasswordChange>) =>
    submit.mutate(
      { body: values },
      {
        onError: (error) => {
          if (isProblem(error, 'wrongCredentials')) {
            form.setError('currentPassword', { message: 'This is not your current password.' }, { shouldFocus: true });
          } else if (error instanceof ApiProblem && error.code === 'tooManyRequests') {
            form.setError('root.server', { message: waitWords(error.retryAfterSeconds) });
          } else applyProblem(form, error);
        },
      },
    );
  return (
    <section aria-labelledby="my-password">
      <h3 id="my-password" className={styles.title}>
        Password
      </h3>
      <p className={styles.text}>Changing it signs you out everywhere else.</p>
      <form noValidate onSubmit={form.handleSubmit(change)}>
        <FormFields form={form}>
          {/* Password managers tell accounts apart by it. */}
          <input type="text" name="username" autoComplete="username" value={me.email} readOnly hidden />
          <PasswordInput
            control={form.control}
            name="currentPassword"
            label="Current password"
            autoComplete="current-password"
            isRequired
          />
          <PasswordInput
            control={form.control}
            name="newPassword"
            label="New password"
            help="At least 12 characters."
            autoComplete="new-password"
            isRequired
          />
          <div>
            <PrimaryButton
              type="submit"
              text={submit.isPending ? 'Changing …' : 'Change password'}
              disabled={submit.isPending}
            />
          </div>
        </FormFields>
      </form>
    </section>
  );
};
