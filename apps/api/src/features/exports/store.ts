import type {
  ColumnChoice,
  ExportFormat,
  MalformedRows,
  Retention,
  RowFilter,
  RowLimits,
  Schedule,
} from '@junction/contracts';
import type { Db, Tx } from '../../platform/db.ts';
import { Prisma } from '../../platform/prisma/client.ts';
import { remember } from './dependents.ts';
import type { StoredChoice } from './rules.ts';

/** What an export is, apart from what happened to it. */
export type Definition = {
  name: string;
  connectionId: string | null;
  format: ExportFormat;
  folder: string;
  schedule: Schedule;
  malformedRows: MalformedRows;
  rowLimits: RowLimits;
  retention: Retention;
  entities: readonly StoredChoice[];
};

type By = { id: string; name: string };
type Json = Prisma.InputJsonValue;

/** Whether a write failed because the name is taken; it is the only unique value that people choose. */
export const isNameConflict = (error: unknown): boolean =>
  error instanceof Prisma.PrismaClientKnownRequestError &&
  (error.code === 'P2002' || (error.code === 'P2010' && JSON.stringify(error.meta ?? {}).includes('23505')));

/** What an export is called, for who is told about it; null when there is none. */
export const findName = async (db: Db, environmentId: string, id: string): Promise<string | null> =>
  (await db.export.findFirst({ where: { id, environmentId }, select: { name: true } }))?.name ?? null;

/** What an export sends, in the order that was chosen. */
export const findChoices = async (db: Db | Tx, exportId: string): Promise<StoredChoice[]> => {
  const rows = await db.exportEntity.findMany({ where: { exportId }, orderBy: { position: 'asc' } });
  return rows.map(({ entityId, connectionId, sourceName, name, columns, filter }) => ({
    entityId,
    connectionId,
    sourceName,
    name,
    columns: (columns as ColumnChoice | null) ?? 'all',
    filter: filter as RowFilter | null,
  }));
};

/** The connections that exports write to or read from. */
export const findConnectionIds = async (tx: Tx, exportIds: readonly string[], kind: 'writes' | 'all') => {
  const rows = await tx.$queryRaw<{ id: string }[]>`
    SELECT DISTINCT "connectionId"::text AS "id" FROM "Export"
     WHERE "id" = ANY(${[...exportIds]}::uuid[]) AND "connectionId" IS NOT NULL
    UNION SELECT DISTINCT "connectionId"::text FROM "ExportEntity"
     WHERE ${kind === 'all'} AND "exportId" = ANY(${[...exportIds]}::uuid[])`;
  return rows.map(({ id }) => id);
};

/** Exports of the environment that nobody else changes until the transaction ends; in the order of their ids, like everybody locks them. */
export const lockExportRows = (tx: Tx, environmentId: string, ids: readonly string[]) =>
  tx.$queryRaw<LockedRow[]>`
    SELECT "id"::text AS "id", "environmentId"::text AS "environmentId", "name", "connectionId"::text AS "connectionId", "format", "folder",
           "scheduleOn", "plan", "malformedRows", "rowLimits", "retention", "lostEntities", "lastRunId"::text AS "lastRunId", "runState", "autoPausedAt", "lostConnectionType", "lostSharedWith", "lostSharedWithIds"::text[] AS "lostSharedWithIds", "version"
      FROM "Export"
     WHERE "environmentId" = ${environmentId}::uuid AND "id" = ANY(${[...ids]}::uuid[])
     ORDER BY "id" FOR UPDATE`;

export type LockedRow = {
  id: string;
  environmentId: string;
  name: string;
  connectionId: string | null;
  format: unknown;
  folder: string;
  scheduleOn: boolean;
  plan: unknown;
  malformedRows: unknown;
  rowLimits: unknown;
  retention: unknown;
  lostEntities: number;
  lastRunId: string | null;
  runState: string | null;
  autoPausedAt: Date | null;
  lostConnectionType: string | null;
  lostSharedWith: string | null;
  lostSharedWithIds: string[];
  version: number;
};

const toPlan = ({ plan }: Schedule) => (plan === null ? Prisma.DbNull : (plan as Json));

const toColumns = ({
  name,
  connectionId,
  format,
  folder,
  schedule,
  malformedRows,
  rowLimits,
  retention,
}: Definition) => ({
  name,
  connectionId,
  format: format as Json,
  folder,
  scheduleOn: schedule.isOn,
  plan: toPlan(schedule),
  malformedRows: malformedRows as Json,
  rowLimits: rowLimits as Json,
  retention: retention as Json,
});

const insertChoices = async (tx: Tx, exportId: string, entities: readonly StoredChoice[]) => {
  await tx.exportEntity.createMany({
    data: entities.map(({ columns, filter, ...entity }, position) => ({
      ...entity,
      exportId,
      position,
      columns: columns === 'all' ? Prisma.DbNull : (columns as Json),
      filter: filter === null ? Prisma.DbNull : (filter as Json),
    })),
  });
};

type NewRow = Definition & { id: string; environmentId: string; by: By; now: Date };

/** Adds an export all of whose sources are there. */
export const insertExport = async (tx: Tx, row: NewRow) => {
  const { id, environmentId, by, now } = row;
  await tx.export.create({
    data: {
      ...toColumns(row),
      id,
      environmentId,
      createdById: by.id,
      createdByName: by.name,
      createdAt: now,
      updatedAt: now,
    },
    select: { id: true },
  });
  await insertChoices(tx, id, row.entities);
};

/** How many entities of an export `x` are read from a connection that is not there. */
const lostEntities = Prisma.sql`(
  SELECT count(*) FROM "ExportEntity" r
   WHERE r."exportId" = x."id"
     AND NOT EXISTS (SELECT 1 FROM "Connection" s WHERE s."id" = r."connectionId" AND s."removedAt" IS NULL))::integer`;

/** A schedule that was set, or turned on again, begins anew: nothing that happened under the old one stops it. */
const begunAnew = { nextRunAt: null, autoPausedAt: null, failuresInRow: 0 };

type Change = Definition & { areEntitiesChanged: boolean; isConnected: boolean; isScheduled: boolean; now: Date };

/** Changes an export if it is still this version; false when it is not. What it remembers of a lost connection stays. */
export const changeExport = async (
  tx: Tx,
  { id, version }: { id: string; version: number },
  { areEntitiesChanged, isConnected, isScheduled, now, ...after }: Change,
): Promise<boolean> => {
  const { count } = await tx.export.updateMany({
    where: { id, version },
    data: {
      ...toColumns(after),
      ...(isConnected && { nextRunAt: null }),
      ...(isScheduled && begunAnew),
      version: version + 1,
      updatedAt: now,
    },
  });
  if (count === 0) return false;
  if (areEntitiesChanged) {
    await tx.exportEntity.deleteMany({ where: { exportId: id } });
    await insertChoices(tx, id, after.entities);
  }
  await tx.$executeRaw`UPDATE "Export" x SET "lostEntities" = ${lostEntities} WHERE "id" = ${id}::uuid`;
  return true;
};

/** Removes exports that are locked. */
export const deleteExports = async (tx: Tx, ids: readonly string[]) => {
  await tx.export.deleteMany({ where: { id: { in: [...ids] } } });
};

/** Takes the connection away from locked exports, which remember it. */
export const detachAll = (tx: Tx, ids: readonly string[], { by, now }: { by: By; now: Date }) => tx.$executeRaw`
  UPDATE "Export" x
     SET ${remember}, "connectionId" = NULL, "lostAt" = ${now}, "lostById" = ${by.id}::uuid, "lostByName" = ${by.name},
         "removalId" = NULL, "updatedAt" = ${now}
    FROM "Connection" c WHERE c."id" = x."connectionId" AND x."id" = ANY(${[...ids]}::uuid[])`;

/** Gives locked exports a connection, or another one. */
export const connectAll = (tx: Tx, ids: readonly string[], connectionId: string, now: Date) => tx.$executeRaw`
  UPDATE "Export" SET "connectionId" = ${connectionId}::uuid, "version" = "version" + 1, "updatedAt" = ${now}, "nextRunAt" = NULL
   WHERE "id" = ANY(${[...ids]}::uuid[])`;

/** Turns the schedules of locked exports on or off, or gives them all the same one. */
export const scheduleAll = (tx: Tx, ids: readonly string[], set: 'on' | 'off' | Schedule, now: Date) =>
  tx.export.updateMany({
    where: { id: { in: [...ids] } },
    data: {
      ...(typeof set === 'string' ? { scheduleOn: set === 'on' } : { scheduleOn: set.isOn, plan: toPlan(set) }),
      ...begunAnew,
      version: { increment: 1 },
      updatedAt: now,
    },
  });

/** Of each name its form for comparisons, and whether an export of the environment has it, whatever the case; in the same order. */
export const findTakenNames = (tx: Tx, environmentId: string, names: readonly string[]) =>
  tx.$queryRaw<{ key: string; isTaken: boolean }[]>`
    SELECT lower(n."name") AS "key",
           EXISTS (SELECT 1 FROM "Export" x
                    WHERE x."environmentId" = ${environmentId}::uuid AND lower(x."name") = lower(n."name")) AS "isTaken"
      FROM unnest(${[...names]}::text[]) WITH ORDINALITY AS n("name", "place") ORDER BY n."place"`;

/** Copies locked exports whose sources are held, under new names and with their schedules off. What happened to them is not copied. */
export const copyAll = (
  tx: Tx,
  copies: readonly { fromId: string; id: string; name: string }[],
  { by, now }: { by: By; now: Date },
) => tx.$executeRaw`
  WITH copy AS (
    SELECT * FROM unnest(${copies.map(({ fromId }) => fromId)}::uuid[], ${copies.map(({ id }) => id)}::uuid[],
                         ${copies.map(({ name }) => name)}::text[]) AS n("fromId", "id", "name")),
  made AS (
    INSERT INTO "Export" ("id", "environmentId", "name", "connectionId", "format", "folder", "scheduleOn", "plan",
                          "malformedRows", "rowLimits", "retention", "lostEntities", "createdById", "createdByName", "createdAt", "updatedAt")
    SELECT copy."id", x."environmentId", copy."name", x."connectionId", x."format", x."folder", FALSE, x."plan",
           x."malformedRows", x."rowLimits", x."retention", ${lostEntities}, ${by.id}::uuid, ${by.name}, ${now}, ${now}
      FROM copy JOIN "Export" x ON x."id" = copy."fromId")
  INSERT INTO "ExportEntity" ("exportId", "position", "entityId", "connectionId", "sourceName", "name", "columns", "filter")
  SELECT copy."id", r."position", r."entityId", r."connectionId", r."sourceName", r."name", r."columns", r."filter"
    FROM copy JOIN "ExportEntity" r ON r."exportId" = copy."fromId"`;
