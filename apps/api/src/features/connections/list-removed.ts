import type * as contract from '@junction/contracts';
import type { Actor, RemovedConnection } from '@junction/contracts';
import type { House } from '../../house.ts';
import type { Asked } from '../../http/asked.ts';
import { notFound } from '../../platform/app-error.ts';
import { type PageRow, readPage } from '../../platform/keyset.ts';
import { containsText } from '../../platform/list-query.ts';
import { Prisma } from '../../platform/prisma/client.ts';
import { findRemoved, type RemovedRow } from './removal-store.ts';
import { isRestorable, removedSince, restorableUntil } from './rules.ts';

type Needs = Pick<House, 'db' | 'clock' | 'env' | 'dependents'>;

const toRemoved = (row: RemovedRow, undoDays: number, exports: ReadonlyMap<string, number>): RemovedConnection => ({
  id: row.id,
  name: row.name,
  type: row.type,
  removedAt: row.removedAt.toISOString(),
  removedBy: { id: row.removedById, name: row.removedByName },
  restorableUntil: (restorableUntil(row.removedAt, undoDays) ?? row.removedAt).toISOString(),
  exports: exports.get(row.removalId) ?? 0,
});

/** Removed connections that can still be restored, the last removed first. */
export const listRemovedConnections = async (
  { db, clock, env, dependents }: Needs,
  _actor: Actor,
  { params: { environmentId }, query, nextLink }: Asked<typeof contract.listRemovedConnections>,
): Promise<{ value: RemovedConnection[]; nextLink?: string }> => {
  const page = readPage(query, {
    id: Prisma.sql`c."id"`,
    order: {
      fields: { removedAt: { by: Prisma.sql`c."removedAt"`, type: 'timestamptz' } },
      usual: { field: 'removedAt', descending: true },
    },
  });
  const rows = await db.$queryRaw<(RemovedRow & PageRow)[]>`
    SELECT c."id"::text AS "id", c."environmentId"::text AS "environmentId", c."name", c."type", c."version", c."isPaused",
           c."removedAt", c."removedById"::text AS "removedById", c."removedByName", c."removalId"::text AS "removalId",
           ${page.columns}
      FROM "Connection" c
     WHERE c."environmentId" = ${environmentId}::uuid AND c."removedAt" > ${removedSince(clock.now(), env.JUNCTION_UNDO_DAYS)}
       AND ${containsText(query.search, [Prisma.sql`c."name"`])} AND ${page.after} ${page.order}`;
  const exports = await dependents.countRegainable(
    db,
    rows.map(({ removalId }) => removalId),
  );
  return page.toList(rows, (row) => toRemoved(row, env.JUNCTION_UNDO_DAYS, exports), nextLink);
};

/** One removed connection; throws notFound when it cannot be restored any more. */
export const getRemovedConnection = async (
  { db, clock, env, dependents }: Needs,
  _actor: Actor,
  { params: { environmentId, connectionId } }: Asked<typeof contract.getRemovedConnection>,
): Promise<RemovedConnection> => {
  const row = await findRemoved(db, environmentId, connectionId);
  if (!row || !isRestorable(row.removedAt, clock.now(), env.JUNCTION_UNDO_DAYS)) throw notFound('removed connection');
  return toRemoved(row, env.JUNCTION_UNDO_DAYS, await dependents.countRegainable(db, [row.removalId]));
};
