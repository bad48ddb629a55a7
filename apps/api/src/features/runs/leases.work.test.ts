import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { makeEnvironment } from '../../testing/factories.ts';
import { askForRun, endLeases, fakeRunSteps, historyOf, readRun, workOff } from '../../testing/fake-run-steps.ts';
import { openTestHouse, type TestHouse } from '../../testing/house.ts';
import { type Claim, claimStep, takeStep } from './index.ts';
import type { Lease, RunSteps } from './work.ts';

let house: TestHouse;
let environmentId: string;
let runId: string;
beforeAll(async () => {
  house = await openTestHouse({ runSteps: fakeRunSteps() });
});
beforeEach(async () => {
  await house.db.run.deleteMany();
  environmentId = (await makeEnvironment(house)).environment.id;
  ({ runId } = await askForRun(house, environmentId));
});
afterAll(() => house.close());

const never = new AbortController().signal;
const steps = fakeRunSteps();

const claimOf = async (worker: string): Promise<Claim> => {
  const claim = await claimStep(house, worker, 'all');
  if (claim === undefined) throw new Error('Nothing is due.');
  return claim;
};

/** A step that waits in the middle of its work until it may go on. */
const standStill = () => {
  let goOn = () => {};
  const mayGoOn = new Promise<void>((resolve) => {
    goOn = resolve;
  });
  let arrive = (_lease: Lease) => {};
  const arrived = new Promise<Lease>((resolve) => {
    arrive = resolve;
  });
  const here = async (lease: Lease) => {
    arrive(lease);
    await mayGoOn;
  };
  return { here, goOn, arrived };
};

/** Works up to the first step of this kind, which a worker then stands still in. */
const pauseIn = async (kind: 'prepare' | 'move' | 'publish') => {
  const stand = standStill();
  const pause = async (step: typeof kind, lease: Lease) => {
    if (step === kind) await stand.here(lease);
  };
  const paused: RunSteps = {
    ...steps,
    prepare: (run, lease) => pause('prepare', lease).then(() => steps.prepare(run, lease)),
    move: (run, part, lease) => pause('move', lease).then(() => steps.move(run, part, lease)),
    publish: (run, parts, lease) => pause('publish', lease).then(() => steps.publish(run, parts, lease)),
  };
  let claim = await claimOf('slow');
  while (claim.step !== kind) {
    await takeStep(house, claim, never);
    claim = await claimOf('slow');
  }
  const taking = takeStep({ ...house, runSteps: paused }, claim, never);
  await stand.arrived;
  return { ...stand, taking };
};

describe('a lease', () => {
  it('is one worker’s alone, whatever the step', async () => {
    for (const step of ['prepare', 'move', 'move', 'publish'] as const) {
      const claims = await Promise.all(['a', 'b', 'c', 'd'].map((worker) => claimStep(house, worker, 'all')));
      const taken = claims.filter((claim) => claim !== undefined);
      const ids = taken.map(({ hold }) => `${hold.runId} ${hold.number}`);
      expect(new Set(ids).size).toBe(taken.length);
      expect(taken.every((claim) => claim.step === step)).toBe(true);
      for (const claim of taken) await takeStep(house, claim, never);
      if (step === 'move' && taken.length === 2) break;
    }
  });

  it.each(['prepare', 'move', 'publish'] as const)(
    'that ran out in %s lets another worker go on, and the one that comes back finishes nothing',
    async (kind) => {
      const slow = await pauseIn(kind);
      await endLeases(house);
      await workOff(house, 'quick');
      const after = await readRun(house, runId);
      expect(after).toMatchObject({ state: 'successful', retries: 1, progress: { rowsWritten: 20 } });
      slow.goOn();
      await slow.taking;
      expect(await readRun(house, runId)).toEqual(after);
      expect((await historyOf(house, runId)).filter((event) => event === 'takenOver')).toHaveLength(1);
      const { worker } = await house.db.runEvent.findFirstOrThrow({ where: { runId, kind: 'takenOver' } });
      expect(worker).toBe('quick');
    },
  );

  it('is noticed to be lost within a heartbeat', async () => {
    const slow = await pauseIn('move');
    const lease = await slow.arrived;
    await endLeases(house);
    await workOff(house, 'quick');
    lease.progress({ bytesRead: 1, bytesWritten: 1 });
    await expect.poll(() => lease.signal.aborted, { timeout: 20_000 }).toBe(true);
    expect(() => lease.require()).toThrow('The lease was lost.');
    slow.goOn();
    await slow.taking;
  });

  it('is renewed as long as somebody works', async () => {
    const slow = await pauseIn('move');
    const part = { runId, worker: 'slow' };
    const before = await house.db.runPart.findFirstOrThrow({ where: part });
    await slow.arrived.then((lease) => lease.progress({ bytesRead: 700, bytesWritten: 300 }));
    const renewed = async () => {
      const { leaseUntil } = await house.db.runPart.findFirstOrThrow({ where: part });
      return (leaseUntil?.getTime() ?? 0) > (before.leaseUntil?.getTime() ?? 0);
    };
    await expect.poll(renewed, { timeout: 20_000 }).toBe(true);
    expect((await readRun(house, runId)).progress).toMatchObject({ bytesRead: 700, bytesWritten: 300 });
    slow.goOn();
    await slow.taking;
  });

  it('lost too often fails the run: what takes workers down is not tried for ever', async () => {
    let taken = 0;
    for (let round = 0; round < 10; round += 1) {
      const claim = await claimStep(house, 'mortal', 'all');
      if (claim === undefined) break;
      if (claim.attempts >= 6) await takeStep(house, claim, never);
      else taken += 1;
      await endLeases(house);
    }
    expect(taken).toBe(6);
    expect(await readRun(house, runId)).toMatchObject({
      state: 'failed',
      problem: { code: 'workersLost', isTransient: false, phase: 'preparing' },
    });
  });

  it('lost too often while publishing gives the run up', async () => {
    while ((await readRun(house, runId)).phase !== 'publishing') await takeStep(house, await claimOf('mortal'), never);
    let claim = await claimOf('mortal');
    for (let round = 0; round < 6; round += 1) {
      expect(claim.step).toBe('publish');
      await endLeases(house);
      claim = await claimOf('mortal');
    }
    expect(claim.step).toBe('giveUp');
    await takeStep(house, claim, never);
    expect(await readRun(house, runId)).toMatchObject({ state: 'failed', problem: { code: 'workersLost' } });
  });

  it('is given back at once by a worker that stops', async () => {
    const stopping = new AbortController();
    const stand = standStill();
    const move: RunSteps['move'] = async (_run, _part, lease) => {
      await stand.here(lease);
      throw new Error('never gets here');
    };
    await takeStep(house, await claimOf('first'), never);
    const taking = takeStep({ ...house, runSteps: { ...steps, move } }, await claimOf('first'), stopping.signal);
    await stand.arrived;
    stopping.abort();
    await taking;
    await workOff(house, 'second');
    expect(await readRun(house, runId)).toMatchObject({ state: 'successful', retries: 0 });
    expect(await historyOf(house, runId)).not.toContain('takenOver');
  });
});
