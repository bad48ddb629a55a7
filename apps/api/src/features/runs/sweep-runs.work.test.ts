import { v7 } from 'uuid';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeConnection } from '../../testing/connections.ts';
import { makeExport } from '../../testing/exports.ts';
import { makeEnvironment } from '../../testing/factories.ts';
import { openTestHouse, type TestHouse } from '../../testing/house.ts';
import { makeRun } from '../../testing/runs.ts';
import { sweepRuns } from './index.ts';

let house: TestHouse;
let environmentId: string;
beforeAll(async () => {
  house = await openTestHouse();
  environmentId = (await makeEnvironment(house)).environment.id;
});
afterAll(() => house.close());

const daysAgo = (days: number) => new Date(house.clock.now().getTime() - days * 86_400_000);
type Made = Awaited<ReturnType<typeof makeExport>>;

/** A run of so many days ago, with an event. */
const runOf = async (made: Made, days: number, over: Parameters<typeof makeRun>[3] = {}) => {
  const finishedAt = daysAgo(days);
  const { id } = await makeRun(house, made, 'successful', {
    id: v7({ msecs: finishedAt.getTime() }),
    finishedAt,
    ...over,
  });
  await house.db.runEvent.create({ data: { id: v7(), runId: id, kind: 'successful' } });
  return id;
};

describe('the history of runs', () => {
  it('is kept for half a year, and what an export still needs for longer', async () => {
    const plain = await makeExport(house, environmentId);
    const keeping = await makeExport(house, environmentId, { retention: { keep: 'days', days: 400 } });
    for (let count = 0; count < 120; count += 1) await runOf(plain, 181);
    const removed = await runOf(keeping, 200, { filesRemovedAt: daysAgo(1) });
    const failed = await runOf(keeping, 200, { state: 'failed' });
    const kept = [
      await runOf(keeping, 200),
      await runOf(plain, 200, { cleanAt: daysAgo(0) }),
      await runOf(plain, 179),
      await runOf(keeping, 300, { state: 'failed' }),
      await runOf(plain, 300),
    ];
    await sweepRuns(house, new AbortController().signal);
    const left = (await house.db.run.findMany({ select: { id: true } })).map(({ id }) => id);
    expect(left.sort()).toEqual(kept.sort());
    expect(left).not.toContain(removed);
    expect(left).not.toContain(failed);
    expect(await house.db.runEvent.count()).toBe(kept.length);
  });

  it('has the last import of a connection as long as there is no later one', async () => {
    const connection = await makeConnection(house, environmentId);
    const importOf = async (days: number) => {
      const finishedAt = daysAgo(days);
      const { id } = await house.db.run.create({
        data: {
          id: v7({ msecs: finishedAt.getTime() }),
          kind: 'import',
          environmentId,
          subjectId: connection.id,
          subjectName: connection.name,
          connectionId: connection.id,
          connectionName: connection.name,
          connectionType: connection.type,
          trigger: 'schedule',
          priority: 1,
          state: 'successful',
          phase: 'over',
          finishedAt,
        },
      });
      return id;
    };
    const [, lastRunId] = [await importOf(300), await importOf(200)];
    const row = { connectionId: connection.id, environmentId, mapping: {}, everyHours: 6 };
    await house.db.profileImport.create({ data: { ...row, lastRunId, runState: 'successful' } });
    await sweepRuns(house, new AbortController().signal);
    const left = await house.db.run.findMany({ where: { kind: 'import' }, select: { id: true } });
    expect(left).toEqual([{ id: lastRunId }]);
  });
});
