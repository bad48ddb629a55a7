import { type Connection, getConnection } from '@junction/contracts';
import { useQueries } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import { useParams, useSearchParams } from 'react-router';
import { isProblem } from '../../../lib/errors.ts';
import { read } from '../../../lib/queries.ts';
import { useEnvironment } from '../../../lib/session.ts';
import { connectionCount, exportCount, someNames } from '../../../lib/words.ts';
import { ConfirmDialog } from '../../../ui/confirm-dialog.tsx';
import { useToasts } from '../../../ui/toasts.tsx';
import { useConnectionActions } from '../api.ts';
import { type Outcome, runBounded } from '../check/run-bounded.ts';
import { usePanelNavigation } from '../panel-navigation.ts';

/** Asks before the connection that the address names is removed. */
export const RemoveConnectionDialog = () => {
  const { connectionId = '' } = useParams();
  return <RemoveDialog ids={[connectionId]} />;
};

/** Asks before the connections that the address names are removed: `?ids=` with their ids, separated by commas. */
export const RemoveConnectionsDialog = () => {
  const [params] = useSearchParams();
  const ids = (params.get('ids') ?? '').split(',').filter((id) => id !== '');
  return <RemoveDialog ids={[...new Set(ids)]} />;
};

const RemoveDialog = ({ ids }: { ids: readonly string[] }) => {
  const { id: environmentId } = useEnvironment();
  const { close, closeToList } = usePanelNavigation(environmentId);
  const { remove, refreshList } = useConnectionActions(environmentId);
  const toasts = useToasts();
  const isUnderWay = useRef(false);
  const [removedCount, setRemovedCount] = useState<number>();
  const [failure, setFailure] = useState<Error>();
  const queries = useQueries({
    queries: ids.map((connectionId) => read(getConnection, { params: { environmentId, connectionId } })),
  });
  if (queries.some(({ isPending }) => isPending)) return null;

  // What somebody else removed meanwhile needs no removal.
  const present = queries.filter(({ error }) => !isProblem(error, 'notFound'));
  const unreadable = present.find(({ data }) => data === undefined)?.error;
  const connections = present.map(({ data }) => data).filter((data) => data !== undefined);

  const onConfirm = async () => {
    if (isUnderWay.current) return;
    isUnderWay.current = true;
    setRemovedCount(0);
    setFailure(undefined);
    const outcomes = await runBounded(connections, (connection) => remove(connection, { usage: connection.etag }), setRemovedCount);
    isUnderWay.current = false;
    const failed = outcomes.filter(({ error }) => error !== undefined && !isProblem(error, 'notFound'));
    const done = outcomes.filter((outcome) => !failed.includes(outcome));
    if (done.length > 0) toasts.success(removedSentence(done));
    await refreshList();
    if (failed.length === 0) return closeToList();
    await Promise.all(queries.map(({ refetch }) => refetch()));
    setRemovedCount(undefined);
    setFailure(failureOf(failed));
  };

  if (connections.length === 0)
    return (
      <ConfirmDialog
        title="Nothing to remove"
        text="It was removed already, or it was never here."
        confirmText="Close"
        isDangerous={false}
        error={unreadable}
        onConfirm={closeToList}
        onCancel={closeToList}
      />
    );
  return (
    <ConfirmDialog
      title={
        connections.length === 1 ? `Remove ${connections[0]?.name}?` : `Remove ${connectionCount(connections.length)}?`
      }
      text={removedCount === undefined ? 'What will happen:' : `Removing ${removedCount} of ${connections.length} …`}
      consequences={consequencesOf(connections)}
      confirmText={connections.length === 1 ? 'Remove' : `Remove ${connectionCount(connections.length)}`}
      isBusy={removedCount !== undefined}
      error={failure ?? unreadable}
      onConfirm={() => void onConfirm()}
      onCancel={() => void close()}
    />
  );
};

const consequencesOf = (connections: readonly Connection[]): string[] => {
  const exports = connections.reduce((sum, { usedBy }) => sum + usedBy, 0);
  const isOne = connections.length === 1;
  return [
    ...(isOne ? [] : [`Removed: ${someNames(connections.map(({ name }) => name))}.`]),
    exports === 0
      ? `No export uses ${isOne ? 'it' : 'them'}, so nothing else changes.`
      : `${exportCount(exports)} that use${exports === 1 ? 's' : ''} ${isOne ? 'it' : 'them'} will stop.`,
    `${isOne ? 'Its' : 'Their'} secrets and history of checks are destroyed. This cannot be undone.`,
  ];
};

const removedSentence = (done: readonly Outcome<Connection>[]): string =>
  done.length === 1 ? `${done[0]?.item.name} is removed.` : `${connectionCount(done.length)} are removed.`;

const failureOf = (failed: readonly Outcome<Connection>[]): Error =>
  new Error(`Not removed: ${someNames(failed.map(({ item }) => item.name))}. ${failed[0]?.error?.message ?? ''}`);
