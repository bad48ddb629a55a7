import * as contract from '@junction/contracts';
import { type InfiniteData, useQueryClient } from '@tanstack/react-query';
import { call } from '../../../lib/call.ts';
import { connectionsCameOrWent } from '../../../lib/connections-changed.ts';
import { ApiProblem } from '../../../lib/errors.ts';
import { keyOf } from '../../../lib/queries.ts';
import { useRestoreConnections } from '../../../lib/restore-connection.ts';
import { useToasts } from '../../../ui/toasts.tsx';
import { dependentsQuery, usageQuery } from '../api.ts';
import { type KnownExports, knownExports, removedSentence, usageChange } from './removal-words.ts';

type Named = Pick<contract.Connection, 'id' | 'name' | 'etag'>;
type Query = contract.QueryInput<typeof contract.deleteConnection>;
export type Removed = { connection: Named; removal: contract.Removal };

/** Removes connections, tells what became of their exports, and offers to undo it. */
export const useRemoval = (environmentId: string) => {
  const client = useQueryClient();
  const toasts = useToasts();
  const restore = useRestoreConnections(environmentId, toasts);

  /** What has been seen of the exports that depend on a connection. */
  const seen = (connectionId: string, counts: contract.ConnectionUsage['counts']): KnownExports => {
    const pages = (['writes', 'reads'] as const).flatMap((kind) => {
      const { queryKey } = dependentsQuery(environmentId, connectionId, kind);
      return client.getQueryData<InfiniteData<contract.ConnectionUsage>>(queryKey)?.pages ?? [];
    });
    return { counts, ids: new Set(pages.flatMap(({ value }) => value.map(({ id }) => id))) };
  };

  /** Shows what depends on the connection now, and returns what is different from what was shown. */
  const takeNewUsage = async (connectionId: string, usage: contract.ConnectionUsage): Promise<string> => {
    const { queryKey } = usageQuery(environmentId, connectionId);
    const before = client.getQueryData<contract.ConnectionUsage>(queryKey);
    const change = usageChange(seen(connectionId, before?.counts ?? usage.counts), knownExports(usage));
    client.setQueryData(queryKey, usage);
    await Promise.all(
      contract.usageKinds.map((kind) =>
        client.invalidateQueries({ queryKey: dependentsQuery(environmentId, connectionId, kind).queryKey }),
      ),
    );
    return change;
  };

  return {
    /** Rejects with why it was not removed; where what depends on it has changed, that is shown then, and said. */
    remove: async ({ id, etag }: Named, query: Query): Promise<contract.Removal> => {
      try {
        return await call(contract.deleteConnection, {
          params: { environmentId, connectionId: id },
          ifMatch: etag,
          query,
        });
      } catch (error) {
        if (!(error instanceof ApiProblem) || error.problem.usage === undefined) throw error;
        throw new Error(await takeNewUsage(id, error.problem.usage), { cause: error });
      }
    },
    /** For when they are gone and the question has been closed. */
    tell: async (removed: readonly Removed[]): Promise<void> => {
      if (removed.length === 0) return;
      const restorable = removed.filter(({ removal }) => removal.restorableUntil !== null);
      toasts.success(
        removedSentence(
          removed.map(({ connection }) => connection.name),
          removed.map(({ removal }) => removal),
        ),
        restorable.length === 0
          ? undefined
          : {
              text: 'Undo',
              onClick: () =>
                void restore(
                  restorable.map(({ connection, removal }) => ({ ...connection, movedCount: removal.moved })),
                ),
            },
      );
      for (const { connection } of removed) {
        const params = { environmentId, connectionId: connection.id };
        // A question that is still open over others looks at it.
        client.removeQueries({ queryKey: keyOf(contract.getConnection, params), type: 'inactive' });
        // It may have been removed and restored before.
        client.removeQueries({ queryKey: keyOf(contract.getRemovedConnection, params) });
      }
      await connectionsCameOrWent(client, environmentId);
    },
  };
};
