import * as contract from '@junction/contracts';
import { type QueryClient, queryOptions, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from 'react-router';
import { call } from './call.ts';
import { connectionsCameOrWent } from './connections-changed.ts';
import { isProblem } from './errors.ts';
import { paths } from './paths.ts';
import { keyOf } from './queries.ts';
import { exportCount, formatNumber, someNames } from './words.ts';

/** A removed connection; null when it cannot be restored: it is back already, or the time for it is over. */
export const removedConnectionQuery = (environmentId: string, connectionId: string) => {
  const params = { environmentId, connectionId };
  return queryOptions({
    queryKey: keyOf(contract.getRemovedConnection, params),
    queryFn: async ({ signal }): Promise<contract.RemovedConnection | null> => {
      try {
        return await call(contract.getRemovedConnection, { params, signal });
      } catch (error) {
        if (isProblem(error, 'notFound')) return null;
        throw error;
      }
    },
  });
};

/** Remembers that a connection is back, so that nobody asks the server for what is not among the removed any more. */
export const rememberRestored = (client: QueryClient, environmentId: string, connectionId: string): void => {
  client.setQueryData(removedConnectionQuery(environmentId, connectionId).queryKey, null);
};

const namesOf = ({ count, value }: contract.Restoration['left']): string => {
  const names = value.map(({ name }) => name);
  // The answer names only the first of very many.
  return someNames([...names, ...new Array<string>(Math.max(0, count - names.length)).fill('')]);
};

/** Why exports do not come back to the connection that they had, as far as it is known. */
const whyLeft = (count: number, movedCount: number): string => {
  const [stays, it] = count === 1 ? ['stays', 'it is'] : ['stay', 'they are'];
  return count === movedCount
    ? `${stays} where ${count === 1 ? 'it was' : 'they were'} moved`
    : `${stays} as ${it} (moved, connected elsewhere or edited since)`;
};

/**
 * What became of the exports that had lost the connection, or lacked it as a source: "3 exports are connected again: …; 1 stays
 * as it is …; 2 exports have their source again".
 * `movedCount` are those that its removal moved to another connection, where that is known.
 */
export const restoredSentence = (
  { connection, reattached, left, withSource }: contract.Restoration,
  movedCount = 0,
): string => {
  const parts = [
    reattached.count > 0 &&
      `${exportCount(reattached.count)} ${reattached.count === 1 ? 'is' : 'are'} connected again: ${namesOf(reattached)}`,
    left.count > 0 &&
      `${reattached.count > 0 ? formatNumber(left.count) : exportCount(left.count)} ${whyLeft(left.count, movedCount)}: ${namesOf(left)}`,
    withSource > 0 && `${exportCount(withSource)} ${withSource === 1 ? 'has its' : 'have their'} source again`,
  ].filter((part) => part !== false);
  return [`${connection.name} is back.`, ...(parts.length > 0 ? [`${parts.join('; ')}.`] : [])].join(' ');
};

/** Where what happened is told; the toasts fit. */
type Tell = {
  success: (text: string) => void;
  error: (text: string, action?: { text: string; onClick: () => void }) => void;
};

/** `movedCount`: the exports that its removal moved, where that is known. */
type Removed = Pick<contract.Connection, 'id' | 'name'> & { movedCount?: number };

/** What the dialog that asks for another name is told on the way. */
export const nameTakenState = { isNameTaken: true } as const;

/**
 * Undoes removals, one after the other, and tells what became of each. One whose name has been taken meanwhile leads to the
 * dialog that asks for another. Works after the page it was begun on is gone, because an Undo outlives its page. Returns the
 * ids of those that are back.
 */
export const useRestoreConnections = (environmentId: string, tell: Tell) => {
  const client = useQueryClient();
  const navigate = useNavigate();
  return async (removed: readonly Removed[]): Promise<string[]> => {
    const nameless: Removed[] = [];
    const restored: string[] = [];
    for (const { id, name, movedCount } of removed) {
      try {
        const params = { environmentId, connectionId: id };
        tell.success(restoredSentence(await call(contract.restoreConnection, { params, body: {} }), movedCount));
        rememberRestored(client, environmentId, id);
        restored.push(id);
      } catch (error) {
        if (isProblem(error, 'nameTaken')) nameless.push({ id, name });
        else tell.error(`${name} could not be restored. ${error instanceof Error ? error.message : ''}`.trim());
      }
    }
    await connectionsCameOrWent(client, environmentId);
    const askFor = ({ id }: Removed) =>
      void navigate(paths.restoreConnection(environmentId, id), { state: nameTakenState });
    const [only] = removed;
    if (only !== undefined && removed.length === 1 && nameless.length === 1) askFor(only);
    else
      for (const one of nameless)
        tell.error(`${one.name} could not be restored: the name is taken.`, {
          text: 'Choose another name',
          onClick: () => askFor(one),
        });
    return restored;
  };
};
