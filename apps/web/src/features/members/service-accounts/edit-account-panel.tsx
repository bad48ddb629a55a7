import * as contract from '@junction/contracts';
import { useParams } from 'react-router';
import * as z from 'zod';
import { isProblem } from '../../../lib/errors.ts';
import { paths } from '../../../lib/paths.ts';
import { useEnvironment } from '../../../lib/session.ts';
import { useSubmit } from '../../../lib/use-submit.ts';
import { applyProblem } from '../../../ui/form/apply-problem.ts';
import { TextInput } from '../../../ui/form/fields.tsx';
import { FormPanel } from '../../../ui/form/form-panel.tsx';
import { useTheirChanges } from '../../../ui/form/use-their-changes.ts';
import { useZodForm } from '../../../ui/form/use-zod-form.ts';
import { usePanels } from '../../../ui/panel-navigation.ts';
import { SidePanel } from '../../../ui/side-panel.tsx';
import { useToasts } from '../../../ui/toasts.tsx';
import { RoleInput } from '../role-input.tsx';
import { useServiceAccount, useServiceAccountsChanged } from './api.ts';
import { NotYours } from './not-yours.tsx';
import { UnreadAccount } from './unread-account.tsx';

/** The name of a service account, and its role in this environment. */
export const EditAccountPanel = () => {
  const { id: environmentId } = useEnvironment();
  const { serviceAccountId = '' } = useParams();
  const { account, error, refetch } = useServiceAccount(environmentId, serviceAccountId);
  const { close, closeSaved } = usePanels(paths.serviceAccounts(environmentId));
  if (account)
    return (
      <EditAccount
        key={account.id}
        environmentId={environmentId}
        account={account}
        onStale={() => refetch()}
        onSaved={closeSaved}
        onClose={() => void close()}
      />
    );
  return (
    <SidePanel title="Service account" onClose={() => void close()}>
      <UnreadAccount isGone={account === null} error={error} onRetry={() => void refetch()} />
    </SidePanel>
  );
};

const Values = z.object({ name: contract.DisplayName, role: contract.Role });

type Props = {
  environmentId: string;
  account: contract.ServiceAccount;
  onStale: () => unknown;
  onSaved: () => unknown;
  onClose: () => void;
};

const EditAccount = ({ environmentId, account, onStale, onSaved, onClose }: Props) => {
  const toasts = useToasts();
  const accountsChanged = useServiceAccountsChanged();
  const saved = { name: account.name, role: account.role };
  const form = useZodForm(Values, saved);
  useTheirChanges(form, saved, account.etag);
  const submit = useSubmit(contract.updateServiceAccount, {
    onSuccess: async ({ name }) => {
      toasts.success(`${name} was saved.`);
      await onSaved();
      await accountsChanged();
    },
  });
  return (
    <FormPanel
      title={account.name}
      subtitle="Another role holds from its next request on."
      form={form}
      submitText="Save"
      isSubmitting={submit.isPending}
      isSubmitDisabled={!form.formState.isDirty || !account.isYours}
      onSubmit={({ name, role }) =>
        submit.mutate(
          {
            params: { environmentId, serviceAccountId: account.id },
            body: { ...(name !== account.name && { name }), ...(role !== account.role && { role }) },
            ifMatch: account.etag,
          },
          {
            onError: (error) => {
              applyProblem(form, error);
              if (isProblem(error, 'preconditionFailed')) onStale();
            },
          },
        )
      }
      onClose={onClose}
    >
      {!account.isYours && <NotYours />}
      <TextInput
        control={form.control}
        name="name"
        label="Name"
        help="It has this name in every environment that it belongs to."
        autoComplete="off"
        isDisabled={!account.isYours}
        isRequired
      />
      <RoleInput control={form.control} name="role" label="Role here" isDisabled={!account.isYours} isRequired />
    </FormPanel>
  );
};
