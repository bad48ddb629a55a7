import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { newId } from '../../platform/ids.ts';
import { makeEnvironment } from '../../testing/factories.ts';
import { askForRun, endWaits, fakeRunSteps, historyOf, permanent, workOff } from '../../testing/fake-run-steps.ts';
import { openTestHouse, type TestHouse } from '../../testing/house.ts';
import type { RunSteps } from './work.ts';

let house: TestHouse;
let environmentId: string;
let runId: string;
let subjectId: string;
beforeAll(async () => {
  house = await openTestHouse();
  environmentId = (await makeEnvironment(house)).environment.id;
});
beforeEach(async () => {
  await house.db.run.deleteMany();
  ({ runId, subjectId } = await askForRun(house, environmentId));
});
afterAll(() => house.close());

const work = (clean: RunSteps['clean']) => workOff({ ...house, runSteps: fakeRunSteps({ clean }) });
const rowOf = () => house.db.run.findUniqueOrThrow({ where: { id: runId } });

describe('cleaning', () => {
  it('is done at the end and once more a minute later, for whoever wrote late', async () => {
    let cleaned = 0;
    const clean = async () => {
      cleaned += 1;
      return { removedRunIds: [] };
    };
    await work(clean);
    expect(cleaned).toBe(1);
    const { cleanAt, finishedAt } = await rowOf();
    expect(cleanAt?.getTime()).toBe((finishedAt?.getTime() ?? 0) + 60_000);
    await house.db.$executeRaw`
      UPDATE "Run" SET "cleanAt" = now(), "finishedAt" = now() - interval '1 minute' WHERE "id" = ${runId}::uuid`;
    await work(clean);
    expect(cleaned).toBe(2);
    expect((await rowOf()).cleanAt).toBeNull();
    expect((await historyOf(house, runId)).filter((kind) => kind === 'cleaned')).toHaveLength(1);
  });

  it('that fails is tried again for days, less and less often, and then told of', async () => {
    const clean = () => Promise.reject(permanent());
    await work(clean);
    expect(await rowOf()).toMatchObject({ state: 'successful', cleanAttempts: 1 });
    await endWaits(house);
    await work(clean);
    const { cleanAt, cleanAttempts } = await rowOf();
    expect(cleanAttempts).toBe(2);
    expect((cleanAt?.getTime() ?? 0) - Date.now()).toBeGreaterThan(5_000);
    await house.db.$executeRaw`
      UPDATE "Run" SET "cleanAt" = now(), "finishedAt" = now() - interval '73 hours' WHERE "id" = ${runId}::uuid`;
    await work(clean);
    expect((await rowOf()).cleanAt).toBeNull();
    expect((await historyOf(house, runId)).at(-1)).toBe('warned');
  });

  it('marks the runs whose files it has removed, of this export only', async () => {
    const other = await askForRun(house, environmentId);
    await work(async (run) => ({ removedRunIds: run.id === runId ? [runId, other.runId, newId()] : [] }));
    expect((await rowOf()).filesRemovedAt).not.toBeNull();
    expect(await historyOf(house, runId)).toContain('removedFiles');
    const untouched = await house.db.run.findUniqueOrThrow({ where: { id: other.runId } });
    expect(untouched.filesRemovedAt).toBeNull();
    expect(untouched.subjectId).not.toBe(subjectId);
  });
});
