import * as contract from '@junction/contracts';
import { useQuery } from '@tanstack/react-query';
import { useParams } from 'react-router';
import { isProblem } from '../../../lib/errors.ts';
import { paths } from '../../../lib/paths.ts';
import { useEnvironment } from '../../../lib/session.ts';
import { useSubmit } from '../../../lib/use-submit.ts';
import { usePanels } from '../../../ui/panel-navigation.ts';
import { useToasts } from '../../../ui/toasts.tsx';
import { RevokeTokenDialog } from '../../../ui/tokens/revoke-token-dialog.tsx';
import { accountTokensQuery, useServiceAccountsChanged } from './api.ts';

/** Revokes a token of a service account, after asking. */
export const RevokeAccountTokenDialog = () => {
  const { id: environmentId } = useEnvironment();
  const { serviceAccountId = '', tokenId = '' } = useParams();
  const toasts = useToasts();
  const { close, closeSaved } = usePanels(paths.serviceAccount(environmentId, serviceAccountId));
  const accountsChanged = useServiceAccountsChanged();
  const { data, isPending, error } = useQuery(accountTokensQuery(environmentId, serviceAccountId));
  const token = data?.value.find(({ id }) => id === tokenId);
  const revoke = useSubmit(contract.deleteServiceAccountToken);

  const onConfirm = async () => {
    const name = token?.name ?? 'The token';
    try {
      await revoke.mutateAsync({ params: { environmentId, serviceAccountId, tokenId } });
    } catch (thrown) {
      // Somebody else was faster.
      if (!isProblem(thrown, 'notFound')) return;
    }
    await closeSaved();
    toasts.success(`${name} was revoked.`);
    await accountsChanged();
  };

  return (
    <RevokeTokenDialog
      token={token}
      isBusy={isPending || revoke.isPending}
      error={revoke.error ?? error}
      onConfirm={() => void onConfirm()}
      onCancel={() => void close()}
    />
  );
};
