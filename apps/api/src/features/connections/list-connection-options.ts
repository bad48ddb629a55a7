import type * as contract from '@junction/contracts';
import { type Actor, type ConnectionOption, connectionOptionFilterFields } from '@junction/contracts';
import type { House } from '../../house.ts';
import type { Asked } from '../../http/asked.ts';
import { type PageRow, readPage } from '../../platform/keyset.ts';
import { allOf, containsText, readFilter } from '../../platform/list-query.ts';
import { Prisma } from '../../platform/prisma/client.ts';
import { mayUseSql } from './sharing.ts';
import { statusSql } from './status-sql.ts';

/**
 * The connections that somebody may use for exports, by name: those shared with them whose connector is a destination. Nothing
 * of where they lead or who set them up is read, so nothing of it can get out.
 */
export const listConnectionOptions = async (
  { db, connectors }: Pick<House, 'db' | 'connectors'>,
  actor: Actor,
  { params: { environmentId }, query, nextLink }: Asked<typeof contract.listConnectionOptions>,
): Promise<{ value: ConnectionOption[]; nextLink?: string }> => {
  const page = readPage(query, {
    id: Prisma.sql`c."id"`,
    order: {
      fields: { name: { by: Prisma.sql`lower(c."name")`, type: 'text' } },
      usual: { field: 'name', descending: false },
    },
  });
  const destinations = connectors
    .filter(({ manifest }) => manifest.capabilities.includes('destination'))
    .map(({ manifest }) => manifest.type);
  const conditions = readFilter(query.filter, connectionOptionFilterFields).map(
    ({ values }) => Prisma.sql`c."type" IN (${Prisma.join(values)})`,
  );
  const role = actor.memberships[environmentId] ?? 'viewer';
  const rows = await db.$queryRaw<(ConnectionOption & PageRow)[]>`
    SELECT c."id"::text AS "id", c."name", c."type", ${statusSql} AS "health", ${page.columns}
      FROM "Connection" c
     WHERE c."environmentId" = ${environmentId}::uuid AND c."removedAt" IS NULL AND c."type" = ANY(${destinations})
       AND ${mayUseSql(role, actor.id)} AND ${allOf(conditions)}
       AND ${containsText(query.search, [Prisma.sql`c."name"`])} AND ${page.after} ${page.order}`;
  return page.toList(rows, ({ id, name, type, health }) => ({ id, name, type, health }), nextLink);
};
