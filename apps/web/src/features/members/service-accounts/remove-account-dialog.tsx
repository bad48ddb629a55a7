import * as contract from '@junction/contracts';
import { useParams } from 'react-router';
import { paths } from '../../../lib/paths.ts';
import { useEnvironment } from '../../../lib/session.ts';
import { useSubmit } from '../../../lib/use-submit.ts';
import { ConfirmDialog } from '../../../ui/confirm-dialog.tsx';
import { usePanels } from '../../../ui/panel-navigation.ts';
import { useToasts } from '../../../ui/toasts.tsx';
import { useServiceAccount, useServiceAccountsChanged } from './api.ts';

/** Takes a service account out of the environment, after asking. */
export const RemoveAccountDialog = () => {
  const { id: environmentId, name: environmentName } = useEnvironment();
  const { serviceAccountId = '' } = useParams();
  const toasts = useToasts();
  const accountsChanged = useServiceAccountsChanged();
  const { account, error, refetch } = useServiceAccount(environmentId, serviceAccountId);
  const { close, closeToList } = usePanels(paths.serviceAccounts(environmentId));
  const submit = useSubmit(contract.deleteServiceAccount, {
    onSuccess: async () => {
      toasts.success(`${account?.name ?? 'The service account'} was removed.`);
      await closeToList();
      await accountsChanged();
    },
  });
  const gone = account === null ? new Error('This service account was removed already.') : null;
  return (
    <ConfirmDialog
      title={`Remove ${account?.name ?? 'this service account'}?`}
      consequences={[
        `Its tokens stop working in ${environmentName} at once, and what uses them fails.`,
        'If it belongs to no other environment, it is deleted with its tokens.',
        'Exports that it made stay, and its entries in the activity stay.',
      ]}
      confirmText="Remove"
      isBusy={submit.isPending || (account === undefined && error === null)}
      error={submit.error ?? error ?? gone}
      onConfirm={() => {
        if (!account) return void close();
        const params = { environmentId, serviceAccountId };
        submit.mutate({ params, ifMatch: account.etag }, { onError: () => void refetch() });
      }}
      onCancel={() => void close()}
    />
  );
};
