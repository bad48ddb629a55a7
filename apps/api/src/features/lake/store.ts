import type { CatalogModel, CatalogProblem } from '@junction/cdm';
import type { Db, Tx } from '../../platform/db.ts';
import { newId } from '../../platform/ids.ts';
import { Prisma } from '../../platform/prisma/client.ts';
import type { EntityToKeep, Reading } from './rules.ts';

/** How long a reader has a source for itself unless it makes that longer: what a crash has others wait for. */
export const claimSeconds = 20;
/** How often it does. */
export const renewClaimEveryMs = 5_000;

/** One statement is given entities up to this many characters of JSON; very many at once would be held several times over. */
const batchCharacters = 8_000_000;

/** The right to read one source, until `until`. */
export type Claim = { connectionId: string; environmentId: string; until: Date };

/**
 * Claims sources among the connections `c` and their catalogs `k`. Rows that another process is claiming are passed over, and
 * so is a source that somebody reads.
 */
const claim = async (db: Db, now: Date, which: Prisma.Sql, limit: number): Promise<Claim[]> => {
  const until = new Date(now.getTime() + claimSeconds * 1000);
  const rows = await db.$queryRaw<{ connectionId: string; environmentId: string }[]>`
    WITH due AS MATERIALIZED (
      SELECT c."id", c."environmentId" FROM "Connection" c LEFT JOIN "Catalog" k ON k."connectionId" = c."id"
       WHERE c."readsEntities" AND c."removedAt" IS NULL AND ${which}
         AND (k."claimedUntil" IS NULL OR k."claimedUntil" <= ${now}::timestamptz)
       ORDER BY k."readAt" NULLS FIRST LIMIT ${limit} FOR NO KEY UPDATE OF c SKIP LOCKED),
    claimed AS (
      INSERT INTO "Catalog" AS k ("connectionId", "connectionVersion", "claimedUntil", "models")
      SELECT "id", 0, ${until}::timestamptz, '[]' FROM due
      ON CONFLICT ("connectionId") DO UPDATE SET "claimedUntil" = EXCLUDED."claimedUntil"
       WHERE k."claimedUntil" IS NULL OR k."claimedUntil" <= ${now}::timestamptz
      RETURNING k."connectionId")
    SELECT d."id"::text AS "connectionId", d."environmentId"::text AS "environmentId"
      FROM due d JOIN claimed ON claimed."connectionId" = d."id"`;
  return rows.map((row) => ({ ...row, until }));
};

/**
 * Claims sources that are due: those that were never read, changed since, or were checked since, if their last check passed.
 * One that could not be read is due again only then.
 */
export const claimDue = (db: Db, now: Date, limit: number): Promise<Claim[]> =>
  claim(
    db,
    now,
    Prisma.sql`NOT c."isPaused" AND c."lastOutcome" = 'passed' AND (k."readAt" IS NULL
      OR k."connectionVersion" <> c."version" OR c."lastCheckedAt" > k."readAt")`,
    limit,
  );

/** Claims one source, due or not; undefined when somebody reads it at this moment or it is none. */
export const claimOne = async (db: Db, now: Date, connectionId: string): Promise<Claim | undefined> =>
  (await claim(db, now, Prisma.sql`c."id" = ${connectionId}::uuid`, 1))[0];

/** What is known of the latest reading of sources; of one that is none any more nothing. */
export const findReadings = (db: Db, environmentId: string, connectionIds: readonly string[]) =>
  db.$queryRaw<{ connectionId: string; isCurrent: boolean; readAt: Date | null; problem: unknown }[]>`
    SELECT c."id"::text AS "connectionId", COALESCE(k."connectionVersion" = c."version", FALSE) AS "isCurrent", k."readAt", k."problem"
      FROM "Connection" c LEFT JOIN "Catalog" k ON k."connectionId" = c."id"
     WHERE c."id" = ANY(${[...connectionIds]}::uuid[]) AND c."environmentId" = ${environmentId}::uuid
       AND c."readsEntities" AND c."removedAt" IS NULL`;

/** Whether somebody reads the source at this moment. */
export const isClaimed = async (db: Db, now: Date, connectionId: string): Promise<boolean> =>
  (await db.catalog.count({ where: { connectionId, claimedUntil: { gt: now } } })) > 0;

/** Makes a claim longer; undefined when it was lost. */
export const renewClaim = async (db: Db, now: Date, claim: Claim): Promise<Claim | undefined> => {
  const until = new Date(now.getTime() + claimSeconds * 1000);
  const where = { connectionId: claim.connectionId, claimedUntil: claim.until };
  const { count } = await db.catalog.updateMany({ where, data: { claimedUntil: until } });
  return count === 1 ? { ...claim, until } : undefined;
};

/** Gives a claim back without having read. */
export const releaseClaim = async (db: Db, { connectionId, until }: Claim): Promise<void> => {
  await db.catalog.updateMany({ where: { connectionId, claimedUntil: until }, data: { claimedUntil: null } });
};

type Source = { id: string; environmentId: string; version: number };

/** Holds a source as it was read until the transaction ends; false when it was changed or removed since. */
const lockSource = async (tx: Tx, { id, version }: Source): Promise<boolean> => {
  const rows = await tx.$queryRaw<unknown[]>`
    SELECT 1 FROM "Connection"
     WHERE "id" = ${id}::uuid AND "version" = ${version} AND "readsEntities" AND "removedAt" IS NULL FOR SHARE`;
  return rows.length === 1;
};

/** Holds what a claim is for until the transaction ends; false when the claim was lost to somebody who reads it anew. */
const lockClaimed = async (tx: Tx, { connectionId, until }: Claim): Promise<boolean> => {
  const rows = await tx.$queryRaw<unknown[]>`
    SELECT 1 FROM "Catalog" WHERE "connectionId" = ${connectionId}::uuid AND "claimedUntil" = ${until}::timestamptz FOR NO KEY UPDATE`;
  return rows.length === 1;
};

const toJson = (value: object | null) => (value === null ? null : JSON.stringify(value));

type CatalogRow = { models?: CatalogModel[]; problem: CatalogProblem | null; readAt: Date };

/** Writes what is known of a catalog as a whole and ends the claim. Without models those of the last good reading stay. */
const writeCatalog = (tx: Tx, { id, version }: Source, { models, problem, readAt }: CatalogRow) => tx.$executeRaw`
  INSERT INTO "Catalog" AS k ("connectionId", "connectionVersion", "readAt", "models", "problem")
  VALUES (${id}::uuid, ${version}, ${readAt}, ${JSON.stringify(models ?? [])}::jsonb, ${toJson(problem)}::jsonb)
  ON CONFLICT ("connectionId") DO UPDATE
     SET "connectionVersion" = EXCLUDED."connectionVersion", "readAt" = EXCLUDED."readAt", "claimedUntil" = NULL,
         "models" = ${models === undefined ? Prisma.sql`k."models"` : Prisma.sql`EXCLUDED."models"`}, "problem" = EXCLUDED."problem"`;

/** Entities as JSON texts that are each small enough for one statement. */
function* inBatches(entities: readonly EntityToKeep[]): Generator<string> {
  let batch: string[] = [];
  let length = 0;
  for (const entity of entities) {
    const text = JSON.stringify({ id: newId(), ...entity });
    batch.push(text);
    length += text.length;
    if (length < batchCharacters) continue;
    yield `[${batch.join()}]`;
    [batch, length] = [[], 0];
  }
  if (batch.length > 0) yield `[${batch.join()}]`;
}

/** The columns that metadata decides. */
const contents = [
  'description',
  'columns',
  'partitions',
  'columnCount',
  'partitionCount',
  'rowCount',
  'bytes',
  'refreshedAt',
  'problem',
  'unknown',
] as const;
const columns = (of: string) => Prisma.raw(contents.map((name) => `${of}"${name}"`).join(', '));

/** Adds entities and brings those that are there up to date under their old ids. Rows in which nothing differs are left alone. */
const writeEntities = (tx: Tx, { id, environmentId }: Source, batch: string) => tx.$executeRaw`
  INSERT INTO "Entity" AS e ("id", "environmentId", "connectionId", "model", "name", ${columns('')})
  SELECT r."id", ${environmentId}::uuid, ${id}::uuid, r."model", r."name", ${columns('r.')}
    FROM jsonb_to_recordset(${batch}::jsonb) AS r(
      "id" uuid, "model" text, "name" text, "description" text, "columns" jsonb, "partitions" jsonb, "columnCount" integer,
      "partitionCount" integer, "rowCount" bigint, "bytes" bigint, "refreshedAt" timestamptz, "problem" jsonb, "unknown" jsonb)
  ON CONFLICT ("connectionId", "model", "name") DO UPDATE
     SET (${columns('')}, "goneAt") = (${columns('EXCLUDED.')}, NULL)
   WHERE (${columns('e.')}) IS DISTINCT FROM (${columns('EXCLUDED.')}) OR e."goneAt" IS NOT NULL`;

/** Marks entities that a complete reading did not name as gone. */
const markGone = (tx: Tx, { id }: Source, { entities, unreadModels }: Reading, now: Date) => tx.$executeRaw`
  UPDATE "Entity" e SET "goneAt" = ${now}
   WHERE e."connectionId" = ${id}::uuid AND e."goneAt" IS NULL AND e."model" <> ALL(${unreadModels}::text[])
     AND NOT EXISTS (
       SELECT 1 FROM jsonb_to_recordset(${JSON.stringify(entities.map(({ model, name }) => ({ model, name })))}::jsonb) AS r("model" text, "name" text)
        WHERE r."model" = e."model" AND r."name" = e."name")`;

/**
 * Stores what a reading that began at `readAt` saw, or why it failed. False, and nothing is stored, when the source was changed or removed
 * since, or when the claim was lost.
 */
export const keepReading = async (
  tx: Tx,
  source: Source,
  outcome: Reading | { failed: CatalogProblem & { isTransient: boolean } },
  { claim, readAt, now }: { claim: Claim; readAt: Date; now: Date },
): Promise<boolean> => {
  if (!(await lockSource(tx, source)) || !(await lockClaimed(tx, claim))) return false;
  if ('failed' in outcome) {
    await writeCatalog(tx, source, { problem: outcome.failed, readAt });
    return true;
  }
  await writeCatalog(tx, source, { ...outcome, readAt });
  for (const batch of inBatches(outcome.entities)) await writeEntities(tx, source, batch);
  if (outcome.isComplete) await markGone(tx, source, outcome, now);
  return true;
};

/** Forgets the catalogs of connections that entities are not read from any more; their entities are gone. */
export const forgetUnmarked = async (db: Db, now: Date): Promise<void> => {
  await db.$executeRaw`
    WITH forgotten AS (
      DELETE FROM "Catalog" k USING "Connection" c
       WHERE c."id" = k."connectionId" AND NOT c."readsEntities" AND c."removedAt" IS NULL RETURNING k."connectionId")
    UPDATE "Entity" SET "goneAt" = ${now}
     WHERE "connectionId" IN (SELECT "connectionId" FROM forgotten) AND "goneAt" IS NULL`;
};
