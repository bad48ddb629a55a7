import * as contract from '@junction/contracts';
import { useQueryClient } from '@tanstack/react-query';
import { useNavigate } from 'react-router';
import { call } from './call.ts';
import { connectionsCameOrWent } from './connections-changed.ts';
import { isProblem } from './errors.ts';
import { paths } from './paths.ts';
import { read } from './queries.ts';
import { exportCount, formatNumber, someNames } from './words.ts';

/** A removed connection, if it can be restored. */
export const removedConnectionQuery = (environmentId: string, connectionId: string) =>
  read(contract.getRemovedConnection, { params: { environmentId, connectionId } });

const namesOf = ({ count, value }: contract.Restoration['left']): string => {
  const names = value.map(({ name }) => name);
  // The answer names only the first of very many.
  return someNames([...names, ...new Array<string>(Math.max(0, count - names.length)).fill('')]);
};

/** What became of the exports that had lost the connection: "3 exports are connected again: …; 1 stays as it is …". */
export const restoredSentence = ({ connection, reattached, left }: contract.Restoration): string => {
  const parts = [
    reattached.count > 0 &&
      `${exportCount(reattached.count)} ${reattached.count === 1 ? 'is' : 'are'} connected again: ${namesOf(reattached)}`,
    left.count > 0 &&
      `${reattached.count > 0 ? formatNumber(left.count) : exportCount(left.count)} ${left.count === 1 ? 'stays as it is, because it was' : 'stay as they are, because they were'} connected elsewhere or edited since: ${namesOf(left)}`,
  ].filter((part) => part !== false);
  return [`${connection.name} is back.`, ...(parts.length > 0 ? [`${parts.join('; ')}.`] : [])].join(' ');
};

/** Where what happened is told; the toasts fit. */
type Tell = {
  success: (text: string) => void;
  error: (text: string, action?: { text: string; onClick: () => void }) => void;
};

type Removed = Pick<contract.Connection, 'id' | 'name'>;

/**
 * Undoes removals, one after the other, and tells what became of each. One whose name has been taken meanwhile leads to the
 * dialog that asks for another. Works after the page it was begun on is gone, because an Undo outlives its page.
 */
export const useRestoreConnections = (environmentId: string, tell: Tell) => {
  const client = useQueryClient();
  const navigate = useNavigate();
  return async (removed: readonly Removed[]): Promise<void> => {
    const nameless: Removed[] = [];
    for (const { id, name } of removed) {
      try {
        const params = { environmentId, connectionId: id };
        tell.success(restoredSentence(await call(contract.restoreConnection, { params, body: {} })));
      } catch (error) {
        if (isProblem(error, 'nameTaken')) nameless.push({ id, name });
        else tell.error(`${name} could not be restored. ${error instanceof Error ? error.message : ''}`.trim());
      }
    }
    await connectionsCameOrWent(client, environmentId);
    const askFor = ({ id }: Removed) => void navigate(paths.restoreConnection(environmentId, id));
    const [only] = removed;
    if (only !== undefined && removed.length === 1 && nameless.length === 1) return askFor(only);
    for (const one of nameless)
      tell.error(`${one.name} could not be restored: the name is taken.`, {
        text: 'Choose another name',
        onClick: () => askFor(one),
      });
  };
};
