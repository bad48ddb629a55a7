import type { RunProblem } from '@junction/contracts';
import type { House } from '../../house.ts';
import { retrying } from '../../platform/transactions.ts';
import { type ClaimRow, claimCleaning, claimNext, type StepKinds } from './claim-store.ts';
import { countRetry } from './end-store.ts';
import { addEvent } from './event-store.ts';
import type { Hold } from './hold.ts';
import { startWatch } from './lease.ts';
import { maximumAttempts, workersLost } from './rules.ts';
import type { PartTask, RunTask } from './work.ts';

/** A step that a worker has taken. */
export type Claim = {
  hold: Hold;
  run: RunTask;
  /** Attempts that failed, and workers that vanished, before this one. */
  attempts: number;
  worker: string;
  /** Measures since before the lease was given. */
  sinceClaim: () => number;
} & (
  | { step: 'prepare' | 'publish' }
  /** With what it fails for. */
  | { step: 'giveUp'; problem: RunProblem }
  | { step: 'count' | 'move'; part: PartTask }
  | { step: 'clean'; isSuccessful: boolean }
);

const stepOf = ({ phase, number, attempts }: ClaimRow): Exclude<Claim['step'], 'clean'> => {
  if (number !== null) return phase === 'counting' ? 'count' : 'move';
  if (phase === 'preparing') return 'prepare';
  return attempts < maximumAttempts ? 'publish' : 'giveUp';
};

const toRun = (row: ClaimRow): RunTask => ({
  id: row.id,
  kind: row.kind,
  environmentId: row.environmentId,
  subjectId: row.subjectId,
  subjectName: row.subjectName,
  connectionId: row.connectionId,
  trigger: row.trigger,
  phase: row.phase,
  plan: row.plan,
  fixed: row.fixed,
  folderTime: row.folderTime,
  queuedAt: row.queuedAt,
  startedAt: row.startedAt,
  attempt: row.attempts + 1,
});

const toPart = (row: ClaimRow): PartTask => ({
  number: row.number ?? 0,
  entity: row.entity ?? 0,
  entityName: row.entityName ?? '',
  files: row.files,
  bytes: Number(row.bytes),
  attempt: row.attempts + 1,
  fence: row.fence,
});

const toClaim = (row: ClaimRow, worker: string, sinceClaim: () => number): Claim => {
  const { id, number, fence, attempts } = row;
  const claim = { hold: { runId: id, number, fence }, run: toRun(row), attempts, worker, sinceClaim };
  if (row.phase === 'over') return { ...claim, step: 'clean', isSuccessful: row.state === 'successful' };
  const step = stepOf(row);
  if (step === 'count' || step === 'move') return { ...claim, step, part: toPart(row) };
  return step === 'giveUp' ? { ...claim, step, problem: row.problem ?? workersLost } : { ...claim, step };
};

/** Takes the next step there is, if there is one; the history tells when a run has started with it, or was taken over. */
export const claimStep = async (
  { db, runFollower }: Pick<House, 'db' | 'runFollower'>,
  worker: string,
  kinds: StepKinds,
): Promise<Claim | undefined> => {
  const sinceClaim = startWatch();
  const row = await retrying(db, async (tx) => {
    const claimed = await claimNext(tx, worker, kinds);
    if (claimed === undefined) return undefined;
    const { id: runId, kind, subjectId, environmentId, trigger, startedAt, number } = claimed;
    if (claimed.isNew) {
      await addEvent(tx, { runId, kind: 'started', worker });
      const change = { runId, kind, subjectId, environmentId, trigger, state: 'processing' as const };
      await runFollower(tx, [{ ...change, problem: null, isPermanent: false, at: startedAt }]);
    }
    if (claimed.isTakenOver) {
      await addEvent(tx, { runId, kind: 'takenOver', part: number, worker });
      if (number !== null) await countRetry(tx, runId);
    }
    return claimed;
  });
  return row && toClaim(row, worker, sinceClaim);
};

/** Takes the next run whose staging folder is to be removed, if there is one. */
export const claimClean = async ({ db }: Pick<House, 'db'>, worker: string): Promise<Claim | undefined> => {
  const sinceClaim = startWatch();
  const row = await claimCleaning(db, worker);
  return row && toClaim(row, worker, sinceClaim);
};
