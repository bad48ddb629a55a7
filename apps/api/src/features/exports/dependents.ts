import type { Cancellation } from '@junction/contracts';
import type { House } from '../../house.ts';
import type { Tx } from '../../platform/db.ts';
import { Prisma } from '../../platform/prisma/client.ts';
import type { ByWhom, Dependents, Lost } from '../connections/index.ts';
import { cancelRuns } from '../runs/index.ts';
import { measure, readUsage } from './usage.ts';

type Row = { id: string };
const idsOf = (rows: readonly Row[]): string[] => rows.map(({ id }) => id);

/** What an export remembers of the connection that it loses, or is moved away from; `c` is that connection. */
export const remember = Prisma.sql`
  "lostConnectionId" = c."id", "lostConnectionName" = c."name", "lostConnectionType" = c."type",
  "lostSharedWith" = c."sharedWith",
  "lostSharedWithIds" = ARRAY(SELECT h."personId" FROM "ConnectionShare" h WHERE h."connectionId" = c."id"),
  "version" = x."version" + 1, "lostVersion" = x."version" + 1`;

/** Locks exports in the order of their ids, so that two who lock several never wait for each other. `ids` is a query. */
const lock = (tx: Tx, ids: Prisma.Sql) =>
  tx.$executeRaw`SELECT 1 FROM "Export" WHERE "id" IN (${ids}) ORDER BY "id" FOR UPDATE`;

const readersOf = (connectionId: string) =>
  Prisma.sql`SELECT r."exportId" FROM "ExportEntity" r WHERE r."connectionId" = ${connectionId}::uuid`;

/** What exports lost, and how many of their runs that ended. */
const losing = async (
  house: Pick<House, 'runFollower'>,
  tx: Tx,
  ids: string[],
  { because, ...whom }: ByWhom & Pick<Cancellation, 'because'>,
): Promise<Lost> => {
  if (ids.length === 0) return { ids, canceledRuns: 0 };
  const { canceled } = await cancelRuns(house, tx, { subjectIds: ids }, { because, ...whom });
  return { ids, canceledRuns: canceled.length };
};

/** Exports as connections see them. Runs that are under way over a connection end with it, but for those that are being published. */
export const exportDependents = (house: Pick<House, 'runFollower'>): Dependents => ({
  usedBySql: Prisma.sql`(
    (SELECT count(*) FROM "Export" x WHERE x."connectionId" = c."id")
    + (SELECT count(DISTINCT r."exportId") FROM "ExportEntity" r JOIN "Export" x ON x."id" = r."exportId"
        WHERE r."connectionId" = c."id" AND x."connectionId" IS DISTINCT FROM c."id"))::integer`,
  readUsage,
  hold: async (tx, connectionId) => {
    const writers = Prisma.sql`SELECT w."id" FROM "Export" w WHERE w."connectionId" = ${connectionId}::uuid`;
    await lock(tx, Prisma.sql`${writers} UNION ${readersOf(connectionId)}`);
  },
  measure,
  lose: async (tx, { connection, removalId, by, at, from }) => {
    const rows = await tx.$queryRaw<Row[]>`
      WITH old AS MATERIALIZED (
        SELECT "id" FROM "Export" WHERE "connectionId" = ${connection.id}::uuid ORDER BY "id" FOR UPDATE)
      UPDATE "Export" x
         SET ${remember}, "connectionId" = NULL, "lostAt" = ${at}, "lostById" = ${by.id}::uuid, "lostByName" = ${by.name},
             "removalId" = ${removalId}::uuid, "updatedAt" = ${at}
        FROM old, "Connection" c
       WHERE x."id" = old."id" AND c."id" = ${connection.id}::uuid
      RETURNING x."id"::text AS "id"`;
    return losing(house, tx, idsOf(rows), { because: 'connectionRemoved', by, at, from });
  },
  move: async (tx, { connection, removalId, by, at, from }, toId) => {
    const rows = await tx.$queryRaw<Row[]>`
      WITH old AS MATERIALIZED (
        SELECT "id" FROM "Export" WHERE "connectionId" = ${connection.id}::uuid ORDER BY "id" FOR UPDATE)
      UPDATE "Export" x
         SET ${remember}, "connectionId" = ${toId}::uuid, "lostAt" = ${at}, "lostById" = ${by.id}::uuid,
             "lostByName" = ${by.name}, "removalId" = ${removalId}::uuid, "updatedAt" = ${at}
        FROM old, "Connection" c
       WHERE x."id" = old."id" AND c."id" = ${connection.id}::uuid
      RETURNING x."id"::text AS "id"`;
    return losing(house, tx, idsOf(rows), { because: 'connectionChanged', by, at, from });
  },
  recountSources: async (tx, connectionId, whom) => {
    // A statement sees what was there when it began. This one begins when everybody who changed these exports is through.
    await lock(tx, readersOf(connectionId));
    const rows = await tx.$queryRaw<(Row & { isLacking: boolean })[]>`
      WITH counted AS (
        SELECT x."id", x."lostEntities" AS "lostBefore", count(*) FILTER (WHERE s."id" IS NULL)::integer AS "lost"
          FROM "Export" x JOIN "ExportEntity" r ON r."exportId" = x."id"
          LEFT JOIN "Connection" s ON s."id" = r."connectionId" AND s."removedAt" IS NULL
         WHERE x."id" IN (${readersOf(connectionId)})
         GROUP BY x."id"),
      changed AS (
        UPDATE "Export" x
           SET "lostEntities" = n."lost",
               -- Times that came while it lacked something are not made up for.
               "nextRunAt" = CASE WHEN n."lost" = 0 AND n."lostBefore" > 0 THEN NULL ELSE x."nextRunAt" END
          FROM counted n WHERE x."id" = n."id"
        RETURNING x."id", n."lost", n."lostBefore")
      SELECT "id"::text AS "id", "lost" > 0 AS "isLacking"
        FROM changed WHERE "lost" > 0 OR "lostBefore" > 0`;
    const lacking = rows.filter(({ isLacking }) => isLacking);
    const lost = await losing(house, tx, idsOf(lacking), { because: 'sourceRemoved', ...whom });
    return { ...lost, withSource: rows.length - lacking.length };
  },
  regain: async (tx, { connectionId, removalId, at }) => {
    const losers = Prisma.sql`SELECT l."id" FROM "Export" l WHERE l."removalId" = ${removalId}::uuid`;
    await lock(tx, Prisma.sql`${losers} UNION ${readersOf(connectionId)}`);
    const rows = await tx.$queryRaw<{ id: string; name: string; isBack: boolean }[]>`
      WITH old AS MATERIALIZED (
        SELECT "id", "name", ("connectionId" IS NULL AND "version" = "lostVersion") AS "isBack"
          FROM "Export" WHERE "removalId" = ${removalId}::uuid ORDER BY "id" FOR UPDATE),
      back AS (
        UPDATE "Export" x
           SET "connectionId" = ${connectionId}::uuid, "version" = x."version" + 1, "updatedAt" = ${at}, "nextRunAt" = NULL
          FROM old WHERE x."id" = old."id" AND old."isBack"
        RETURNING x."id", x."name"),
      -- Not joined with each other: the database knows little of such rows, and compares all of them with all of them.
      named AS (
        SELECT "id", "name", TRUE AS "isBack" FROM back
         UNION ALL
        SELECT "id", "name", FALSE FROM old WHERE NOT "isBack")
      SELECT "id"::text AS "id", "name", "isBack" FROM named ORDER BY lower("name"), named."id"`;
    const named = (isBack: boolean) =>
      rows.filter((row) => row.isBack === isBack).map(({ id, name }) => ({ id, name }));
    return { reattached: named(true), left: named(false) };
  },
  countRegainable: async (db, removalIds) => {
    const rows = await db.$queryRaw<{ removalId: string; count: number }[]>`
      SELECT "removalId"::text AS "removalId", count(*)::integer AS "count" FROM "Export"
       WHERE "removalId" = ANY(${[...removalIds]}::uuid[]) AND "connectionId" IS NULL AND "version" = "lostVersion"
       GROUP BY "removalId"`;
    return new Map(rows.map(({ removalId, count }) => [removalId, count]));
  },
});
