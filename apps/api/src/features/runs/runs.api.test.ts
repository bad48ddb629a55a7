import type { Run } from '@junction/contracts';
import * as contract from '@junction/contracts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newId } from '../../platform/ids.ts';
import { makeEnvironment } from '../../testing/factories.ts';
import {
  askForRun,
  askForRuns,
  cancel,
  fakeRunSteps,
  permanent,
  transient,
  workOff,
} from '../../testing/fake-run-steps.ts';
import { openTestHouse, type TestHouse } from '../../testing/house.ts';
import type { RunSteps } from './work.ts';

let house: TestHouse;
let place: Awaited<ReturnType<typeof makeEnvironment>>;
let params: { environmentId: string };
beforeAll(async () => {
  house = await openTestHouse({ runSteps: fakeRunSteps({ parts: 3 }) });
  place = await makeEnvironment(house);
  params = { environmentId: place.environment.id };
});
afterAll(() => house.close());

const work = (over: Partial<RunSteps> = {}) => workOff({ ...house, runSteps: { ...house.runSteps, ...over } });
const idsOf = (runs: readonly Run[]) => runs.map(({ id }) => id);

describe('the list of runs', () => {
  it('is newest first, in pages, of one environment', async () => {
    const own = await makeEnvironment(house, 'Own');
    const at = { environmentId: own.environment.id };
    const asked: string[] = [];
    for (let count = 0; count < 5; count += 1) asked.unshift((await askForRun(house, at.environmentId)).runId);
    const first = await own.asViewer(contract.listRuns, { params: at, query: { maxpagesize: 2 } });
    expect(idsOf(first.body.value)).toEqual(asked.slice(0, 2));
    const skiptoken = new URL(first.body.nextLink ?? '', 'http://x').searchParams.get('skiptoken') ?? '';
    const rest = await own.asViewer(contract.listRuns, { params: at, query: { maxpagesize: 3, skiptoken } });
    expect(idsOf(rest.body.value)).toEqual(asked.slice(2));
    expect(rest.body.nextLink).toBeUndefined();
  });

  it('is narrowed down by export, state, trigger and time', async () => {
    const own = await makeEnvironment(house, 'Own');
    const at = { environmentId: own.environment.id };
    const list = async (filter: string) =>
      idsOf((await own.asViewer(contract.listRuns, { params: at, query: { filter } })).body.value);
    const old = await askForRun(house, at.environmentId, { trigger: 'schedule' });
    await cancel(house, old.runId);
    await house.db.$executeRaw`UPDATE "Run" SET "queuedAt" = '2026-01-01T00:00:00Z' WHERE "id" = ${old.runId}::uuid`;
    const young = await askForRun(house, at.environmentId);
    expect(await list(`export in ('${old.subjectId}','${newId()}')`)).toEqual([old.runId]);
    expect(await list("state eq 'canceled'")).toEqual([old.runId]);
    expect(await list("state in ('canceled','queued')")).toEqual([young.runId, old.runId]);
    expect(await list("trigger eq 'manual'")).toEqual([young.runId]);
    expect(await list("queuedAt ge '2026-01-01T00:00:00Z' and queuedAt lt '2026-01-02T00:00:00Z'")).toEqual([
      old.runId,
    ]);
    await cancel(house, young.runId);
  });

  it.each(["export eq 'x'", "state eq 'idle'", "trigger eq 'cron'", "queuedAt ge 'today'", "queuedAt eq '2026-01-01'"])(
    'refuses the filter %s',
    async (filter) => {
      const { status, problem } = await place.asViewer(contract.listRuns, { params, query: { filter } });
      expect([status, problem.code]).toEqual([400, 'invalidInput']);
    },
  );
});

describe('one run', () => {
  it('tells what happened and what was written where', async () => {
    const { runId, subjectId } = await askForRun(house, params.environmentId);
    await work();
    const { body } = await place.asAdmin(contract.getRun, { params: { ...params, runId } });
    expect(body).toMatchObject({
      id: runId,
      export: { id: subjectId },
      connection: { name: 'Contoso lake', type: 'fake' },
      trigger: 'manual',
      requestedBy: null,
      state: 'successful',
      entities: [
        {
          name: 'Customer',
          folder: 'Fake/2026/11/22/1405',
          parts: { done: 3, total: 3 },
          rowsWritten: 30,
          rowsRejected: 3,
          bytesWritten: 1_500,
        },
      ],
      written: { location: 'https://lake.example/2026/11/22/1405', manifest: null, model: null },
      filesRemovedAt: null,
    });
    expect(body.events.map(({ kind, worker }) => [kind, worker])).toEqual([
      ['queued', null],
      ...['started', 'prepared', 'moved', 'published', 'successful', 'cleaned'].map((kind) => [kind, 'worker-1']),
    ]);
  });

  it('names the workers to admins only', async () => {
    const { runId } = await askForRun(house, params.environmentId);
    await work();
    const at = { params: { ...params, runId } };
    const workersOf = async (client: typeof place.asAdmin) => {
      const { body } = await client(contract.getRun, at);
      expect(body.events.map(({ kind }) => kind)).toContain('published');
      return new Set(body.events.map(({ worker }) => worker));
    };
    expect(await workersOf(place.asAdmin)).toEqual(new Set([null, 'worker-1']));
    for (const client of [place.asContributor, place.asViewer]) {
      expect(await workersOf(client)).toEqual(new Set([null]));
      for (const endpoint of [contract.getRun, contract.listRunParts])
        expect((await client(endpoint, at)).text).not.toContain('worker-1');
      expect((await client(contract.listRuns, { params })).text).not.toContain('worker-1');
    }
  });

  it('tells who may not see connections neither where they lie nor which folders are there', async () => {
    const { runId } = await askForRun(house, params.environmentId);
    await work({ move: () => Promise.reject(permanent()) });
    const at = { params: { ...params, runId } };
    const [asAdmin, asViewer] = [await place.asAdmin(contract.getRun, at), await place.asViewer(contract.getRun, at)];
    expect(asAdmin.body.problem).toMatchObject({ code: 'keyRejected', message: 'The key was rejected.' });
    expect(asViewer.body.problem).toMatchObject({ code: 'keyRejected', phase: 'moving', entity: 'Customer' });
    expect(asViewer.text).not.toContain('The key was rejected.');
    const list = await place.asContributor(contract.listRuns, { params });
    expect(list.text).not.toContain('The key was rejected.');

    const { runId: written } = await askForRun(house, params.environmentId);
    await work();
    const seen = await place.asViewer(contract.getRun, { params: { ...params, runId: written } });
    expect(seen.body.written?.location).toBe('Fake/2026/11/22/1405');
    expect(seen.text).not.toContain('lake.example');
  });

  it('of which very much is to be told shows the last of it', async () => {
    const { runId } = await askForRun(house, params.environmentId);
    const steps = fakeRunSteps({ parts: 1 });
    await work({
      prepare: steps.prepare,
      move: async (run, part, lease) => {
        for (let line = 1; line <= 210; line += 1)
          await lease.warn({ code: 'odd', message: 'Odd.', line, isTransient: false });
        return steps.move(run, part, lease);
      },
    });
    const { body } = await place.asAdmin(contract.getRun, { params: { ...params, runId } });
    expect(body.events).toHaveLength(contract.shownRunEvents);
    expect(body.events.at(-1)?.kind).toBe('cleaned');
    expect(body.events[0]).toMatchObject({ kind: 'warned', part: 1, problem: { line: 15 } });
  });

  it('is not found in another environment', async () => {
    const { runId } = await askForRun(house, params.environmentId);
    const other = await makeEnvironment(house, 'Another');
    const at = { params: { environmentId: other.environment.id, runId } };
    for (const endpoint of [contract.getRun, contract.listRunParts])
      expect(await other.asAdmin(endpoint, at)).toMatchObject({ status: 404, problem: { code: 'notFound' } });
    await cancel(house, runId);
  });
});

describe('the parts of a run', () => {
  it('are in order, in pages, with their files', async () => {
    const { runId } = await askForRun(house, params.environmentId);
    const files = Array.from({ length: 30 }, (_, index) => ({ name: `folder/customer-${index}.csv`, path: 'hidden' }));
    await work({
      prepare: async () => ({
        plan: {},
        parts: Array.from({ length: 12 }, () => ({ entity: 0, entityName: 'Customer', files, bytes: 10 })),
        folderTimes: ['2026/11/22/1405'],
        bytesTotal: 120,
        counts: false,
      }),
      move: async (run, part, lease) => {
        if (part.number === 12) throw transient(600_000);
        return house.runSteps.move(run, part, lease);
      },
    });
    const at = { ...params, runId };
    const { body } = await place.asAdmin(contract.listRunParts, { params: at, query: { maxpagesize: 11 } });
    expect(body.value.map(({ number }) => number)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11]);
    expect(body.value[0]).toMatchObject({
      entity: 'Customer',
      state: 'done',
      fileCount: 30,
      bytesTotal: 10,
      bytesRead: 10,
      rowsWritten: 10,
      written: ['Customer_1.csv'],
      problem: null,
    });
    expect(body.value[0]?.files).toHaveLength(20);
    const skiptoken = new URL(body.nextLink ?? '', 'http://x').searchParams.get('skiptoken') ?? '';
    const rest = await place.asViewer(contract.listRunParts, { params: at, query: { skiptoken } });
    expect(rest.body.value).toMatchObject([
      { number: 12, state: 'waiting', retries: 1, problem: { code: 'throttled' }, written: [] },
    ]);
    expect(rest.text).not.toContain('Slow down.');
    expect(rest.text).not.toContain('folder/');
    await cancel(house, runId);
  });
});

describe('live runs', () => {
  it('are those that wait or are under way', async () => {
    const own = await makeEnvironment(house, 'Own');
    const at = { environmentId: own.environment.id };
    const asked = await askForRuns(house, at.environmentId, { count: 3 });
    await cancel(house, asked[0]?.runId ?? '');
    const { body } = await own.asViewer(contract.watchRuns, { params: at });
    expect(idsOf(body.runs).sort()).toEqual(
      asked
        .slice(1)
        .map(({ runId }) => runId)
        .sort(),
    );
    await work();
    expect((await own.asViewer(contract.watchRuns, { params: at })).body.runs).toEqual([]);
  });
});
