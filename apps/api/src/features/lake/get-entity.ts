import type * as contract from '@junction/contracts';
import { type Actor, can, type EntityDetails } from '@junction/contracts';
import type { House } from '../../house.ts';
import type { Asked } from '../../http/asked.ts';
import { notFound } from '../../platform/app-error.ts';
import { toEntityDetails } from './views.ts';

/** One entity of the environment with its columns. One that is gone says so; throws notFound for one whose source was removed. */
export const getEntity = async (
  { db }: Pick<House, 'db'>,
  actor: Actor,
  { params: { environmentId, entityId } }: Asked<typeof contract.getEntity>,
): Promise<EntityDetails> => {
  const row = await db.entity.findFirst({
    where: { id: entityId, environmentId, connection: { removedAt: null } },
    include: { connection: { select: { name: true } } },
  });
  if (row === null) throw notFound('entity');
  return toEntityDetails({ ...row, sourceName: row.connection.name }, can(actor, 'connection:read', environmentId));
};
