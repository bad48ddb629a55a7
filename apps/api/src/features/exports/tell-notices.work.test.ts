import * as contract from '@junction/contracts';
import { autoPauseAfter } from '@junction/contracts';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { TestClient } from '../../testing/client.ts';
import { makeConnection } from '../../testing/connections.ts';
import { makeExport } from '../../testing/exports.ts';
import { makeEnvironment } from '../../testing/factories.ts';
import { openTestHouse, type TestHouse } from '../../testing/house.ts';
import { makeRun } from '../../testing/runs.ts';
import type { RunChange } from '../runs/index.ts';

let house: TestHouse;
let place: Awaited<ReturnType<typeof makeEnvironment>>;
let params: { environmentId: string };
let made: Awaited<ReturnType<typeof makeExport>>;
beforeAll(async () => {
  house = await openTestHouse();
});
afterAll(() => house.close());
beforeEach(async () => {
  place = await makeEnvironment(house);
  params = { environmentId: place.environment.id };
  const { id: connectionId } = await makeConnection(house, params.environmentId);
  const plan = { type: 'daily' as const, times: ['08:00'], timeZone: 'UTC' };
  made = await makeExport(house, params.environmentId, { connectionId, scheduleOn: true, plan });
});

const problem: contract.RunProblem = {
  code: 'folderMissing',
  message: 'There is no folder /in at lake.example.',
  remedy: 'Make /in at lake.example.',
  isTransient: false,
  phase: 'publishing',
};
/** Lets runs of the export end in these states, one after the other. */
const end = async (...states: RunChange['state'][]) => {
  for (const state of states) {
    const run = await makeRun(house, made, state);
    const change = {
      runId: run.id,
      kind: 'export' as const,
      subjectId: made.id,
      environmentId: made.environmentId,
      trigger: 'schedule' as const,
    };
    const outcome = state === 'failed' ? { problem, isPermanent: true } : { problem: null, isPermanent: false };
    await house.db.$transaction((tx) =>
      house.runFollower(tx, [{ ...change, ...outcome, state, at: house.clock.now() }]),
    );
  }
};
const told = async (client: TestClient = place.asAdmin) =>
  (await client(contract.listNotices, { params })).body.value.reverse();
const kinds = async () => (await told()).map(({ kind }) => kind.replace('export.', ''));

describe('the notices of an export', () => {
  it('tell when it begins to fail and when it recovers, and nothing in between', async () => {
    await end('successful', 'failed', 'failed', 'skipped', 'canceled', 'failed', 'successful', 'successful');
    expect(await kinds()).toEqual(['failing', 'recovered']);
    await end('failed', 'successful');
    expect(await kinds()).toEqual(['failing', 'recovered', 'failing', 'recovered']);
  });

  it('tell when its schedule is paused by itself', async () => {
    await end(...Array.from({ length: autoPauseAfter + 1 }, () => 'failed' as const));
    expect(await kinds()).toEqual(['failing', 'auto-paused']);
    await end('successful');
    expect(await kinds()).toEqual(['failing', 'auto-paused', 'recovered']);
  });

  it('name the run, and tell admins what happened where', async () => {
    await end('failed');
    const { lastRunId } = await house.db.export.findUniqueOrThrow({ where: { id: made.id } });
    expect(await told()).toMatchObject([
      {
        subject: { type: 'export', id: made.id, name: made.name },
        runId: lastRunId,
        message: problem.message,
        remedy: problem.remedy,
      },
    ]);
    for (const client of [place.asContributor, place.asViewer]) {
      const [notice] = await told(client);
      expect(notice).toMatchObject({ message: expect.any(String), remedy: expect.stringContaining('Admins') });
      expect(JSON.stringify(notice)).not.toContain('lake.example');
    }
  });

  it('name no place to others when its schedule is paused', async () => {
    await end(...Array.from({ length: autoPauseAfter }, () => 'failed' as const));
    expect((await told()).at(-1)?.message).toContain('lake.example');
    const notice = (await told(place.asViewer)).at(-1);
    expect(notice?.message).toContain(`${autoPauseAfter} failures in a row`);
    expect(JSON.stringify(notice)).not.toContain('lake.example');
  });

  it('stay readable when it is deleted', async () => {
    await end('failed');
    await place.asAdmin(contract.deleteExport, { params: { ...params, exportId: made.id }, ifMatch: '*' });
    expect(await told(place.asViewer)).toMatchObject([{ subject: { id: made.id, name: made.name } }]);
  });
});
