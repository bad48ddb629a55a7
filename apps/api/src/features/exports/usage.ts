import { Schedule, scheduleInWords, type UsageKind, usageFilterFields, usageKinds } from '@junction/contracts';
import type { Db, Tx } from '../../platform/db.ts';
import { type PageRow, readPage } from '../../platform/keyset.ts';
import { allOf, containsText, readFilter } from '../../platform/list-query.ts';
import { Prisma } from '../../platform/prisma/client.ts';
import type { Dependents } from '../connections/index.ts';

/** Which exports depend on a connection, each once: one that writes to it and reads from it writes. */
const dependentExports = (connectionId: string): Prisma.Sql => Prisma.sql`
  SELECT 'writes' AS "kind", x.* FROM "Export" x WHERE x."connectionId" = ${connectionId}::uuid
   UNION ALL
  SELECT 'reads', x.* FROM "Export" x
   WHERE x."connectionId" IS DISTINCT FROM ${connectionId}::uuid
     AND x."id" IN (SELECT r."exportId" FROM "ExportEntity" r WHERE r."connectionId" = ${connectionId}::uuid)`;

type Measured = { writes: number; reads: number; entities: number; liveRuns: number; etag: string };

/** How many depend on a connection, and what names the set of exports among them: not their content, only which they are. */
export const measure = async (db: Db | Tx, connectionId: string) => {
  const [row] = await db.$queryRaw<Measured[]>`
    SELECT count(*) FILTER (WHERE d."kind" = 'writes')::integer AS "writes",
           count(*) FILTER (WHERE d."kind" = 'reads')::integer AS "reads",
           count(*) FILTER (WHERE d."runState" IN ('queued', 'processing'))::integer AS "liveRuns",
           md5(COALESCE(string_agg(d."kind" || d."id"::text, ',' ORDER BY d."kind", d."id"), '')) AS "etag",
           (SELECT count(*)::integer FROM "Entity" e
             WHERE e."connectionId" = ${connectionId}::uuid AND e."goneAt" IS NULL) AS "entities"
      FROM (${dependentExports(connectionId)}) d`;
  const { writes = 0, reads = 0, entities = 0, liveRuns = 0, etag = '' } = row ?? {};
  return { counts: { writes, reads, entities }, liveRuns, etag };
};

type Row = PageRow & {
  kind: UsageKind;
  name: string;
  scheduleOn: boolean | null;
  plan: unknown;
  lastRunAt: Date | null;
  ownerId: string | null;
  ownerName: string | null;
  hasLiveRun: boolean;
};

const kindRank = Prisma.sql`(CASE u."kind" ${Prisma.join(
  usageKinds.map((kind, index) => Prisma.sql`WHEN ${kind} THEN ${String(index)}::text`),
  ' ',
)} END)`;

const toItem = (row: Row) => ({
  kind: row.kind,
  id: row.pageId,
  name: row.name,
  schedule: row.scheduleOn === null ? null : scheduleInWords(Schedule.parse({ isOn: row.scheduleOn, plan: row.plan })),
  lastRunAt: row.lastRunAt?.toISOString() ?? null,
  owner: row.ownerId === null ? null : { id: row.ownerId, name: row.ownerName ?? '' },
  hasLiveRun: row.hasLiveRun,
});

/** A page of everything that depends on a connection: exports that write to it, exports that read from it, entities read from it, each by name. */
export const readUsage: Dependents['readUsage'] = async (db, { connectionId }, query, nextLink) => {
  const page = readPage(query, {
    id: Prisma.sql`u."id"`,
    order: {
      fields: { name: { by: Prisma.sql`(${kindRank} || lower(u."name"))`, type: 'text' } },
      usual: { field: 'name', descending: false },
    },
  });
  const kinds = readFilter(query.filter, usageFilterFields).map(
    ({ values }) => Prisma.sql`u."kind" IN (${Prisma.join(values)})`,
  );
  const [measured, rows] = await Promise.all([
    measure(db, connectionId),
    db.$queryRaw<Row[]>`
      SELECT u."kind", u."name", u."scheduleOn", u."plan", u."lastRunAt", u."ownerId", u."ownerName", u."hasLiveRun", ${page.columns}
        FROM (SELECT d."kind", d."id", d."name", d."scheduleOn", d."plan", d."lastRunAt", d."createdById"::text AS "ownerId",
                     d."createdByName" AS "ownerName", COALESCE(d."runState" IN ('queued', 'processing'), FALSE) AS "hasLiveRun"
                FROM (${dependentExports(connectionId)}) d
               UNION ALL
              SELECT 'entity', e."id", e."name", NULL, NULL, NULL, NULL, NULL, FALSE
                FROM "Entity" e WHERE e."connectionId" = ${connectionId}::uuid AND e."goneAt" IS NULL) u
       WHERE ${allOf([...kinds, containsText(query.search, [Prisma.sql`u."name"`]), page.after])} ${page.order}`,
  ]);
  return { ...measured, ...page.toList(rows, toItem, nextLink) };
};
