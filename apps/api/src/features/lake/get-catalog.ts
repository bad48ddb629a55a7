import type * as contract from '@junction/contracts';
import type { Actor, Catalog } from '@junction/contracts';
import type { House } from '../../house.ts';
import type { Asked } from '../../http/asked.ts';
import { AppError, notFound } from '../../platform/app-error.ts';
import { type CatalogRow, toCatalog } from './views.ts';

type Needs = Pick<House, 'db'>;

const noSource = () =>
  new AppError(
    'notFound',
    'Entities are not read from this connection. Edit it, choose the folder that they are read from, and save.',
  );

/** What was read of the metadata of a source. Throws notFound for what is none. */
export const getCatalog = async (
  { db }: Needs,
  _actor: Actor,
  { params: { environmentId, connectionId } }: Pick<Asked<typeof contract.getCatalog>, 'params'>,
): Promise<Catalog> => {
  const [row] = await db.$queryRaw<(CatalogRow & { readsEntities: boolean })[]>`
    SELECT c."id"::text AS "connectionId", c."readsEntities", k."readAt", COALESCE(k."models", '[]') AS "models", k."problem",
           e."entities", e."unreadableEntities"
      FROM "Connection" c LEFT JOIN "Catalog" k ON k."connectionId" = c."id"
     CROSS JOIN LATERAL (
       SELECT count(*)::integer AS "entities", count(e."problem")::integer AS "unreadableEntities"
         FROM "Entity" e WHERE e."connectionId" = c."id" AND e."goneAt" IS NULL) e
     WHERE c."id" = ${connectionId}::uuid AND c."environmentId" = ${environmentId}::uuid AND c."removedAt" IS NULL`;
  if (row === undefined) throw notFound('connection');
  if (!row.readsEntities) throw noSource();
  return toCatalog(row);
};
