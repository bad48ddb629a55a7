import type { RunProblem } from '@junction/contracts';
import type { Tx } from '../../../platform/db.ts';
import { type NewNotice, recordNotices } from '../../notices/index.ts';
import type { RunChange, RunFollower } from '../../runs/index.ts';
import { lookAgainHours } from './schedule.ts';
import { type Became, type Standing, standingAfter } from './standing.ts';

type Row = Standing & { id: string; name: string };

/** How profile data stands, held until the transaction ends; in the order of the connections' ids. Runs are locked before, by everybody. */
const lockStandings = (tx: Tx, connectionIds: readonly string[]) =>
  tx.$queryRaw<Row[]>`
    SELECT i."connectionId"::text AS "id", c."name", i."lastRunId"::text AS "lastRunId", i."runState", i."lastRunAt", i."problem",
           i."failingSince", i."unchangedAt"
      FROM "ProfileImport" i JOIN "Connection" c ON c."id" = i."connectionId"
     WHERE i."connectionId" = ANY(${[...connectionIds]}::uuid[]) ORDER BY i."connectionId" FOR NO KEY UPDATE OF i`;

const saveStandings = (tx: Tx, rows: readonly Row[]) => tx.$executeRaw`
  UPDATE "ProfileImport" i
     SET "lastRunId" = n."lastRunId", "runState" = n."runState", "lastRunAt" = n."lastRunAt", "problem" = n."problem",
         "failingSince" = n."failingSince", "unchangedAt" = n."unchangedAt"
    FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) AS n(
           "id" uuid, "lastRunId" uuid, "runState" text, "lastRunAt" timestamptz, "problem" jsonb, "failingSince" timestamptz,
           "unchangedAt" timestamptz)
   WHERE i."connectionId" = n."id"`;

/** Lets lakes be looked at again soon whose import failed in a way that may pass. One that is removed has no next look. */
const lookAgain = (tx: Tx, failed: readonly RunChange[]) => tx.$executeRaw`
  UPDATE "ProfileImport" i SET "nextRunAt" = n."at" + make_interval(hours => ${lookAgainHours}::integer)
    FROM jsonb_to_recordset(${JSON.stringify(failed.map(({ subjectId, at }) => ({ id: subjectId, at })))}::jsonb) AS n("id" uuid, "at" timestamptz)
   WHERE i."connectionId" = n."id" AND i."nextRunAt" > n."at" + make_interval(hours => ${lookAgainHours}::integer)`;

const words = {
  failing: (problem: RunProblem | null) => ({
    message: `Its customers could not be imported. ${problem?.message ?? ''}`.trim(),
    remedy: problem?.remedy ?? null,
  }),
  recovered: () => ({ message: 'Its customers were imported again.', remedy: null }),
};

/** For admins, like every notice of a connection. */
const noticeOf = (
  became: NonNullable<Became>,
  { id, name }: Row,
  { environmentId, runId, problem, at }: RunChange,
): NewNotice => ({
  kind: `profiles.${became}`,
  environmentId,
  at,
  subject: { type: 'connection', id, name },
  runId,
  words: words[became](problem),
});

/** Keeps what profile data shows of its imports, and tells when they begin to fail and when they are well again. */
export const followImports: RunFollower = async (tx, changes) => {
  const rows = await lockStandings(
    tx,
    changes.map(({ subjectId }) => subjectId),
  );
  const standing = new Map(rows.map((row) => [row.id, row]));
  const notices: NewNotice[] = [];
  for (const change of changes) {
    const before = standing.get(change.subjectId);
    if (before === undefined) continue;
    const [after, became] = standingAfter(before, change);
    const row = { ...before, ...after };
    standing.set(row.id, row);
    if (became) notices.push(noticeOf(became, row, change));
  }
  await saveStandings(tx, [...standing.values()]);
  const mayPass = changes.filter(({ state, isPermanent }) => state === 'failed' && !isPermanent);
  if (mayPass.length > 0) await lookAgain(tx, mayPass);
  await recordNotices(tx, notices);
};
