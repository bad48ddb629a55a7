import type { PersonRef, RunTrigger } from '@junction/contracts';
import type { House } from '../../house.ts';
import type { Tx } from '../../platform/db.ts';
import { insertRuns } from './run-store.ts';
import type { RunKind } from './work.ts';

/** A run that somebody, or a schedule, asks for. */
export type WantedRun = {
  kind: RunKind;
  environmentId: string;
  subjectId: string;
  subjectName: string;
  connection: { id: string; name: string; type: string };
  trigger: RunTrigger;
  /** Null for a schedule. */
  by: PersonRef | null;
};

/**
 * Puts runs into the ledger, where workers find them once the transaction is through; call `house.wakeRuns()` then. A subject whose
 * run is waiting or under way gets no second one and is left out of the answer.
 */
export const requestRuns = async (
  { runFollower }: Pick<House, 'runFollower'>,
  tx: Tx,
  wanted: readonly WantedRun[],
): Promise<{ subjectId: string; runId: string }[]> => {
  const queued = await insertRuns(tx, wanted);
  await runFollower(
    tx,
    queued.map(({ queuedAt, ...run }) => ({
      ...run,
      state: 'queued' as const,
      problem: null,
      isPermanent: false,
      at: queuedAt,
    })),
  );
  return queued.map(({ subjectId, runId }) => ({ subjectId, runId }));
};
