import * as contract from '@junction/contracts';
import { useQueryClient } from '@tanstack/react-query';
import { Navigate, useNavigate } from 'react-router';
import { paths } from '../../lib/paths.ts';
import { meQuery, useMe } from '../../lib/session.ts';
import { useSubmit } from '../../lib/use-submit.ts';
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx';
import { useToasts } from '../../ui/toasts.tsx';

/** Disconnects one's account from the identity provider, after asking. */
export const DisconnectDialog = () => {
  const me = useMe();
  const navigate = useNavigate();
  const toasts = useToasts();
  const queryClient = useQueryClient();
  const provider = me.identity?.provider ?? 'the identity provider';
  const close = () => navigate(paths.account());
  const submit = useSubmit(contract.deleteMyIdentity, {
    onSuccess: async () => {
      toasts.success(`Disconnected from ${provider}.`);
      await close();
      await queryClient.invalidateQueries({ queryKey: meQuery.queryKey });
    },
  });
  if (me.identity === null) return <Navigate to={paths.account()} replace />;
  return (
    <ConfirmDialog
      title={`Disconnect ${provider}?`}
      consequences={[
        'You sign in with your password from then on.',
        'Roles that you have through groups of the identity provider may be lost.',
      ]}
      confirmText="Disconnect"
      isBusy={submit.isPending}
      error={submit.error}
      onConfirm={() => submit.mutate({})}
      onCancel={() => void close()}
    />
  );
};
