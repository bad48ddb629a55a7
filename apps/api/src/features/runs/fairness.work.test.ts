import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { makeEnvironment } from '../../testing/factories.ts';
import { askForRun, askForRuns, fakeRunSteps, workOff } from '../../testing/fake-run-steps.ts';
import { openTestHouse, type TestHouse } from '../../testing/house.ts';
import { claimStep, takeStep } from './index.ts';

let house: TestHouse;
let here: string;
let there: string;
beforeAll(async () => {
  house = await openTestHouse({ runSteps: fakeRunSteps() });
});
beforeEach(async () => {
  await house.db.run.deleteMany();
  const [one, other] = [await makeEnvironment(house), await makeEnvironment(house, 'Another')];
  [here, there] = [one.environment.id, other.environment.id];
});
afterAll(() => house.close());

const never = new AbortController().signal;
const claimNext = async () => {
  const claim = await claimStep(house, 'worker', 'all');
  return claim && { environmentId: claim.run.environmentId, runId: claim.run.id, step: claim.step, claim };
};

describe('turns', () => {
  it('are taken by environments: one with a thousand runs does not starve another one’s only run', async () => {
    await askForRuns(house, here, { count: 1_000 });
    for (let taken = 0; taken < 3; taken += 1) expect((await claimNext())?.environmentId).toBe(here);
    const { runId } = await askForRun(house, there);
    const next = [await claimNext(), await claimNext()].map((claim) => claim?.runId);
    expect(next).toContain(runId);
  });

  it('alternate between environments that both have much to do', async () => {
    await askForRuns(house, here, { count: 6 });
    await askForRuns(house, there, { count: 6 });
    const taken: unknown[] = [];
    for (let count = 0; count < 6; count += 1) taken.push((await claimNext())?.environmentId);
    expect(taken.filter((id) => id === here)).toHaveLength(3);
    expect(taken[0]).not.toBe(taken[1]);
  });

  it('go within an environment to what was asked for on demand, then to what has waited longest', async () => {
    const scheduled = await askForRun(house, here, { trigger: 'schedule' });
    const older = await askForRun(house, here);
    const newer = await askForRun(house, here);
    await house.db.$executeRaw`
      UPDATE "Run" SET "queuedAt" = now() - interval '1 hour' WHERE "id" = ${scheduled.runId}::uuid`;
    const taken = [await claimNext(), await claimNext(), await claimNext()].map((claim) => claim?.runId);
    expect(taken).toEqual([older.runId, newer.runId, scheduled.runId]);
  });

  it('go to what has begun before what has not, and to publishing before everything', async () => {
    const first = await askForRun(house, here, { trigger: 'schedule' });
    await askForRuns(house, here, { count: 3 });
    await house.db.$executeRaw`UPDATE "Run" SET "priority" = -1 WHERE "id" = ${first.runId}::uuid`;
    for (const step of ['prepare', 'move', 'move', 'publish']) {
      const next = await claimNext();
      expect(next).toMatchObject({ step, runId: first.runId });
      if (next) await takeStep(house, next.claim, never);
    }
  });

  it('are none of an environment that is paused; what has begun ends', async () => {
    const begun = await askForRun(house, here);
    const waiting = await askForRun(house, here);
    const claim = await claimNext();
    expect(claim?.runId).toBe(begun.runId);
    await house.db.environment.update({ where: { id: here }, data: { pausedAt: new Date() } });
    if (claim) await takeStep(house, claim.claim, never);
    await workOff(house);
    const stateOf = async (id: string) => (await house.db.run.findUniqueOrThrow({ where: { id } })).state;
    expect([await stateOf(begun.runId), await stateOf(waiting.runId)]).toEqual(['successful', 'queued']);
    await house.db.environment.update({ where: { id: here }, data: { pausedAt: null } });
    await workOff(house);
    expect(await stateOf(waiting.runId)).toBe('successful');
  });

  it('of who only publishes are none while nothing is to be published', async () => {
    const { runId } = await askForRun(house, here);
    const publishing = () => claimStep(house, 'worker', 'publishing');
    for (const step of ['prepare', 'move', 'move']) {
      expect(await publishing()).toBeUndefined();
      const next = await claimNext();
      expect(next?.step).toBe(step);
      if (next) await takeStep(house, next.claim, never);
    }
    expect(await publishing()).toMatchObject({ step: 'publish', run: { id: runId } });
  });
});
