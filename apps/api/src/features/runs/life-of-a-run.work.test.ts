import type { RunProblem } from '@junction/contracts';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { makeEnvironment } from '../../testing/factories.ts';
import {
  askForRun,
  endWaits,
  fakePart,
  fakeRunSteps,
  historyOf,
  permanent,
  readRun,
  transient,
  workOff,
} from '../../testing/fake-run-steps.ts';
import { openTestHouse, type TestHouse } from '../../testing/house.ts';
import { requestRuns } from './index.ts';
import type { RunSteps } from './work.ts';

let house: TestHouse;
let environmentId: string;
beforeAll(async () => {
  house = await openTestHouse();
  environmentId = (await makeEnvironment(house)).environment.id;
});
afterEach(() => house.db.run.deleteMany());
afterAll(() => house.close());

const withSteps = (runSteps: RunSteps) => ({ ...house, runSteps });
const toldOf = async (subjectId: string) =>
  (await house.db.activity.findMany({ where: { subjectId: subjectId } })).map(({ kind, byId, after }) => ({
    kind,
    byId,
    after,
  }));
const stateOf = async (id: string) => (await house.db.export.findUniqueOrThrow({ where: { id } })).runState;

const tooFew: RunProblem = {
  code: 'tooFewRows',
  message: 'Too few.',
  remedy: 'Lower the minimum.',
  isTransient: false,
};

describe('a run', () => {
  it('is prepared, counted, moved, published and cleaned', async () => {
    const { runId, subjectId } = await askForRun(house, environmentId);
    expect(await stateOf(subjectId)).toBe('queued');
    await workOff(withSteps(fakeRunSteps({ parts: 3, counts: true })));
    expect(await readRun(house, runId)).toMatchObject({
      state: 'successful',
      phase: 'over',
      retries: 0,
      problem: null,
      progress: {
        parts: { done: 3, total: 3 },
        bytesRead: 3 * fakePart.bytes,
        bytesTotal: 3 * fakePart.bytes,
        rowsWritten: 3 * fakePart.rows,
        rowsRejected: 3,
        bytesWritten: 1_500,
      },
    });
    const history = ['queued', 'started', 'prepared', 'counted', 'moved', 'published', 'successful', 'cleaned'];
    expect(await historyOf(house, runId)).toEqual(history);
    expect(await toldOf(subjectId)).toEqual([{ kind: 'run.successful', byId: null, after: { run: runId } }]);
    expect(await stateOf(subjectId)).toBe('successful');
  });

  it('is given to each step as the ledger has it', async () => {
    const seen: unknown[] = [];
    const { runId } = await askForRun(house, environmentId);
    const steps = fakeRunSteps({ parts: 2 });
    await workOff(
      withSteps({
        ...steps,
        publish: async (run, parts, lease) => {
          seen.push(run, parts, await lease.fix({ at: 1 }), await lease.fix({ at: 2 }));
          return steps.publish(run, parts, lease);
        },
        clean: async (run) => {
          seen.push(run);
          return { removedRunIds: [] };
        },
      }),
    );
    const task = {
      id: runId,
      phase: 'publishing',
      plan: { folder: 'Fake' },
      folderTime: '2026/11/22/1405',
      attempt: 1,
    };
    const part = { entity: 0, entityName: 'Customer', rowsWritten: 10, bytes: 1_000, fence: 1 };
    expect(seen).toMatchObject([
      { ...task, fixed: null },
      [
        {
          ...part,
          number: 1,
          files: [{ name: 'customer-1.csv' }],
          written: ['Customer_1.csv'],
          result: { staged: '1-1' },
        },
        { ...part, number: 2, files: [{ name: 'customer-2.csv' }] },
      ],
      { at: 1 },
      { at: 1 },
      { id: runId, isSuccessful: true, fixed: { at: 1 } },
    ]);
  });

  it('has a folder of its own, however many runs there are in its minute', async () => {
    const { subjectId } = await askForRun(house, environmentId);
    await workOff(withSteps(fakeRunSteps()));
    const { name } = await house.db.export.findUniqueOrThrow({ where: { id: subjectId } });
    const again = () =>
      house.db.$transaction((tx) =>
        requestRuns(house, tx, [
          {
            kind: 'export',
            environmentId,
            subjectId,
            subjectName: name,
            connection: { id: subjectId, name: 'Lake', type: 'fake' },
            trigger: 'schedule',
            by: null,
          },
        ]),
      );
    await again();
    await workOff(withSteps(fakeRunSteps()));
    const times = async () =>
      (await house.db.run.findMany({ where: { subjectId }, orderBy: { id: 'asc' } })).map(
        ({ folderTime }) => folderTime,
      );
    expect(await times()).toEqual(['2026/11/22/1405', '2026/11/22/1405_2']);
    await again();
    await workOff(withSteps(fakeRunSteps()));
    const [{ runId } = { runId: '' }] = await again();
    await workOff(withSteps(fakeRunSteps()));
    expect(await readRun(house, runId)).toMatchObject({ phase: 'preparing', problem: { code: 'folderTaken' } });
  });

  it('of nothing is published all the same', async () => {
    const { runId } = await askForRun(house, environmentId);
    await workOff(withSteps(fakeRunSteps({ parts: 0, counts: true })));
    expect(await readRun(house, runId)).toMatchObject({
      state: 'successful',
      progress: { parts: { done: 0, total: 0 } },
    });
  });

  it.each([[2], [0]])('of %i parts with too few rows is skipped before anything is written', async (parts) => {
    const { runId, subjectId } = await askForRun(house, environmentId);
    const counts: unknown[] = [];
    const judge: RunSteps['judge'] = (_run, counted) => {
      counts.push(counted);
      return { skip: tooFew };
    };
    const move = () => Promise.reject(new Error('must not be moved'));
    await workOff(withSteps(fakeRunSteps({ parts, counts: true, judge, move })));
    expect(counts).toEqual([{ rows: 10 * parts, rejected: 0 }]);
    expect(await readRun(house, runId)).toMatchObject({ state: 'skipped', problem: tooFew });
    expect(await historyOf(house, runId)).not.toContain('cleaned');
    expect(await toldOf(subjectId)).toEqual([
      { kind: 'run.skipped', byId: null, after: { run: runId, code: 'tooFewRows' } },
    ]);
  });

  it('waits longer and longer after what may pass, tells why, and goes on', async () => {
    const { runId } = await askForRun(house, environmentId);
    let failures = 0;
    const attempts: number[] = [];
    const steps = fakeRunSteps({ parts: 1 });
    const own = withSteps({
      ...steps,
      move: async (run, part, lease) => {
        attempts.push(part.attempt);
        failures += 1;
        if (failures <= 3) throw transient(60_000);
        return steps.move(run, part, lease);
      },
    });
    await workOff(own);
    const waiting = await readRun(house, runId);
    expect(waiting).toMatchObject({
      state: 'processing',
      phase: 'moving',
      retries: 1,
      problem: { code: 'throttled', phase: 'moving', entity: 'Customer' },
    });
    expect(Date.parse(waiting.retryAt ?? '')).toBeGreaterThan(Date.now() - 1_000);
    for (let round = 0; round < 3; round += 1) {
      await endWaits(house);
      await workOff(own);
    }
    expect(attempts).toEqual([1, 2, 3, 4]);
    expect(await readRun(house, runId)).toMatchObject({
      state: 'successful',
      retries: 3,
      problem: null,
      retryAt: null,
    });
    expect((await historyOf(house, runId)).filter((kind) => kind === 'retried')).toHaveLength(3);
  });

  it('waits as long as the other side asks for', async () => {
    const { runId } = await askForRun(house, environmentId);
    const own = withSteps(fakeRunSteps({ prepare: () => Promise.reject(transient(60_000)) }));
    await workOff(own);
    const { retryAt, phase } = await readRun(house, runId);
    expect(phase).toBe('preparing');
    expect(Date.parse(retryAt ?? '') - Date.now()).toBeGreaterThan(50_000);
  });

  it('fails after so many attempts, and that is not called permanent', async () => {
    const { runId, subjectId } = await askForRun(house, environmentId);
    let attempts = 0;
    const prepare = () => {
      attempts += 1;
      return Promise.reject(transient());
    };
    for (let round = 0; round < 8; round += 1) {
      await workOff(withSteps(fakeRunSteps({ prepare })));
      await endWaits(house);
    }
    expect(attempts).toBe(6);
    expect(await readRun(house, runId)).toMatchObject({ state: 'failed', retries: 5, problem: { code: 'throttled' } });
    expect((await house.db.export.findUniqueOrThrow({ where: { id: subjectId } })).failuresInRow).toBe(0);
  });

  it.each(['prepare', 'count', 'move', 'publish'] as const)('fails at once when %s fails for good', async (step) => {
    const { runId, subjectId } = await askForRun(house, environmentId);
    await workOff(withSteps(fakeRunSteps({ counts: true, [step]: () => Promise.reject(permanent()) })));
    const phases = { prepare: 'preparing', count: 'counting', move: 'moving', publish: 'publishing' };
    expect(await readRun(house, runId)).toMatchObject({
      state: 'failed',
      problem: { code: 'keyRejected', remedy: 'Give another one.', phase: phases[step] },
    });
    expect((await historyOf(house, runId)).includes('cleaned')).toBe(step === 'move' || step === 'publish');
    expect(await toldOf(subjectId)).toEqual([
      { kind: 'run.failed', byId: null, after: { run: runId, code: 'keyRejected' } },
    ]);
    expect((await house.db.export.findUniqueOrThrow({ where: { id: subjectId } })).failuresInRow).toBe(1);
  });

  it('tries a fault of its own again, and logs no more of it than where it was', async () => {
    const { runId } = await askForRun(house, environmentId);
    await workOff(withSteps(fakeRunSteps({ prepare: () => Promise.reject(new TypeError('a row of Ada Lovelace')) })));
    expect(await readRun(house, runId)).toMatchObject({ phase: 'preparing', problem: { code: 'internal' } });
    const logged = house.logLines().filter((line) => line.includes(runId));
    expect(logged.join()).toContain('TypeError');
    expect(logged.join()).not.toContain('Ada');
  });

  it('says so when it is the database that was away, and tries again', async () => {
    const { runId } = await askForRun(house, environmentId);
    const lost = new Error('Connection terminated unexpectedly');
    await workOff(withSteps(fakeRunSteps({ prepare: () => Promise.reject(lost) })));
    expect(await readRun(house, runId)).toMatchObject({
      state: 'processing',
      phase: 'preparing',
      problem: { code: 'databaseAway', isTransient: true, phase: 'preparing' },
    });
    await endWaits(house);
    await workOff(withSteps(fakeRunSteps()));
    expect(await readRun(house, runId)).toMatchObject({ state: 'successful', retries: 1, problem: null });
  });
});

describe('a run that could not be published', () => {
  it('is given up before it fails, so that nobody can publish it later', async () => {
    const { runId } = await askForRun(house, environmentId);
    const steps: string[] = [];
    const own = withSteps(
      fakeRunSteps({
        publish: async () => {
          steps.push('publish');
          throw transient();
        },
        giveUp: async () => {
          steps.push('giveUp');
          expect((await readRun(house, runId)).state).toBe('processing');
          return undefined;
        },
      }),
    );
    for (let round = 0; round < 8; round += 1) {
      await workOff(own);
      await endWaits(house);
    }
    expect(steps).toEqual([...Array.from({ length: 6 }, () => 'publish'), 'giveUp']);
    expect(await readRun(house, runId)).toMatchObject({ state: 'failed', problem: { code: 'throttled' } });
  });

  it('is successful when it turns out to be published already', async () => {
    const { runId } = await askForRun(house, environmentId);
    const written = { location: 'https://lake.example/there', path: 'there', manifest: null, model: null };
    const publish = () => Promise.reject(permanent());
    await workOff(withSteps(fakeRunSteps({ publish, giveUp: async () => ({ written }) })));
    expect(await readRun(house, runId)).toMatchObject({ state: 'successful', problem: null });
  });

  it('fails for what it failed for, even if it cannot be given up', async () => {
    const { runId } = await askForRun(house, environmentId);
    let givenUp = 0;
    const giveUp = () => {
      givenUp += 1;
      return Promise.reject(transient());
    };
    for (let round = 0; round < 10; round += 1) {
      await workOff(withSteps(fakeRunSteps({ publish: () => Promise.reject(permanent()), giveUp })));
      await endWaits(house);
    }
    expect(givenUp).toBe(6);
    expect(await readRun(house, runId)).toMatchObject({ state: 'failed', problem: { code: 'keyRejected' } });
  });
});
