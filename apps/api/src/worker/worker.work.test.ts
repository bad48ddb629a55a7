import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fakeRunSteps } from '../testing/fake-run-steps.ts';
import { openTestHouse, type TestHouse } from '../testing/house.ts';
import { startWorker } from './worker.ts';

let house: TestHouse;
beforeAll(async () => {
  house = await openTestHouse({ runSteps: fakeRunSteps() });
});
afterAll(() => house.close());

describe('a worker', () => {
  it('is there from its start to its stop, and forgets those that went without a word', async () => {
    await house.db.$executeRaw`
      INSERT INTO "Worker" ("name", "seenAt") VALUES ('gone', now() - interval '2 hours'), ('quiet', now() - interval '2 minutes')`;
    const worker = startWorker(house);
    const names = async () => (await house.db.worker.findMany({ orderBy: { seenAt: 'asc' } })).map(({ name }) => name);
    await expect.poll(names, { timeout: 20_000 }).toEqual(['quiet', expect.stringContaining(`-${process.pid}-`)]);
    await worker.stop();
    expect(await names()).toEqual(['quiet']);
  });
});
