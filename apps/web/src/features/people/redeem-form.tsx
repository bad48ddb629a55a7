import { PrimaryButton } from '@fluentui/react';
import * as contract from '@junction/contracts';
import * as z from 'zod';
import { useSubmit } from '../../lib/use-submit.ts';
import { applyProblem } from '../../ui/form/apply-problem.ts';
import { PasswordInput, TextInput } from '../../ui/form/fields.tsx';
import { FormFields } from '../../ui/form/form-fields.tsx';
import { useZodForm } from '../../ui/form/use-zod-form.ts';
import { useEnter } from './use-enter.ts';

/** What each kind of link asks for besides the password, out of the contract's own. */
const asked = {
  firstAdmin: { email: contract.Email, name: contract.DisplayName, environmentName: contract.DisplayName },
  newMember: { name: contract.DisplayName },
  passwordReset: {},
  breakGlass: {},
} as const satisfies Record<contract.OneTimeLinkView['purpose'], z.ZodRawShape>;

const password = { password: contract.NewPassword };

type Fields = { email: string; name: string; environmentName: string; password: string };

const buttonWords = ({ purpose, setsPassword, name, email }: contract.OneTimeLinkView): string => {
  if (setsPassword && (purpose === 'passwordReset' || purpose === 'breakGlass')) return 'Set password and sign in';
  if (purpose === 'firstAdmin' || purpose === 'newMember') return 'Create account and sign in';
  const who = name || email;
  return who ? `Sign in as ${who}` : 'Sign in';
};

/** Uses a one-time link: sets a password where it is for one, and signs in. */
export const RedeemForm = ({ token, link }: { token: string; link: contract.OneTimeLinkView }) => {
  const { purpose, setsPassword } = link;
  const enter = useEnter();
  const shape = { ...asked[purpose], ...(setsPassword && password) };
  const form = useZodForm<Fields, Partial<Fields>>(z.object(shape) as unknown as z.ZodType<Partial<Fields>, Fields>, {
    email: link.email ?? '',
    name: link.name ?? '',
    environmentName: '',
    password: '',
  });
  const submit = useSubmit(contract.redeemOneTimeLink, { onSuccess: (me) => enter(me, '/') });
  const redeem = (values: Partial<Fields>) =>
    submit.mutate({ body: { token, ...values } }, { onError: (error) => applyProblem(form, error) });
  const asks = (field: keyof Fields) => field in shape;
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
            help={setsPassword ? undefined : 'The one that the identity provider knows you by.'}
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
        {asks('password') && (
          <PasswordInput
            control={form.control}
            name="password"
            label={purpose === 'passwordReset' ? 'New password' : 'Password'}
            help="At least 12 characters. A few words in a row are easy to remember and hard to guess."
            autoComplete="new-password"
            isRequired
          />
        )}
        <div>
          <PrimaryButton
            type="submit"
            text={submit.isPending ? (setsPassword ? 'Saving …' : 'Signing in …') : buttonWords(link)}
            disabled={submit.isPending}
          />
        </div>
      </FormFields>
    </form>
  );
};
