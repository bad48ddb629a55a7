import { MessageBar, MessageBarType } from '@fluentui/react';
import * as contract from '@junction/contracts';
import { useQuery } from '@tanstack/react-query';
import { type Control, useWatch } from 'react-hook-form';
import { useNavigate } from 'react-router';
import * as z from 'zod';
import { paths } from '../../../lib/paths.ts';
import { environmentsQuery, useEnvironment } from '../../../lib/session.ts';
import { useSubmit } from '../../../lib/use-submit.ts';
import { applyProblem } from '../../../ui/form/apply-problem.ts';
import { ChoiceInput, SelectInput, TextInput } from '../../../ui/form/fields.tsx';
import { FormPanel } from '../../../ui/form/form-panel.tsx';
import { useZodForm } from '../../../ui/form/use-zod-form.ts';
import { leaveUnguarded } from '../../../ui/leave-guard.tsx';
import { useToasts } from '../../../ui/toasts.tsx';
import { useKeepSearch } from '../../../ui/url-state.ts';
import { RoleInput } from '../role-input.tsx';
import { serviceAccountsQuery, useServiceAccountsChanged } from './api.ts';

/** A new account, or one that is in another environment already. What belongs to the other choice stays while one tries them out. */
const NewAccount = z
  .object({
    source: z.enum(['new', 'known']),
    name: z.string(),
    environmentId: z.string(),
    serviceAccountId: z.string(),
    role: contract.Role,
  })
  .superRefine(({ source, name, environmentId, serviceAccountId }, { addIssue }) => {
    const refuse = (path: string, message: string) => addIssue({ code: 'custom', path: [path], message });
    if (source === 'new') {
      const problem = contract.DisplayName.safeParse(name).error?.issues[0];
      if (problem !== undefined) refuse('name', problem.message);
    } else if (environmentId === '') refuse('environmentId', 'Choose an environment.');
    else if (serviceAccountId === '') refuse('serviceAccountId', 'Choose a service account.');
  })
  .transform(({ source, name, serviceAccountId, role }) =>
    source === 'new' ? { name, role } : { serviceAccountId, role },
  );

type Values = z.input<typeof NewAccount>;
type Chosen = z.output<typeof NewAccount>;

const sources = [
  { key: 'new', text: 'A new one' },
  {
    key: 'known',
    text: 'One of another environment',
    help: 'Whoever holds one of its tokens then reaches this environment too, as far as the token and the role here allow.',
  },
];

/** Makes a service account, or gives one of another environment that one administers a role here. */
export const NewAccountPanel = () => {
  const { id: environmentId, name: environmentName } = useEnvironment();
  const navigate = useNavigate();
  const keepSearch = useKeepSearch();
  const toasts = useToasts();
  const accountsChanged = useServiceAccountsChanged();
  const environments = useQuery(environmentsQuery).data?.value ?? [];
  const others = environments.filter(({ id, role }) => id !== environmentId && role === 'admin');
  const form = useZodForm<Values, Chosen>(NewAccount, {
    source: 'new',
    name: '',
    environmentId: '',
    serviceAccountId: '',
    role: 'viewer',
  });
  const [source, otherId] = useWatch({ control: form.control, name: ['source', 'environmentId'] });
  const isKnown = source === 'known';
  const submit = useSubmit(contract.createServiceAccount, {
    onSuccess: async ({ id, name }) => {
      toasts.success(`${name} was added.${isKnown ? '' : ' Make a token for it next.'}`);
      void navigate(keepSearch(paths.serviceAccount(environmentId, id)), leaveUnguarded);
      await accountsChanged();
    },
  });
  return (
    <FormPanel
      title="Add service account"
      subtitle={`It stands for a program that works in ${environmentName} by tokens.`}
      form={form}
      submitText="Add"
      isSubmitting={submit.isPending}
      onSubmit={(body) =>
        submit.mutate({ params: { environmentId }, body }, { onError: (error) => applyProblem(form, error) })
      }
      onClose={() => void navigate(keepSearch(paths.serviceAccounts(environmentId)))}
    >
      {others.length > 0 && (
        <ChoiceInput control={form.control} name="source" label="Service account" choices={sources} />
      )}
      {isKnown ? (
        <>
          <SelectInput
            control={form.control}
            name="environmentId"
            label="Environment"
            help="Those that you administer."
            choices={others.map(({ id, name }) => ({ key: id, text: name }))}
            isRequired
          />
          {otherId !== '' && <KnownAccount key={otherId} control={form.control} here={environmentId} there={otherId} />}
        </>
      ) : (
        <TextInput
          control={form.control}
          name="name"
          label="Name"
          placeholder="Nightly loads"
          help="What the program is or does. It stands in the activity beside what it did."
          autoComplete="off"
          isRequired
        />
      )}
      <RoleInput control={form.control} name="role" label="Role" isRequired />
    </FormPanel>
  );
};

type KnownProps = {
  control: Control<Values, unknown, Chosen>;
  here: string;
  there: string;
};

/** The accounts of another environment that one may take in here. */
const KnownAccount = ({ control, here, there }: KnownProps) => {
  const ours = useQuery(serviceAccountsQuery(here));
  const theirs = useQuery(serviceAccountsQuery(there));
  const isHere = new Set(ours.data?.value.map(({ id }) => id));
  const offered = theirs.data?.value.filter(({ id, isYours }) => isYours && !isHere.has(id));
  if (theirs.error !== null)
    return (
      <MessageBar messageBarType={MessageBarType.error} isMultiline delayedRender={false}>
        Its service accounts could not be loaded. {theirs.error.message}
      </MessageBar>
    );
  if (offered?.length === 0)
    return (
      <MessageBar isMultiline delayedRender={false}>
        It has no service account that could be used here.
      </MessageBar>
    );
  return (
    <SelectInput
      control={control}
      name="serviceAccountId"
      label="Service account of that environment"
      choices={(offered ?? []).map(({ id, name }) => ({ key: id, text: name }))}
      isDisabled={offered === undefined}
      isRequired
    />
  );
};
