import * as contract from '@junction/contracts';
import { useState } from 'react';
import { useNavigate } from 'react-router';
import { paths } from '../../lib/paths.ts';
import { useEnvironment } from '../../lib/session.ts';
import { useWaysToSignIn } from '../../lib/sign-in-options.ts';
import { useSubmit } from '../../lib/use-submit.ts';
import { applyProblem } from '../../ui/form/apply-problem.ts';
import { TextInput } from '../../ui/form/fields.tsx';
import { FormPanel } from '../../ui/form/form-panel.tsx';
import { useZodForm } from '../../ui/form/use-zod-form.ts';
import { leaveUnguarded } from '../../ui/leave-guard.tsx';
import { useToasts } from '../../ui/toasts.tsx';
import { useKeepSearch } from '../../ui/url-state.ts';
import { useMembersChanged } from './api.ts';
import { LinkPanel } from './link-panel.tsx';
import { RoleInput } from './role-input.tsx';

type Issued = { who: string; link: contract.IssuedLink };

/** Adds somebody by e-mail. Who is new to Junction gets a one-time link, shown here once, to be passed on. */
export const NewMemberPanel = () => {
  const environment = useEnvironment();
  const navigate = useNavigate();
  const keepSearch = useKeepSearch();
  const toasts = useToasts();
  const membersChanged = useMembersChanged(environment.id);
  const { hasPasswords, hasProvider, providers } = useWaysToSignIn();
  const [issued, setIssued] = useState<Issued | null>(null);
  const close = (how = {}) => void navigate(keepSearch(paths.members(environment.id)), how);
  const form = useZodForm(contract.NewMember, { email: '', role: 'viewer' });
  const submit = useSubmit(contract.createMember, {
    onSuccess: async ({ name, email, oneTimeLink }) => {
      toasts.success(`${name || email} was added.`);
      if (oneTimeLink) setIssued({ who: email, link: oneTimeLink });
      else close(leaveUnguarded);
      await membersChanged();
    },
  });
  if (issued) {
    return (
      <LinkPanel
        title="Pass this link on"
        text={`${issued.who} is new here. With this link they set a password and sign in.`}
        link={issued.link}
        onClose={() => close()}
      />
    );
  }
  return (
    <FormPanel
      title="Add member"
      subtitle={`They can work in ${environment.name} from their next request on.`}
      form={form}
      submitText="Add"
      isSubmitting={submit.isPending}
      onSubmit={(body) =>
        submit.mutate(
          { params: { environmentId: environment.id }, body },
          { onError: (error) => applyProblem(form, error) },
        )
      }
      onClose={() => close()}
    >
      <TextInput
        control={form.control}
        name="email"
        label="E-mail"
        type="email"
        autoComplete="off"
        help={
          !hasPasswords
            ? `No mail is sent; tell them yourself. They sign in with ${providers}, by the address that it knows of them.`
            : hasProvider
              ? `No mail is sent. Somebody new to Junction gets a one-time link, which you pass on; or they sign in with ${providers}.`
              : 'No mail is sent. Somebody new to Junction gets a one-time link, which you pass on.'
        }
        isRequired
      />
      <RoleInput control={form.control} name="role" label="Role" isRequired />
    </FormPanel>
  );
};
