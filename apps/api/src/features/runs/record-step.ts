import type { RunProblem } from '@junction/contracts';
import type { House } from '../../house.ts';
import type { Tx } from '../../platform/db.ts';
import type { Claim } from './claim.ts';
import { cleanLater, keepCleaned, markRemoved } from './clean-store.ts';
import { endRun, giveUpNext, markPart, retryLater } from './end-store.ts';
import { addEvent, type NewEvent } from './event-store.ts';
import { beginToMove, beginToPublish, keepCount, keepPart, sumCounts } from './part-store.ts';
import { findFreeTime, keepPlan } from './plan-store.ts';
import {
  cleaningEndsAfterHours,
  maximumAttempts,
  maximumAttemptsToGiveUp,
  waitBefore,
  waitBeforeCleaning,
  workersLost,
} from './rules.ts';
import { lockExportsOf } from './run-store.ts';
import { tellEnds } from './tell-ends.ts';
import { type Counted, type PartResult, type Prepared, type Published, StepError } from './work.ts';

type Needs = Pick<House, 'runFollower' | 'runSteps'>;

/** Writes what a step came to, in one transaction; throws LeaseLost when somebody else has the run by now. */
export type Recording = (tx: Tx) => Promise<void>;

const tell = (tx: Tx, { run, worker }: Claim, event: Omit<NewEvent, 'runId' | 'worker'>) =>
  addEvent(tx, { runId: run.id, worker, ...event });

const finish = async (house: Needs, tx: Tx, claim: Claim, ended: Parameters<typeof endRun>[2]): Promise<void> => {
  const row = await endRun(tx, claim.hold, ended);
  await tell(tx, claim, { kind: ended.state, ...(ended.problem === null ? {} : { problem: ended.problem }) });
  await tellEnds(house, tx, [row]);
};

/** All counts are there: enough rows and not too many, or the run is skipped. */
const judge = async (house: Needs, tx: Tx, claim: Claim): Promise<void> => {
  await tell(tx, claim, { kind: 'counted' });
  const verdict = house.runSteps.judge(claim.run, await sumCounts(tx, claim.run.id));
  if (verdict) await finish(house, tx, claim, { state: 'skipped', problem: verdict.skip });
  else await beginToMove(tx, claim.run.id);
};

const noFolder = new StepError({
  code: 'folderTaken',
  message: 'Runs of the same minute have taken every folder that there could be for this one.',
  remedy: 'It is tried again.',
  isTransient: true,
});

/** The run is planned; nothing to move means that it is published as it is. */
export const prepared =
  (house: Needs, claim: Claim, result: Prepared): Recording =>
  async (tx) => {
    await lockExportsOf(tx, { subjectIds: [claim.run.subjectId] });
    const hasFolders = result.folderTimes.length > 0;
    const folderTime = hasFolders ? await findFreeTime(tx, claim.run.subjectId, result.folderTimes) : null;
    if (folderTime === undefined) throw noFolder;
    await keepPlan(tx, claim.hold, result, folderTime);
    await tell(tx, claim, { kind: 'prepared' });
    if (result.skip) return finish(house, tx, claim, { state: 'skipped', problem: result.skip });
    if (result.parts.length > 0) return;
    const planned = { ...claim, run: { ...claim.run, plan: result.plan, folderTime } };
    const verdict = result.counts ? house.runSteps.judge(planned.run, { rows: 0, rejected: 0 }) : undefined;
    if (verdict) await finish(house, tx, claim, { state: 'skipped', problem: verdict.skip });
    else await beginToPublish(tx, claim.run.id);
  };

export const counted =
  (house: Needs, claim: Claim, result: Counted): Recording =>
  async (tx) => {
    await lockExportsOf(tx, { subjectIds: [claim.run.subjectId] });
    const { isLast } = await keepCount(tx, claim.hold, result);
    if (isLast) await judge(house, tx, claim);
  };

export const moved =
  (claim: Claim, result: PartResult): Recording =>
  async (tx) => {
    const { isLast } = await keepPart(tx, claim.hold, result);
    if (!isLast) return;
    await tell(tx, claim, { kind: 'moved' });
    await beginToPublish(tx, claim.run.id);
  };

export const published =
  (house: Needs, claim: Claim, { written, reveal }: Published): Recording =>
  async (tx) => {
    await lockExportsOf(tx, { subjectIds: [claim.run.subjectId] });
    await tell(tx, claim, { kind: 'published' });
    await finish(house, tx, claim, { state: 'successful', problem: null, written });
    await reveal?.(tx);
  };

/** Staging is removed, and what the export keeps no longer. */
export const cleaned =
  (claim: Claim, { removedRunIds }: { removedRunIds: readonly string[] }): Recording =>
  async (tx) => {
    if (await keepCleaned(tx, claim.hold)) await tell(tx, claim, { kind: 'cleaned' });
    for (const runId of await markRemoved(tx, claim.run.subjectId, removedRunIds))
      await addEvent(tx, { runId, kind: 'removedFiles', worker: claim.worker });
  };

const fail = async (house: Needs, tx: Tx, claim: Claim, problem: RunProblem) => {
  await lockExportsOf(tx, { subjectIds: [claim.run.subjectId] });
  if (claim.hold.number !== null) await markPart(tx, claim.hold, problem);
  await finish(house, tx, claim, { state: 'failed', problem });
};

/** The run could not be published, and nobody can publish it any more: it fails for what kept it from being published. */
export const givenUp =
  (house: Needs, claim: Claim & { step: 'giveUp' }): Recording =>
  (tx) =>
    fail(house, tx, claim, claim.problem);

/** Workers vanished in the middle of this step so often that nobody should try it again. */
export const spent =
  (house: Needs, claim: Claim): Recording =>
  (tx) =>
    fail(house, tx, claim, claim.step === 'giveUp' ? claim.problem : { ...workersLost, phase: claim.run.phase });

/** Whether a claimed step was lost too often to be tried again. */
export const isSpent = ({ step, attempts }: Claim): boolean => {
  if (step === 'clean') return false;
  return attempts >= maximumAttempts + (step === 'giveUp' ? maximumAttemptsToGiveUp : 0);
};

/** Cleaning is tried again for days; what is left then is told in the history. */
const notCleaned = async (tx: Tx, claim: Claim, problem: RunProblem, attempts: number): Promise<void> => {
  const waitMs = waitBeforeCleaning(attempts);
  const isOver = await cleanLater(tx, claim.hold, { attempts, waitMs, endsAfterHours: cleaningEndsAfterHours });
  if (isOver) await tell(tx, claim, { kind: 'warned', problem });
};

/**
 * A step failed. What may pass by itself is tried again a few times; for anything else, and after that, the run fails. One that could not
 * be published is given up first.
 */
export const notDone =
  (house: Needs, claim: Claim, problem: RunProblem, retryAfterMs?: number): Recording =>
  async (tx) => {
    const attempts = claim.attempts + 1;
    if (claim.step === 'clean') return notCleaned(tx, claim, problem, attempts);
    const isOver = isSpent({ ...claim, attempts });
    const retry = async (kept: RunProblem, tries: number) => {
      await retryLater(tx, claim.hold, { problem: kept, attempts, waitMs: waitBefore(tries, retryAfterMs) });
      await tell(tx, claim, { kind: 'retried', part: claim.hold.number, problem });
    };
    if (claim.step === 'giveUp')
      return isOver ? fail(house, tx, claim, claim.problem) : retry(claim.problem, attempts - maximumAttempts);
    if (problem.isTransient && !isOver) return retry(problem, attempts);
    if (claim.step === 'publish') return giveUpNext(tx, claim.hold, problem, maximumAttempts);
    return fail(house, tx, claim, problem);
  };
