import type { Tx } from '../../platform/db.ts';
import { type Happening, recordActivities } from '../activity/index.ts';
import { type NewNotice, recordNotices } from '../notices/index.ts';
import type { RunChange, RunFollower } from '../runs/index.ts';
import { noticeOf } from './tell-notices.ts';
import { type Became, type Standing, transitionOf } from './transition.ts';

type Row = Standing & { id: string; name: string };

/** Exports with how they stand, held until the transaction ends; in the order of their ids, like everybody locks them. */
const lockStandings = (tx: Tx, ids: readonly string[]) =>
  tx.$queryRaw<Row[]>`
    SELECT "id"::text AS "id", "name", "lastRunId"::text AS "lastRunId", "runState", "lastRunAt", "refreshedAt", "failuresInRow",
           "failingSince", "scheduleOn", "autoPausedAt"
      FROM "Export" WHERE "id" = ANY(${[...ids]}::uuid[]) ORDER BY "id" FOR NO KEY UPDATE`;

/** An edit is not made stale by a run, so no version changes. A schedule that goes on counts from now. */
const saveStandings = (tx: Tx, rows: readonly Row[]) => tx.$executeRaw`
  UPDATE "Export" x
     SET "lastRunId" = n."lastRunId", "runState" = n."runState", "lastRunAt" = n."lastRunAt", "refreshedAt" = n."refreshedAt",
         "failuresInRow" = n."failuresInRow", "failingSince" = n."failingSince", "autoPausedAt" = n."autoPausedAt",
         "nextRunAt" = CASE WHEN n."autoPausedAt" IS DISTINCT FROM x."autoPausedAt" THEN NULL ELSE x."nextRunAt" END
    FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) AS n(
           "id" uuid, "lastRunId" uuid, "runState" text, "lastRunAt" timestamptz, "refreshedAt" timestamptz,
           "failuresInRow" integer, "failingSince" timestamptz, "autoPausedAt" timestamptz)
   WHERE x."id" = n."id"`;

const tell = (
  became: Became,
  { id, name, failuresInRow }: Row,
  { environmentId, runId, problem }: RunChange,
): Happening[] => {
  const happened = { environmentId, by: null, from: null, subject: { type: 'export', id, name } };
  if (became === 'autoPaused') {
    const after = { failuresInRow, run: runId, code: problem?.code ?? null };
    return [{ ...happened, kind: 'export.auto-paused', after }];
  }
  if (became === 'resumed') {
    return [{ ...happened, kind: 'export.scheduled', before: { autoPaused: true }, after: { autoPaused: false } }];
  }
  return [];
};

/** Keeps what exports show of their runs. An export that was deleted meanwhile shows nothing any more. */
export const followRuns: RunFollower = async (tx, changes) => {
  if (changes.length === 0) return;
  const rows = await lockStandings(
    tx,
    changes.map(({ subjectId }) => subjectId),
  );
  const standing = new Map(rows.map((row) => [row.id, row]));
  const told: Happening[] = [];
  const notices: NewNotice[] = [];
  for (const change of changes) {
    const before = standing.get(change.subjectId);
    if (before === undefined) continue;
    const { after, became } = transitionOf(before, change);
    const row = { ...before, ...after };
    standing.set(row.id, row);
    told.push(...became.flatMap((what) => tell(what, row, change)));
    notices.push(...became.flatMap((what) => noticeOf(what, row, change) ?? []));
  }
  await saveStandings(tx, [...standing.values()]);
  if (told.length > 0) await recordActivities(tx, told);
  await recordNotices(tx, notices);
};
