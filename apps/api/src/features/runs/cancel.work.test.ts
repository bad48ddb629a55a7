import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { wait } from '../../platform/wait.ts';
import { makeEnvironment } from '../../testing/factories.ts';
import {
  askForRun,
  askForRuns,
  cancel,
  endLeases,
  fakeRunSteps,
  historyOf,
  readRun,
  workOff,
} from '../../testing/fake-run-steps.ts';
import { openTestHouse, type TestHouse } from '../../testing/house.ts';
import { racePairs } from '../../testing/races.ts';
import { cancelRuns, claimStep, takeStep } from './index.ts';
import type { RunSteps } from './work.ts';

let house: TestHouse;
let environmentId: string;
beforeAll(async () => {
  house = await openTestHouse({ runSteps: fakeRunSteps() });
  environmentId = (await makeEnvironment(house)).environment.id;
});
afterEach(() => house.db.run.deleteMany());
afterAll(() => house.close());

const never = new AbortController().signal;

/** Cancels a run while a worker is in the middle of this step; resolves when the worker has left it. */
const cancelDuring = async (kind: 'prepare' | 'count' | 'move', runId: string): Promise<string> => {
  const own = fakeRunSteps({ counts: true });
  let left = 'finished';
  const stand = async (step: typeof kind, signal: AbortSignal) => {
    if (step !== kind) return;
    await cancel(house, runId);
    await new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }));
    left = 'aborted';
    throw signal.reason;
  };
  const runSteps: RunSteps = {
    ...own,
    prepare: (run, lease) => stand('prepare', lease.signal).then(() => own.prepare(run, lease)),
    count: (run, part, lease) => stand('count', lease.signal).then(() => own.count(run, part, lease)),
    move: (run, part, lease) => {
      lease.progress({ bytesRead: 1, bytesWritten: 0 });
      return stand('move', lease.signal).then(() => own.move(run, part, lease));
    },
  };
  await workOff({ ...house, runSteps });
  return left;
};

describe('canceling', () => {
  it('ends a run that waits, with nothing to clean', async () => {
    const { runId, subjectId } = await askForRun(house, environmentId);
    const { canceled, publishing } = await cancel(house, runId);
    expect([canceled, publishing]).toEqual([[{ runId, subjectId }], []]);
    expect(await workOff(house)).toBe(0);
    expect(await readRun(house, runId)).toMatchObject({
      state: 'canceled',
      phase: 'over',
      problem: null,
      canceled: { because: 'person', by: null },
    });
    expect(await historyOf(house, runId)).toEqual(['queued', 'canceled']);
    const told = await house.db.activity.findMany({ where: { subjectId: subjectId } });
    expect(told).toMatchObject([{ kind: 'run.canceled', after: { run: runId, because: 'person' } }]);
    expect((await house.db.export.findUniqueOrThrow({ where: { id: subjectId } })).runState).toBe('canceled');
  });

  it.each(['prepare', 'count', 'move'] as const)('stops who works on the run in %s', async (kind) => {
    const { runId } = await askForRun(house, environmentId);
    expect(await cancelDuring(kind, runId)).toBe('aborted');
    expect(await readRun(house, runId)).toMatchObject({ state: 'canceled', retries: 0 });
    expect((await historyOf(house, runId)).includes('cleaned')).toBe(kind === 'move');
  });

  it('comes too late for a run that is being published, and for one that is over', async () => {
    const { runId, subjectId } = await askForRun(house, environmentId);
    let claim = await claimStep(house, 'worker', 'all');
    while (claim && claim.step !== 'publish') {
      await takeStep(house, claim, never);
      claim = await claimStep(house, 'worker', 'all');
    }
    expect(await cancel(house, runId)).toEqual({ canceled: [], publishing: [{ runId, subjectId }] });
    await endLeases(house);
    await workOff(house);
    expect(await cancel(house, runId)).toEqual({ canceled: [], publishing: [] });
    expect(await readRun(house, runId)).toMatchObject({ state: 'successful', canceled: null });
  });

  it('takes all runs of exports at once', async () => {
    const asked = await askForRuns(house, environmentId, { count: 20 });
    const subjectIds = asked.map(({ subjectId }) => subjectId);
    const { canceled } = await house.db.$transaction((tx) =>
      cancelRuns(house, tx, { subjectIds }, { because: 'connectionRemoved', by: null, at: house.clock.now() }),
    );
    expect(canceled.map(({ runId }) => runId).sort()).toEqual(asked.map(({ runId }) => runId).sort());
  });

  it(`against publishing has one winner, ${racePairs} times`, async () => {
    const steps = fakeRunSteps({ parts: 1 });
    const answers = new Map<string, ReturnType<typeof cancel>>();
    const runSteps: RunSteps = {
      ...steps,
      move: async (run, part, lease) => {
        answers.set(
          run.id,
          wait(Math.random() * 30).then(() => cancel(house, run.id)),
        );
        return steps.move(run, part, lease);
      },
    };
    const asked = await askForRuns(house, environmentId, { count: racePairs });
    const live = () => house.db.run.count({ where: { finishedAt: null } });
    while ((await live()) > 0)
      await Promise.all(['a', 'b', 'c', 'd'].map((worker) => workOff({ ...house, runSteps }, worker)));
    for (const { runId } of asked) {
      const answer = await answers.get(runId);
      const { state } = await house.db.run.findUniqueOrThrow({ where: { id: runId } });
      expect(state).toBe(answer?.canceled.length === 1 ? 'canceled' : 'successful');
      const history = await historyOf(house, runId);
      expect(history.filter((kind) => kind === 'canceled' || kind === 'successful')).toEqual([state]);
    }
  });
});
