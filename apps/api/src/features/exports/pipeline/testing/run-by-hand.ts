import type { RunProblem } from '@junction/contracts';
import type { House } from '../../../../house.ts';
import { newId } from '../../../../platform/ids.ts';
import type { Lease, MovedPart, PartTask, RunSteps, RunTask } from '../../../runs/index.ts';

type ExportRow = { id: string; environmentId: string; name: string; connectionId: string | null };

/** A run as the ledger would have it, and what came of it so far; for tests that take its steps by hand. */
export type HandRun = {
  task: RunTask;
  parts: PartTask[];
  moved: MovedPart[];
  warnings: RunProblem[];
  /** A lease that holds until its signal fires; as in the ledger, who took an earlier one keeps nothing any more. */
  lease(signal?: AbortSignal): Lease;
};

/** Puts a run into the ledger that nobody but the test works on. */
export const startRun = async ({ db }: Pick<House, 'db'>, row: ExportRow): Promise<HandRun> => {
  const now = new Date();
  const task: RunTask = {
    id: newId(),
    kind: 'export',
    environmentId: row.environmentId,
    subjectId: row.id,
    subjectName: row.name,
    connectionId: row.connectionId ?? '',
    trigger: 'manual',
    phase: 'preparing',
    plan: null,
    fixed: null,
    folderTime: null,
    queuedAt: now,
    startedAt: now,
    attempt: 1,
  };
  await db.run.create({
    data: {
      id: task.id,
      kind: 'export',
      environmentId: row.environmentId,
      subjectId: row.id,
      subjectName: row.name,
      connectionId: task.connectionId,
      connectionName: 'Somewhere',
      connectionType: 'local-folder',
      trigger: 'manual',
      priority: 0,
      state: 'processing',
      phase: 'preparing',
    },
  });
  const warnings: RunProblem[] = [];
  let fence = 0;
  return {
    task,
    parts: [],
    moved: [],
    warnings,
    lease: (signal = new AbortController().signal) => {
      fence += 1;
      const own = fence;
      return {
        signal,
        require: () => signal.throwIfAborted(),
        progress: () => {},
        warn: async (problem) => {
          warnings.push(problem);
        },
        fix: async (value) => {
          if (own !== fence) throw new Error('The lease was lost.');
          task.fixed ??= JSON.parse(JSON.stringify(value));
          return task.fixed;
        },
      };
    },
  };
};

/** Prepares a run. */
export const prepareByHand = async ({ db }: Pick<House, 'db'>, steps: RunSteps, run: HandRun): Promise<void> => {
  const { plan, parts, folderTimes } = await steps.prepare(run.task, run.lease());
  run.task.plan = JSON.parse(JSON.stringify(plan));
  run.task.folderTime = folderTimes[0] ?? null;
  run.parts = parts.map((part, index) => ({ ...part, number: index + 1, attempt: 1, fence: 1 }));
  await db.run.update({
    where: { id: run.task.id },
    data: { plan: run.task.plan as object, folderTime: run.task.folderTime },
  });
};

/** Moves the parts of a run. */
export const moveByHand = async (steps: RunSteps, run: HandRun): Promise<void> => {
  run.moved = [];
  for (const part of run.parts) {
    const result = await steps.move(run.task, part, run.lease());
    run.moved.push({ ...part, ...JSON.parse(JSON.stringify(result)) });
  }
};

/** Has the ledger know how a run ended. */
export const endByHand = async (
  { db }: Pick<House, 'db'>,
  run: HandRun,
  state: 'successful' | 'failed',
  finishedAt = new Date(),
): Promise<void> => {
  await db.run.update({ where: { id: run.task.id }, data: { state, phase: 'over', finishedAt } });
};

/** A whole run from its beginning to its end, cleaned up behind. */
export const runByHand = async (
  house: Pick<House, 'db'>,
  steps: RunSteps,
  row: ExportRow,
  finishedAt?: Date,
): Promise<HandRun & { removedRunIds: string[] }> => {
  const run = await startRun(house, row);
  await prepareByHand(house, steps, run);
  await moveByHand(steps, run);
  await steps.publish(run.task, run.moved, run.lease());
  await endByHand(house, run, 'successful', finishedAt);
  const { removedRunIds } = await steps.clean({ ...run.task, isSuccessful: true }, run.lease());
  await house.db.run.updateMany({ where: { id: { in: removedRunIds } }, data: { filesRemovedAt: new Date() } });
  return { ...run, removedRunIds };
};
