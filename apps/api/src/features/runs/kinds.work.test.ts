import * as contract from '@junction/contracts';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { House } from '../../house.ts';
import { newId } from '../../platform/ids.ts';
import { makeEnvironment } from '../../testing/factories.ts';
import { askForRun, fakeRunSteps, historyOf, workOff } from '../../testing/fake-run-steps.ts';
import { openTestHouse, type TestHouse } from '../../testing/house.ts';
import { claimStep, type RunChange, type RunSteps, requestRuns, runFollowerByKind, runStepsByKind } from './index.ts';

let house: TestHouse;
let place: Awaited<ReturnType<typeof makeEnvironment>>;
let params: { environmentId: string };
beforeAll(async () => {
  house = await openTestHouse();
});
afterAll(() => house.close());
beforeEach(async () => {
  place = await makeEnvironment(house);
  params = { environmentId: place.environment.id };
});

/** Asks for an import of a connection that nobody knows anything else of. */
const askForImport = async (trigger: 'manual' | 'schedule' = 'manual', id = newId()): Promise<string | undefined> => {
  const connection = { id, name: 'Contoso lake', type: 'fake' };
  const subject = { kind: 'import' as const, ...params, subjectId: id, subjectName: connection.name };
  const [run] = await house.db.$transaction((tx) =>
    requestRuns(house, tx, [{ ...subject, connection, trigger, by: null }]),
  );
  return run?.runId;
};

const withImports = (steps: Partial<RunSteps>): House => ({
  ...house,
  runSteps: runStepsByKind({ export: fakeRunSteps(), import: fakeRunSteps({ parts: 1, ...steps }) }),
});

const stateOf = async (id = '') => (await house.db.run.findUniqueOrThrow({ where: { id } })).state;
const toldOf = async () =>
  (await house.db.activity.findMany({ where: { ...params, subjectType: 'connection' } })).map(({ kind }) => kind);

describe('an import in the ledger', () => {
  it('is one at a time, whoever asks', async () => {
    const connectionId = newId();
    expect(await askForImport('manual', connectionId)).toBeDefined();
    expect(await askForImport('schedule', connectionId)).toBeUndefined();
    await workOff(withImports({}));
    expect(await askForImport('manual', connectionId)).toBeDefined();
  });

  it('has the steps of its kind, and so has an export', async () => {
    const seen = new Set<string>();
    const runId = await askForImport();
    const other = await askForRun(house, params.environmentId);
    await workOff(
      withImports({
        prepare: async (run, lease) => {
          seen.add(`${run.kind} ${run.trigger} ${run.subjectName}`);
          return fakeRunSteps({ parts: 1 }).prepare(run, lease);
        },
      }),
    );
    expect([...seen]).toEqual(['import manual Contoso lake']);
    expect([await stateOf(runId), await stateOf(other.runId)]).toEqual(['successful', 'successful']);
    expect(await toldOf()).toEqual(['import.successful']);
    expect((await house.db.runPart.count({ where: { runId: other.runId } })) > 1).toBe(true);
  });

  it('waits its turn among the runs of exports', async () => {
    const late = await askForRun(house, params.environmentId, { trigger: 'schedule' });
    const early = await askForImport('manual');
    const later = await askForImport('schedule');
    const order: (string | undefined)[] = [];
    for (let taken = 0; taken < 3; taken += 1) {
      const claim = await claimStep(house, 'worker-1', 'all');
      order.push(claim?.run.id);
      // Kept by somebody, so that the next one is taken.
      expect(claim?.step).toBe('prepare');
    }
    expect(order).toEqual([early, late.runId, later]);
    await house.db.run.updateMany({ where: params, data: { finishedAt: new Date(), phase: 'over' } });
  });

  it('does not begin while its environment is paused', async () => {
    const runId = await askForImport();
    const where = { id: params.environmentId };
    await house.db.environment.update({ where, data: { pausedAt: house.clock.now() } });
    await workOff(withImports({}));
    expect(await stateOf(runId)).toBe('queued');
    await house.db.environment.update({ where, data: { pausedAt: null } });
    await workOff(withImports({}));
    expect(await stateOf(runId)).toBe('successful');
  });

  it('that has nothing to do ends when it is prepared, and that is no news', async () => {
    const runId = await askForImport('schedule');
    const skip = { code: 'sourceUnchanged', message: 'Nothing has changed.', isTransient: false };
    const planned = { plan: {}, parts: [], folderTimes: [], bytesTotal: 7, counts: false, skip };
    await workOff(withImports({ prepare: async () => planned }));
    expect(await house.db.run.findUniqueOrThrow({ where: { id: runId ?? '' } })).toMatchObject({
      state: 'skipped',
      problem: skip,
      cleanAt: null,
    });
    expect(await historyOf(house, runId ?? '')).toEqual(['queued', 'started', 'prepared', 'skipped']);
    expect(await toldOf()).toEqual([]);
  });

  it('shows what it made in the transaction that ends it, or not at all', async () => {
    const runId = await askForImport();
    let attempts = 0;
    const reveal: NonNullable<Awaited<ReturnType<RunSteps['publish']>>['reveal']> = async (tx) => {
      await tx.installation.upsert({
        where: { name: 'revealed' },
        create: { name: 'revealed', value: Buffer.from(`${attempts}`) },
        update: { value: Buffer.from(`${attempts}`) },
      });
      attempts += 1;
      const { state } = await tx.run.findUniqueOrThrow({ where: { id: runId ?? '' } });
      expect(state).toBe('successful');
      if (attempts === 1) throw Object.assign(new Error('A deadlock.'), { code: '40P01' });
    };
    await workOff(withImports({ publish: async () => ({ written: null, reveal }) }));
    expect(attempts).toBe(2);
    expect(await stateOf(runId)).toBe('successful');
    const kept = await house.db.installation.findUniqueOrThrow({ where: { name: 'revealed' } });
    expect(Buffer.from(kept.value).toString()).toBe('1');
    await house.db.installation.delete({ where: { name: 'revealed' } });
  });

  it('is nothing that exports show', async () => {
    const runId = (await askForImport()) ?? '';
    const at = { params: { ...params, runId } };
    const shown = async () => [
      (await place.asAdmin(contract.listRuns, { params })).body.value,
      (await place.asAdmin(contract.watchRuns, { params })).body.runs,
      (await place.asAdmin(contract.getStatus, { params })).body.running,
      (await place.asAdmin(contract.getRun, at)).status,
      (await place.asAdmin(contract.listRunParts, at)).status,
      (await place.asAdmin(contract.cancelRun, at)).status,
    ];
    const nothing = [[], [], { rows: [], total: 0 }, 404, 404, 404];
    expect(await shown()).toEqual(nothing);
    await workOff(withImports({}));
    expect(await shown()).toEqual(nothing);
  });
});

it('changes of a run are told to who follows its kind', async () => {
  const seen: [string, string[]][] = [];
  const follower = (name: string) => async (_tx: unknown, changes: readonly RunChange[]) => {
    seen.push([name, changes.map(({ runId }) => runId)]);
  };
  const follow = runFollowerByKind({ export: follower('export'), import: follower('import') });
  const change = (kind: RunChange['kind'], runId: string) => ({ kind, runId }) as RunChange;
  await house.db.$transaction(async (tx) => {
    await follow(tx, [change('import', 'a'), change('export', 'b'), change('import', 'c')]);
    await follow(tx, []);
    await follow(tx, [change('import', 'd')]);
  });
  expect(seen).toEqual([
    ['export', ['b']],
    ['import', ['a', 'c']],
    ['import', ['d']],
  ]);
});
