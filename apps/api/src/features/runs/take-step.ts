import type { RunProblem } from '@junction/contracts';
import type { House } from '../../house.ts';
import { isDatabaseAway } from '../../platform/database-away.ts';
import { retrying } from '../../platform/transactions.ts';
import { wait } from '../../platform/wait.ts';
import type { Claim } from './claim.ts';
import { addEvent } from './event-store.ts';
import { holdLease, LeaseLost } from './lease.ts';
import { fixOnce, giveBack, isStillHeld, renewLease } from './lease-store.ts';
import { findMoved } from './part-store.ts';
import {
  cleaned,
  counted,
  givenUp,
  isSpent,
  moved,
  notDone,
  prepared,
  published,
  type Recording,
  spent,
} from './record-step.ts';
import { databaseAway, internalProblem } from './rules.ts';
import { type Lease, StepError } from './work.ts';

type Needs = Pick<House, 'db' | 'log' | 'runSteps' | 'runFollower'>;

/** Many parts take the embedded database some seconds. */
const recordTimeoutMs = 30_000;
/** A database that is away comes back, or the lease is lost; anything else is a fault that does not pass. */
const recordAttempts = 15;
const recordAgainAfterMs = 1_000;
/** A step that was told to end gets this long to do so; whoever stops has less time. */
const unwindMs = 30_000;
const unwindAtStopMs = 1_000;

/** Does what the step is about, and says what to write of it. */
const perform = async (house: Needs, claim: Claim, lease: Lease): Promise<Recording> => {
  const { runSteps: steps, db } = house;
  const { run } = claim;
  switch (claim.step) {
    case 'prepare':
      return prepared(house, claim, await steps.prepare(run, lease));
    case 'count':
      return counted(house, claim, await steps.count(run, claim.part, lease));
    case 'move':
      return moved(claim, await steps.move(run, claim.part, lease));
    case 'publish':
      return published(house, claim, await steps.publish(run, await findMoved(db, run.id), lease));
    case 'giveUp': {
      const wasPublished = await steps.giveUp(run, await findMoved(db, run.id), lease);
      return wasPublished ? published(house, claim, wasPublished) : givenUp(house, claim);
    }
    case 'clean':
      return cleaned(claim, await steps.clean({ ...run, isSuccessful: claim.isSuccessful }, lease));
  }
};

/** Why a step failed. What is no StepError is logged by its name and code: its message may hold somebody's data. */
const whyFailed = ({ log }: Needs, { run, step, ...claim }: Claim, error: unknown): RunProblem => {
  const where = {
    phase: run.phase,
    ...('part' in claim ? { entity: claim.part.entityName } : {}),
  };
  if (error instanceof StepError) return { ...where, ...error.problem };
  if (isDatabaseAway(error)) {
    log.warn({ runId: run.id, step }, 'the database was away in the middle of a step of a run');
    return { ...databaseAway, ...where };
  }
  const { name, code, stack } = error as { name?: string; code?: string; stack?: string };
  const frames = stack?.split('\n').filter((line) => /^\s+at /.test(line));
  log.error({ runId: run.id, step, name, code, frames }, 'a step of a run broke');
  return { ...internalProblem, ...where };
};

/** Writes what a step came to, again while the database is away and the lease is held. */
const record = async ({ db, log }: Needs, recording: Recording, lease: { isHeld(): boolean }): Promise<void> => {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await retrying(db, recording, { timeout: recordTimeoutMs });
    } catch (error) {
      if (error instanceof LeaseLost || error instanceof StepError) throw error;
      if (attempt === recordAttempts || !lease.isHeld()) throw error;
      log.warn({ err: error }, 'what a step came to could not be written yet');
      await wait(recordAgainAfterMs);
    }
  }
};

/** What a step comes to, but when it is told to end no longer than it may take for that. */
const unlessLeft = async <T>(performing: Promise<T>, ended: AbortSignal, stopping: AbortSignal): Promise<T> => {
  let timer: NodeJS.Timeout | undefined;
  const left = new Promise<never>((_resolve, reject) => {
    const leave = () => {
      timer = setTimeout(() => reject(new LeaseLost()), stopping.aborted ? unwindAtStopMs : unwindMs);
    };
    ended.addEventListener('abort', leave, { once: true });
    if (ended.aborted) leave();
  });
  try {
    return await Promise.race([performing, left]);
  } finally {
    clearTimeout(timer);
    performing.catch(() => {});
    left.catch(() => {});
  }
};

/** Takes a claimed step from its beginning to its end. Never throws: what cannot be written is taken over by somebody else. */
export const takeStep = async (house: Needs, claim: Claim, stopping: AbortSignal): Promise<void> => {
  const { db, log } = house;
  const { hold, run, worker } = claim;
  const lease = holdLease({
    sinceClaim: claim.sinceClaim,
    stopping,
    renew: (progress) => renewLease(db, hold, progress),
    fix: (value) => fixOnce(db, hold, value),
    warn: (problem) =>
      db.$transaction(async (tx) => {
        if (await isStillHeld(tx, hold))
          await addEvent(tx, { runId: run.id, kind: 'warned', part: hold.number, worker, problem });
      }),
  });
  const outcome = async (): Promise<Recording> => {
    stopping.throwIfAborted();
    if (isSpent(claim)) return spent(house, claim);
    return unlessLeft(perform(house, claim, lease), lease.signal, stopping);
  };
  const fail = async (error: unknown) => {
    if (!lease.isHeld()) return;
    if (stopping.aborted) await giveBack(db, hold);
    else if (!(error instanceof LeaseLost)) {
      const retryAfterMs = error instanceof StepError ? error.retryAfterMs : undefined;
      await record(house, notDone(house, claim, whyFailed(house, claim, error), retryAfterMs), lease);
    }
  };
  const leave = (error: unknown) => {
    if (error instanceof LeaseLost) return;
    log.warn({ err: error, runId: run.id }, 'what a step came to is lost; somebody else takes it over');
  };
  try {
    await record(house, await outcome(), lease);
  } catch (error) {
    await fail(error).catch(leave);
  } finally {
    lease.end();
  }
};
