import type * as contract from '@junction/contracts';
import {
  type Actor,
  type BulkResult,
  can,
  type ErrorCode,
  isRunLive,
  maximumBulkExports,
  type Run,
  type RunState,
} from '@junction/contracts';
import type { House } from '../../house.ts';
import type { Asked } from '../../http/asked.ts';
import { AppError, notFound } from '../../platform/app-error.ts';
import { requireRunning } from '../environments/index.ts';
import { findRuns, requestRuns } from '../runs/index.ts';
import { findRunnable } from './find-runnable.ts';
import type { HeldExport } from './hold.ts';
import { inBulk } from './in-bulk.ts';
import type { Refusal } from './rules.ts';
import { happening } from './tell-activity.ts';

type Needs = Pick<House, 'db' | 'runFollower' | 'wakeRuns'>;
type Input = Parameters<typeof inBulk>[2];

/** Why an export cannot run now, whoever asks. */
const whyNot = ({ lostEntities, runState, lastRunId }: HeldExport): Refusal | undefined => {
  if (lostEntities > 0) {
    const message = 'It reads from a connection that was removed. Restore that one, or take its entities out.';
    return { code: 'sourceRemoved', message };
  }
  if (!isRunLive(runState as RunState | null)) return undefined;
  return { code: 'runLive', message: `Run ${lastRunId} of it is not over yet. Wait for its end, or cancel it.` };
};

/** Asks for a run of each of the exports that can run and that this person may run; the worker is told when they are in the queue. */
const requestInBulk = async (house: Needs, actor: Actor, input: Input) => {
  let runs: { subjectId: string; runId: string }[] = [];
  const result = await inBulk(house, actor, input, {
    deed: 'run',
    require: (_person, _connections, tx) => requireRunning(tx, input.params.environmentId),
    refuse: whyNot,
    change: async (tx, rows, { who }) => {
      const wanted = rows.flatMap(({ id: subjectId, name: subjectName, environmentId, connection }) => {
        if (!connection) return [];
        const by = { id: actor.id, name: actor.name };
        const subject = { kind: 'export' as const, environmentId, subjectId, subjectName };
        return [{ ...subject, connection, trigger: 'manual' as const, by }];
      });
      runs = await requestRuns(house, tx, wanted);
      const runOf = new Map(runs.map(({ subjectId, runId }) => [subjectId, runId]));
      const queued = rows.filter(({ id }) => runOf.has(id));
      const told = queued.map((row) => happening('run.requested', who, row, { after: { run: runOf.get(row.id) } }));
      return { done: queued.map(({ id }) => id), told };
    },
  });
  if (runs.length > 0) house.wakeRuns();
  return { result, runs };
};

/** What a refusal is called in an answer about one export. */
const errorCodes: Readonly<Record<string, ErrorCode>> = {
  noConnection: 'connectionGone',
  sourceRemoved: 'connectionGone',
  runLive: 'runLive',
  forbidden: 'forbidden',
  preconditionFailed: 'preconditionFailed',
};

const toError = ({ code, message }: Refusal): AppError =>
  code === 'notFound' ? notFound('export') : new AppError(errorCodes[code] ?? 'internal', message);

/** Runs an export now: the run is in the queue when this returns. */
export const runExport = async (
  house: Needs,
  actor: Actor,
  { params: { environmentId, exportId }, from }: Asked<typeof contract.runExport>,
): Promise<Run> => {
  const input = { params: { environmentId }, body: { exportIds: [exportId] }, from };
  const { result, runs } = await requestInBulk(house, actor, input);
  const [refused] = result.refused;
  if (refused) throw toError(refused);
  const ids = runs.map(({ runId }) => runId);
  const seesPlaces = can(actor, 'connection:read', environmentId);
  const [run] = (await findRuns(house.db, ids, { seesPlaces })).values();
  if (run === undefined) throw notFound('run');
  return run;
};

/** Exports that one transaction asks runs for. */
const batchSize = 500;

/**
 * Runs all exports of an environment that are active, have their schedules on, do not run already and that this person may run. As
 * many transactions as there are batches: after a failure, asking again runs the rest.
 */
const runScheduled = async (house: Needs, actor: Actor, input: Omit<Input, 'body'>): Promise<BulkResult> => {
  await requireRunning(house.db, input.params.environmentId);
  const ids = await findRunnable(house.db, actor, input.params.environmentId);
  const answer: BulkResult = { done: [], refused: [] };
  for (let start = 0; start < ids.length; start += batchSize) {
    const body = { exportIds: ids.slice(start, start + batchSize) };
    const { result } = await requestInBulk(house, actor, { ...input, body });
    answer.done.push(...result.done);
    answer.refused.push(...result.refused);
  }
  // Only what somebody changed since the ids were read; thousands would be told one by one by asking again.
  return { ...answer, refused: answer.refused.slice(0, maximumBulkExports) };
};

/** Runs several exports now, or all whose schedules are on. */
export const runExports = async (
  house: Needs,
  actor: Actor,
  { params, body, from }: Asked<typeof contract.runExports>,
): Promise<BulkResult> => {
  const { exportIds } = body;
  if (exportIds === undefined) return runScheduled(house, actor, { params, from });
  return (await requestInBulk(house, actor, { params, body: { exportIds }, from })).result;
};
