import type * as contract from '@junction/contracts';
import { type Actor, can, type EntityDetails, shownPartitions } from '@junction/contracts';
import type { House } from '../../house.ts';
import type { Asked } from '../../http/asked.ts';
import { notFound } from '../../platform/app-error.ts';
import { type EntityDetailsRow, toEntityDetails } from './views.ts';

/** One entity of the environment with its columns. One that is gone says so; throws notFound for one whose source was removed. */
export const getEntity = async (
  { db }: Pick<House, 'db'>,
  actor: Actor,
  { params: { environmentId, entityId } }: Asked<typeof contract.getEntity>,
): Promise<EntityDetails> => {
  // An entity has up to ten thousand partitions, so those that are not shown stay in the database.
  const [row] = await db.$queryRaw<EntityDetailsRow[]>`
    SELECT e."id"::text AS "id", e."connectionId"::text AS "connectionId", c."name" AS "sourceName", e."model", e."name",
           e."description", e."columnCount", e."partitionCount", e."rowCount", e."bytes", e."refreshedAt", e."problem",
           e."goneAt", e."columns",
           jsonb_path_query_array(e."partitions", '$[0 to $last]',
                                  jsonb_build_object('last', ${shownPartitions - 1}::integer)) AS "partitions"
      FROM "Entity" e JOIN "Connection" c ON c."id" = e."connectionId" AND c."removedAt" IS NULL
     WHERE e."id" = ${entityId}::uuid AND e."environmentId" = ${environmentId}::uuid`;
  if (row === undefined) throw notFound('entity');
  return toEntityDetails(row, can(actor, 'connection:read', environmentId));
};
