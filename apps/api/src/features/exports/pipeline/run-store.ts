import { ExportFormat, MalformedRows, Retention, RowLimits } from '@junction/contracts';
import type { Db } from '../../../platform/db.ts';
import type { StoredChoice } from '../rules.ts';
import { findChoices } from '../store.ts';

/** What an export says at this moment. */
export type Definition = {
  id: string;
  name: string;
  version: number;
  connectionId: string | null;
  format: ExportFormat;
  folder: string;
  malformedRows: MalformedRows;
  rowLimits: RowLimits;
  retention: Retention;
  choices: StoredChoice[];
};

/** The definition of an export; undefined when there is none any more. */
export const findDefinition = async (
  db: Db,
  { environmentId, subjectId: exportId }: { environmentId: string; subjectId: string },
): Promise<Definition | undefined> => {
  const row = await db.export.findFirst({ where: { id: exportId, environmentId } });
  if (row === null) return undefined;
  return {
    id: row.id,
    name: row.name,
    version: row.version,
    connectionId: row.connectionId,
    format: ExportFormat.parse(row.format),
    folder: row.folder,
    malformedRows: MalformedRows.parse(row.malformedRows),
    rowLimits: RowLimits.parse(row.rowLimits),
    retention: Retention.parse(row.retention),
    choices: await findChoices(db, exportId),
  };
};

/** The folders that runs of an export have for their times, among these. */
export const findTakenTimes = async (db: Db, exportId: string, times: readonly string[]): Promise<Set<string>> => {
  const rows = await db.run.findMany({
    where: { subjectId: exportId, folderTime: { in: [...times] } },
    select: { folderTime: true },
  });
  return new Set(rows.flatMap(({ folderTime }) => folderTime ?? []));
};

/** Of these, the runs of an export that are over and cleaned up behind. */
export const findCleaned = async (db: Db, exportId: string, ids: readonly string[]): Promise<string[]> => {
  const where = { subjectId: exportId, id: { in: [...ids] }, finishedAt: { not: null }, cleanAt: null };
  return (await db.run.findMany({ where, select: { id: true } })).map(({ id }) => id);
};

/** A run whose files are kept no longer. */
export type ExpiredRun = { id: string; environmentId: string; subjectId: string; folder: string };

type Keeper = { id: string; subjectId: string; connectionId: string };

/**
 * Runs up to this one whose files the export keeps no longer, the oldest first, some of them; never the newest. Only those that wrote over
 * the same connection: what an export wrote before it was connected elsewhere stays.
 */
export const findExpired = async (
  db: Db,
  run: Keeper,
  retention: Retention,
  { now, limit }: { now: Date; limit: number },
): Promise<ExpiredRun[]> => {
  if (retention.keep === 'all') return [];
  const keeps = retention.keep === 'runs' ? retention.runs : 1;
  const before = retention.keep === 'days' ? new Date(now.getTime() - retention.days * 86_400_000) : now;
  return db.$queryRaw<ExpiredRun[]>`
    WITH published AS (
      SELECT r."id", r."environmentId", r."subjectId", r."plan"->>'folder' AS "folder", r."finishedAt",
             row_number() OVER (ORDER BY r."id" DESC) AS "place"
        FROM "Run" r
       WHERE r."subjectId" = ${run.subjectId}::uuid AND r."connectionId" = ${run.connectionId}::uuid AND r."state" = 'successful'
         AND r."filesRemovedAt" IS NULL AND r."id" <= ${run.id}::uuid)
    SELECT "id"::text AS "id", "environmentId"::text AS "environmentId", "subjectId"::text AS "subjectId", "folder" FROM published
     WHERE "place" > ${keeps} AND "finishedAt" <= ${before} AND "folder" IS NOT NULL
     ORDER BY "id" LIMIT ${limit}`;
};
