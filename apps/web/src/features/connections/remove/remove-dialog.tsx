import { useParams } from 'react-router';
import { useEnvironment } from '../../../lib/session.ts';
import { ConfirmDialog } from '../../../ui/confirm-dialog.tsx';
import { usePanelNavigation } from '../panel-navigation.ts';
import { useNamedConnections, useNamedIds } from '../use-named.ts';
import { RemoveMany } from './remove-many.tsx';
import { RemoveOne } from './remove-one.tsx';

/** Asks before the connection that the address names is removed. */
export const RemoveConnectionDialog = () => {
  const { connectionId = '' } = useParams();
  return <RemoveDialog ids={[connectionId]} />;
};

/** Asks before the connections that the address names are removed. */
export const RemoveConnectionsDialog = () => <RemoveDialog ids={useNamedIds()} />;

const RemoveDialog = ({ ids }: { ids: readonly string[] }) => {
  const { id: environmentId } = useEnvironment();
  const { closeToList } = usePanelNavigation(environmentId);
  const { isPending, connections, error, refetch } = useNamedConnections(environmentId, ids);
  const [first] = connections;
  if (isPending) return null;
  if (first === undefined)
    return (
      <ConfirmDialog
        title="Nothing to remove"
        text="It was removed already, or it was never here."
        confirmText="Close"
        isDangerous={false}
        error={error}
        onConfirm={closeToList}
        onCancel={closeToList}
      />
    );
  return ids.length === 1 ? (
    <RemoveOne key={first.id} connection={first} onRefetch={refetch} />
  ) : (
    <RemoveMany environmentId={environmentId} connections={connections} onRefetch={refetch} />
  );
};
