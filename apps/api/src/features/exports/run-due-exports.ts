import type { Schedule } from '@junction/contracts';
import type { House } from '../../house.ts';
import type { Tx } from '../../platform/db.ts';
import { retrying } from '../../platform/transactions.ts';
import { requestRuns } from '../runs/index.ts';
import { nextRunAfter } from './next-run.ts';
import { toSchedule } from './views.ts';

/** Exports that one transaction is about: very many are due at full hours, and none is locked for long. */
const batchSize = 500;

type Needs = Pick<House, 'db' | 'clock' | 'runFollower' | 'wakeRuns'>;
type Planned = { id: string; scheduleOn: boolean; plan: unknown };
type Due = Planned & {
  environmentId: string;
  name: string;
  connectionId: string | null;
  connectionName: string;
  connectionType: string;
  canRun: boolean;
};

/** Many exports share a plan, and to work one out takes longer than to read it. */
const nextRuns = (now: Date): ((row: Planned) => Date) => {
  const known = new Map<string, Date>();
  return (row) => {
    const schedule: Schedule = toSchedule(row);
    const key = JSON.stringify(schedule);
    const next = known.get(key) ?? nextRunAfter(schedule, now);
    known.set(key, next);
    return next;
  };
};

const saveNextRuns = (tx: Tx, rows: readonly Planned[], now: Date) => {
  const nextOf = nextRuns(now);
  const next = rows.map((row) => ({ id: row.id, at: nextOf(row) }));
  return tx.$executeRaw`
    UPDATE "Export" x SET "nextRunAt" = n."at"
      FROM jsonb_to_recordset(${JSON.stringify(next)}::jsonb) AS n("id" uuid, "at" timestamptz) WHERE x."id" = n."id"`;
};

/** Works out when schedules are due that were turned on or changed. */
const planNext = ({ db, clock }: Needs): Promise<number> =>
  retrying(db, async (tx) => {
    const rows = await tx.$queryRaw<Planned[]>`
      SELECT "id"::text AS "id", "scheduleOn", "plan" FROM "Export"
       WHERE "scheduleOn" AND "autoPausedAt" IS NULL AND "nextRunAt" IS NULL
       LIMIT ${batchSize} FOR NO KEY UPDATE SKIP LOCKED`;
    if (rows.length > 0) await saveNextRuns(tx, rows, clock.now());
    return rows.length;
  });

/** Those that are due, the longest first. Whoever claims one moves it on before anybody else sees it. */
const claimDue = (tx: Tx, now: Date) =>
  tx.$queryRaw<{ id: string }[]>`
    SELECT "id"::text AS "id" FROM "Export"
     WHERE "scheduleOn" AND "autoPausedAt" IS NULL AND "nextRunAt" <= ${now}
     ORDER BY "nextRunAt" LIMIT ${batchSize} FOR NO KEY UPDATE SKIP LOCKED`;

/** A statement sees what was there when it began: this one begins when the exports are held, and nobody takes a connection away any more. */
const readDue = (tx: Tx, ids: readonly string[]) =>
  tx.$queryRaw<Due[]>`
    SELECT e."id"::text AS "id", e."environmentId"::text AS "environmentId", e."name", e."scheduleOn", e."plan",
           c."id"::text AS "connectionId", c."name" AS "connectionName", c."type" AS "connectionType",
           (c."id" IS NOT NULL AND e."lostEntities" = 0 AND v."pausedAt" IS NULL
             AND COALESCE(e."runState" NOT IN ('queued', 'processing'), TRUE)) AS "canRun"
      FROM "Export" e JOIN "Environment" v ON v."id" = e."environmentId" LEFT JOIN "Connection" c ON c."id" = e."connectionId"
     WHERE e."id" = ANY(${[...ids]}::uuid[]) ORDER BY e."nextRunAt", e."id"`;

/** Makes a run of each export that is due, or passes it over when it cannot run now. */
const queueDue = async (house: Needs): Promise<number> => {
  const now = house.clock.now();
  const { due, queued } = await retrying(house.db, async (tx) => {
    const claimed = await claimDue(tx, now);
    if (claimed.length === 0) return { due: 0, queued: 0 };
    const rows = await readDue(
      tx,
      claimed.map(({ id }) => id),
    );
    await saveNextRuns(tx, rows, now);
    const wanted = rows.flatMap((row) => {
      if (!row.canRun || row.connectionId === null) return [];
      const connection = { id: row.connectionId, name: row.connectionName, type: row.connectionType };
      const { id: subjectId, name: subjectName, environmentId } = row;
      return [
        {
          kind: 'export' as const,
          environmentId,
          subjectId,
          subjectName,
          connection,
          trigger: 'schedule' as const,
          by: null,
        },
      ];
    });
    const runs = wanted.length === 0 ? [] : await requestRuns(house, tx, wanted);
    return { due: rows.length, queued: runs.length };
  });
  if (queued > 0) house.wakeRuns();
  return due;
};

/**
 * Puts a run of each export whose schedule is due into the queue. However long nobody did, each gets one run and not all that were
 * missed. A time at which an export cannot run, because it still runs, is inactive or its environment is paused, is passed over.
 */
export const runDueExports = async (house: Needs, signal: AbortSignal): Promise<void> => {
  for (const takeBatch of [planNext, queueDue]) {
    let taken = batchSize;
    while (taken === batchSize && !signal.aborted) taken = await takeBatch(house);
  }
};
