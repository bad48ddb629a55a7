import * as contract from '@junction/contracts';
import { useQuery } from '@tanstack/react-query';
import { useParams } from 'react-router';
import { isProblem } from '../../../lib/errors.ts';
import { paths } from '../../../lib/paths.ts';
import { useEnvironment, useMe } from '../../../lib/session.ts';
import { useSubmit } from '../../../lib/use-submit.ts';
import { ConfirmDialog } from '../../../ui/confirm-dialog.tsx';
import { usePanels } from '../../../ui/panel-navigation.ts';
import { useToasts } from '../../../ui/toasts.tsx';
import { profileAccessQuery, useAccessChanged } from './api.ts';

/** Asks before the access of the person that the address names is taken away. */
export const RemoveAccessDialog = () => {
  const { connectionId = '', personId = '' } = useParams();
  const { id: environmentId } = useEnvironment();
  const me = useMe();
  const toasts = useToasts();
  const { close, closeSaved } = usePanels(paths.connection(environmentId, connectionId));
  const accessChanged = useAccessChanged(environmentId);
  const { data, isPending, error } = useQuery(profileAccessQuery(environmentId, connectionId));
  const revoke = useSubmit(contract.revokeProfileAccess);
  const access = data?.value.find(({ person }) => person.id === personId);
  const name = access?.person.name || access?.person.email || '';

  const onConfirm = async () => {
    try {
      await revoke.mutateAsync({ params: { environmentId, connectionId, personId } });
    } catch (thrown) {
      // Somebody else was faster.
      if (!isProblem(thrown, 'notFound')) return;
    }
    await closeSaved();
    toasts.success(`${name} cannot see the profile data any more.`);
    await accessChanged();
  };

  if (isPending) return null;
  if (access === undefined && !revoke.isSuccess)
    return (
      <ConfirmDialog
        title="Nothing to remove"
        text={error === null ? 'This person has no access, or not any more.' : undefined}
        error={error}
        confirmText="Close"
        isDangerous={false}
        onConfirm={() => void close()}
        onCancel={() => void close()}
      />
    );
  const isOwn = personId === me.id;
  return (
    <ConfirmDialog
      title={isOwn ? 'Remove your own access?' : `Remove the access of ${name}?`}
      text={
        isOwn
          ? 'The report and all other profile data of this connection are gone for you from the next request on. You can add yourself again; that is recorded, and everybody else who has access is told.'
          : `The report and all other profile data of this connection are gone for ${name} from the next request on. The role stays as it is.`
      }
      confirmText={revoke.isPending ? 'Removing …' : 'Remove'}
      isBusy={revoke.isPending}
      error={revoke.error ?? undefined}
      onConfirm={() => void onConfirm()}
      onCancel={() => void close()}
    />
  );
};
