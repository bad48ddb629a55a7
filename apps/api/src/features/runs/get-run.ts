import type * as contract from '@junction/contracts';
import { type Actor, can, type RunDetails, type RunProblem, shownRunEvents } from '@junction/contracts';
import type { House } from '../../house.ts';
import type { Asked } from '../../http/asked.ts';
import { notFound } from '../../platform/app-error.ts';
import type { Db } from '../../platform/db.ts';
import { Prisma } from '../../platform/prisma/client.ts';
import { selectRuns } from './select-runs.ts';
import { type EntityRow, type EventRow, toRunDetails } from './views.ts';
import type { Written } from './work.ts';

/** What the parts of each entity have come to so far. */
const findEntities = (db: Db, runId: string) =>
  db.$queryRaw<EntityRow[]>`
    SELECT "entity", count(*)::integer AS "total", (count(*) FILTER (WHERE "state" = 'done'))::integer AS "done",
           sum("rowsWritten")::float8 AS "rowsWritten", sum("rowsRejected")::float8 AS "rowsRejected",
           sum("bytesWritten")::float8 AS "bytesWritten"
      FROM "RunPart" WHERE "runId" = ${runId}::uuid GROUP BY "entity"`;

/** The last events of a run, in the order they happened. */
const findEvents = async (db: Db, runId: string): Promise<EventRow[]> => {
  const rows = await db.$queryRaw<EventRow[]>`
    SELECT "at", "kind", "part", "worker", "problem" FROM "RunEvent"
     WHERE "runId" = ${runId}::uuid ORDER BY "at" DESC, "id" DESC LIMIT ${shownRunEvents}`;
  return rows.reverse();
};

type Rest = { plan: unknown; folderTime: string | null; written: Written | null; filesRemovedAt: Date | null };

/** One run of an export: what happened in it, and what was written where. */
export const getRun = async (
  { db, runSteps }: Pick<House, 'db' | 'runSteps'>,
  actor: Actor,
  { params: { environmentId, runId } }: Pick<Asked<typeof contract.getRun>, 'params'>,
): Promise<RunDetails> => {
  const [row] = await selectRuns<Rest & { problem: RunProblem | null }>(db, {
    columns: Prisma.sql`r."plan", r."folderTime", r."written", r."filesRemovedAt"`,
    where: Prisma.sql`r."id" = ${runId}::uuid AND r."environmentId" = ${environmentId}::uuid AND r."kind" = 'export'`,
  });
  if (row === undefined) throw notFound('run');
  const [entities, events] = await Promise.all([findEntities(db, runId), findEvents(db, runId)]);
  const folders = row.plan === null ? [] : runSteps.foldersOf(row);
  return toRunDetails(row, { folders, entities, events }, can(actor, 'connection:read', environmentId));
};
