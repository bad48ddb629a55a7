import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeEnvironment } from '../../testing/factories.ts';
import { askForRun, fakePart, fakeRunSteps, workOff } from '../../testing/fake-run-steps.ts';
import { openTestHouse, type TestHouse } from '../../testing/house.ts';
import { findRuns } from './index.ts';

let house: TestHouse;
let environmentId: string;
beforeAll(async () => {
  house = await openTestHouse({ runSteps: fakeRunSteps({ parts: 3, counts: true }) });
  environmentId = (await makeEnvironment(house)).environment.id;
});
afterAll(() => house.close());

const historyOf = async (runId: string) => {
  const events = await house.db.runEvent.findMany({ where: { runId }, orderBy: [{ at: 'asc' }, { id: 'asc' }] });
  return events.map(({ kind }) => kind);
};

describe('a run', () => {
  it('is prepared, counted, moved, published and cleaned', async () => {
    const { runId, exportId } = await askForRun(house, environmentId);
    await workOff(house);
    const run = (await findRuns(house.db, [runId], { seesPlaces: true })).get(runId);
    expect(run).toMatchObject({
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
    expect(await historyOf(runId)).toEqual(history);
    const told = await house.db.activity.findMany({ where: { subjectId: exportId } });
    expect(told).toMatchObject([{ kind: 'run.successful', byId: null, after: { run: runId } }]);
    expect(await house.db.export.findUnique({ where: { id: exportId } })).toMatchObject({ runState: 'successful' });
  });
});
