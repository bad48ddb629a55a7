import type { Connector } from '@junction/connectors/runtime';
import {
  type Actor,
  type Connection,
  connectionFilterFields,
  type connectionOrderFields,
  type ListQuery,
} from '@junction/contracts';
import type { House } from '../../house.ts';
import { invalidField } from '../../platform/app-error.ts';
import { type NextLink, type OrderField, type PageRow, readPage } from '../../platform/keyset.ts';
import { allOf, containsText, readFilter } from '../../platform/list-query.ts';
import { Prisma } from '../../platform/prisma/client.ts';
import { statusRankSql, statusSql } from './status-sql.ts';
import { typeLabelSql, typeRankSql } from './type-sql.ts';
import { type ConnectionRow, toConnection } from './views.ts';

type Input = { params: { environmentId: string }; query: ListQuery; nextLink: NextLink };

const type = Prisma.sql`c."type"`;

/** None of them is ever null; a connection that was never checked comes before all that were. */
const orderFields = (
  connectors: readonly Connector[],
  usedBy: Prisma.Sql,
): Readonly<Record<(typeof connectionOrderFields)[number], OrderField>> => ({
  name: { by: Prisma.sql`lower(c."name")`, type: 'text' },
  type: { by: typeRankSql(connectors, type), type: 'integer' },
  status: { by: statusRankSql, type: 'integer' },
  sharedWith: { by: Prisma.sql`c."sharedWith"`, type: 'text' },
  usedBy: { by: usedBy, type: 'integer' },
  lastCheckedAt: { by: Prisma.sql`COALESCE(c."lastCheckedAt", '-infinity')`, type: 'timestamptz' },
  createdAt: { by: Prisma.sql`c."createdAt"`, type: 'timestamptz' },
});

const filterColumns = {
  type: Prisma.sql`c."type"`,
  status: statusSql,
  sharedWith: Prisma.sql`c."sharedWith"`,
} as const satisfies Record<(typeof connectionFilterFields)[number], Prisma.Sql>;

const filterSql = (filter: string | undefined): Prisma.Sql =>
  allOf(
    readFilter(filter, connectionFilterFields).map(({ field, operator, values }) => {
      if (operator !== 'in') throw invalidField('filter', 'invalid', `Compare ${field} with "eq" or "in".`);
      return Prisma.sql`${filterColumns[field]} IN (${Prisma.join(values)})`;
    }),
  );

/** A page of an environment's connections, in one query. */
export const listConnections = async (
  { db, connectors, dependents, profileData }: Pick<House, 'db' | 'connectors' | 'dependents' | 'profileData'>,
  _actor: Actor,
  { params: { environmentId }, query, nextLink }: Input,
): Promise<{ value: Connection[]; nextLink?: string }> => {
  const page = readPage(query, {
    id: Prisma.sql`c."id"`,
    order: { fields: orderFields(connectors, dependents.usedBySql), usual: { field: 'name', descending: false } },
  });
  const rows = await db.$queryRaw<(Omit<ConnectionRow, 'profiles'> & PageRow & { found: unknown })[]>`
    SELECT c."id"::text AS "id", c."environmentId"::text AS "environmentId", c."name", c."type", c."settings", c."sharedWith", c."readsEntities",
           c."isPaused", c."version", c."lastOutcome", c."lastReason", c."lastCheckedAt", c."nextCheckAt", c."credentialExpiresAt",
           c."consentById"::text AS "consentById", c."consentByName", c."consentAt", c."consentTextVersion",
           c."createdById"::text AS "createdById", c."createdByName", c."createdAt", c."updatedAt",
           (SELECT COALESCE(jsonb_agg(jsonb_build_object('field', s."field", 'setAt', s."setAt")), '[]')
              FROM "ConnectionSecret" s WHERE s."connectionId" = c."id") AS "secrets",
           (SELECT COALESCE(jsonb_agg(jsonb_build_object('id', p."id", 'name', p."name") ORDER BY p."name", p."id"), '[]')
              FROM "ConnectionShare" h JOIN "Person" p ON p."id" = h."personId" WHERE h."connectionId" = c."id") AS "people",
           ${dependents.usedBySql} AS "usedBy", ${profileData.standingSql} AS "found", ${page.columns}
      FROM "Connection" c
     WHERE c."environmentId" = ${environmentId}::uuid AND c."removedAt" IS NULL AND ${filterSql(query.filter)}
       AND ${containsText(query.search, [Prisma.sql`c."name"`, typeLabelSql(connectors, type)])} AND ${page.after} ${page.order}`;
  return page.toList(
    rows,
    ({ found, ...row }) => toConnection(connectors, { ...row, profiles: profileData.toldStanding(found) }),
    nextLink,
  );
};
