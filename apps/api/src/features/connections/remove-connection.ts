import type { Actor } from '@junction/contracts';
import type { House } from '../../house.ts';
import type { From } from '../../http/asked.ts';
import { notFound } from '../../platform/app-error.ts';
import { stale } from '../../platform/versions.ts';
import { deleteConnectionRow, findConnection } from './store.ts';
import { loggedValues, tellActivity } from './tell-activity.ts';

type Input = {
  params: { environmentId: string; connectionId: string };
  expectedVersion: number | 'any';
  from: From;
};

/** Removes a connection. Its data key goes with it, so what a backup still has of its secrets is worth nothing without that row. */
export const removeConnection = async (
  { db }: Pick<House, 'db'>,
  actor: Actor,
  { params: { environmentId, connectionId }, expectedVersion, from }: Input,
): Promise<void> => {
  const row = await findConnection(db, environmentId, connectionId);
  if (row === null) throw notFound('connection');
  if (expectedVersion !== 'any' && expectedVersion !== row.version) throw stale();
  await db.$transaction(async (tx) => {
    if (!(await deleteConnectionRow(tx, row.id, row.version))) throw stale();
    await tellActivity(tx, 'connection.deleted', { actor, address: from.address }, row, {
      before: { ...loggedValues(row), type: row.type, secretsSet: row.secrets.map(({ field }) => field) },
    });
  });
};
