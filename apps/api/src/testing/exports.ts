import type { ColumnType, NewExport, RunState } from '@junction/contracts';
import type { House } from '../house.ts';
import { newId } from '../platform/ids.ts';
import { Prisma } from '../platform/prisma/client.ts';
import { makeRun } from './runs.ts';

type Place = Pick<House, 'db'>;
type Column = { name: string; type: ColumnType };

/** The columns of entities that tests make: one of each kind that filters tell apart. */
export const entityColumns: readonly Column[] = [
  { name: 'Id', type: 'guid' },
  { name: 'Name', type: 'text' },
  { name: 'Visits', type: 'integer' },
  { name: 'Since', type: 'date' },
];

type EntityOver = Partial<Prisma.EntityUncheckedCreateInput> & { columnsOf?: readonly Column[] };

/** An entity of a source as if its metadata had been read; readable unless `over` has a problem or says that it is gone. */
export const makeEntity = async (
  { db }: Place,
  { environmentId, connectionId }: { environmentId: string; connectionId: string },
  { columnsOf = entityColumns, ...over }: EntityOver = {},
) => {
  const id = newId();
  return db.entity.create({
    data: {
      id,
      environmentId,
      connectionId,
      model: 'model.json',
      name: `Entity ${id}`,
      columns: columnsOf.map((column) => ({ ...column, dataType: column.type })),
      partitions: [],
      columnCount: columnsOf.length,
      partitionCount: 0,
      unknown: {},
      ...over,
    },
  });
};

type MadeEntity = { id: string; name: string; connectionId: string };

type ExportOver = Partial<Omit<Prisma.ExportUncheckedCreateInput, 'entities' | 'runState'>> & {
  /** What it sends, with the name of the source where that matters. */
  entities?: readonly (MadeEntity & { sourceName?: string })[];
  by?: { id: string; name: string };
  /** Of its last run, which is in the ledger then. */
  runState?: string | null;
};

/** An export as a row, whatever the rules say about how it may come about; without a connection and entities unless given. */
export const makeExport = async (
  { db, clock }: Pick<House, 'db' | 'clock'>,
  environmentId: string,
  { entities = [], by = { id: newId(), name: 'Somebody' }, runState = null, ...over }: ExportOver = {},
) => {
  const id = newId();
  const now = clock.now();
  const made = await db.export.create({
    data: {
      id,
      environmentId,
      name: `Export ${id}`,
      format: { type: 'csv', delimiter: ',', hasHeader: true },
      folder: '',
      scheduleOn: false,
      createdById: by.id,
      createdByName: by.name,
      createdAt: now,
      updatedAt: now,
      ...over,
      entities: {
        create: entities.map(({ id: entityId, name, connectionId, sourceName = 'Source' }, position) => ({
          position,
          entityId,
          connectionId,
          sourceName,
          name,
        })),
      },
    },
  });
  if (runState === null) return made;
  const { id: lastRunId } = await makeRun({ db, clock }, made, runState as RunState);
  return { ...made, lastRunId, runState };
};

/** The body that defines an export over these entities, with all their columns. */
export const newExport = (
  connectionId: string | null,
  entityIds: readonly string[],
  over: Partial<NewExport> = {},
): { name: string; connectionId: string | null; entities: { entityId: string }[] } & Partial<NewExport> => ({
  name: `Export ${newId()}`,
  connectionId,
  ...over,
  entities: over.entities ?? entityIds.map((entityId) => ({ entityId, columns: 'all' as const, filter: null })),
});

type Many = {
  environmentId: string;
  owner: { id: string; name: string };
  count: number;
  /** They go round; without any the exports are inactive. */
  connectionIds: readonly string[];
  /** Where the one entity of each is read from; it need not be in a catalog. */
  sourceId?: string;
};

/**
 * Adds exports by the thousand, named "Export 00001 …" with every state of a run, to see and measure big lists. One statement, so
 * that making 100,000 takes seconds.
 */
export const makeManyExports = async (
  { db, clock }: Pick<House, 'db' | 'clock'>,
  { environmentId, owner, count, connectionIds, sourceId = newId() }: Many,
): Promise<void> => {
  const now = clock.now();
  const connectionOf =
    connectionIds.length === 0
      ? Prisma.sql`NULL::uuid`
      : Prisma.sql`(${[...connectionIds]}::uuid[])[1 + n % ${connectionIds.length}::integer]`;
  await db.$executeRaw`
    WITH made AS (
      INSERT INTO "Export" ("id", "environmentId", "name", "connectionId", "format", "folder", "scheduleOn", "plan", "lastRunId",
                            "runState", "lastRunAt", "refreshedAt", "createdById", "createdByName", "createdAt", "updatedAt")
      SELECT gen_random_uuid(), ${environmentId}::uuid, 'Export ' || lpad(n::text, 6, '0') || ' ' || md5(n::text), ${connectionOf},
             '{"type":"csv","delimiter":",","hasHeader":true}'::jsonb, '', n % 3 = 0 AND n % 4 <> 0,
             CASE WHEN n % 4 = 0 THEN NULL ELSE '{"type":"daily","times":["08:00"],"timeZone":"UTC"}'::jsonb END,
             CASE WHEN n % 7 = 0 THEN NULL ELSE gen_random_uuid() END,
             (ARRAY[NULL, 'queued', 'processing', 'successful', 'failed', 'skipped', 'canceled'])[1 + n % 7],
             CASE WHEN n % 7 = 0 THEN NULL ELSE ${now}::timestamptz - make_interval(mins => n) END,
             CASE WHEN n % 5 = 0 THEN NULL ELSE ${now}::timestamptz - make_interval(mins => n) END,
             ${owner.id}::uuid, ${owner.name}, ${now}, ${now}
        FROM generate_series(1, ${count}::integer) n
      RETURNING "id", "environmentId", "name", "connectionId", "lastRunId", "runState"),
    ran AS (
      INSERT INTO "Run" ("id", "kind", "environmentId", "subjectId", "subjectName", "connectionId", "connectionName", "connectionType", "trigger",
                         "priority", "state", "phase", "finishedAt")
      SELECT "lastRunId", 'export', "environmentId", "id", "name", COALESCE("connectionId", gen_random_uuid()), 'Contoso lake', 'fake',
             'schedule', 1, "runState", CASE "runState" WHEN 'queued' THEN 'waiting' WHEN 'processing' THEN 'moving' ELSE 'over' END,
             CASE WHEN "runState" NOT IN ('queued', 'processing') THEN ${now}::timestamptz END
        FROM made WHERE "runState" IS NOT NULL)
    INSERT INTO "ExportEntity" ("exportId", "position", "entityId", "connectionId", "sourceName", "name")
    SELECT made."id", 0, gen_random_uuid(), ${sourceId}::uuid, 'Customer lake', 'Customer' FROM made`;
};
