import { PrimaryButton } from '@fluentui/react';
import * as contract from '@junction/contracts';
import * as z from 'zod';
import { useSubmit } from '../../lib/use-submit.ts';
import { applyProblem } from '../../ui/form/apply-problem.ts';
import { PasswordInput, TextInput } from '../../ui/form/fields.tsx';
import { FormFields } from '../../ui/form/form-fields.tsx';
import { useZodForm } from '../../ui/form/use-zod-form.ts';
import { useEnter } from './use-enter.ts';

/** The fields of each kind of link, out of the contract's own. */
const schemas = {
  firstAdmin: z.object({
    email: contract.Email,
    name: contract.DisplayName,
    environmentName: contract.DisplayName,
    password: contract.NewPassword,
  }),
  newMember: z.object({ name: contract.DisplayName, password: contract.NewPassword }),
  passwordReset: z.object({ password: contract.NewPassword }),
} as const;

type Fields = { email: string; name: string; environmentName: string; password: string };

/** Sets a password with a one-time link and signs in. */
export const RedeemForm = ({ token, link }: { token: string; link: contract.OneTimeLinkView }) => {
  const { purpose } = link;
  const enter = useEnter();
  const form = useZodForm<Fields, Partial<Fields>>(schemas[purpose] as unknown as z.ZodType<Partial<Fields>, Fields>, {
    email: link.email ?? '',
    name: link.name ?? '',
    environmentName: '',
    password: '',
  });
  const submit = useSubmit(contract.redeemOneTimeLink, { onSuccess: (me) => enter(me, '/') });
  const redeem = ({ password = '', ...rest }: Partial<Fields>) =>
    submit.mutate({ body: { token, password, ...rest } }, { onError: (error) => applyProblem(form, error) });
  const asks = (field: keyof Fields) => field in schemas[purpose].shape;
  return (
    <form noValidate onSubmit={form.handleSubmit(redeem)}>
      <FormFields form={form}>
        {asks('email') && (
          <TextInput
            control={form.control}
            name="email"
            label="E-mail"
            type="email"
            autoComplete="username"
            isRequired
            hasFocusFirst
          />
        )}
        {asks('name') && (
          <TextInput control={form.control} name="name" label="Your name" autoComplete="name" isRequired />
        )}
        {asks('environmentName') && (
          <TextInput
            control={form.control}
            name="environmentName"
            label="Name of the first environment"
            placeholder="Contoso"
            help="Everything belongs to an environment. You can rename it later and create more."
            isRequired
          />
        )}
        <PasswordInput
          control={form.control}
          name="password"
          label={purpose === 'passwordReset' ? 'New password' : 'Password'}
          help="At least 12 characters. A few words in a row are easy to remember and hard to guess."
          autoComplete="new-password"
          isRequired
        />
        <div>
          <PrimaryButton
            type="submit"
            text={
              submit.isPending
                ? 'Saving …'
                : purpose === 'passwordReset'
                  ? 'Set password and sign in'
                  : 'Create account and sign in'
            }
            disabled={submit.isPending}
          />
        </div>
      </FormFields>
    </form>
  );
};
