import * as contract from '@junction/contracts';
import { shownStatusRows } from '@junction/contracts';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import type { TestClient } from '../../testing/client.ts';
import { makeConnection } from '../../testing/connections.ts';
import { makeExport, makeManyExports } from '../../testing/exports.ts';
import { makeEnvironment } from '../../testing/factories.ts';
import { openTestHouse, type TestHouse } from '../../testing/house.ts';
import { makeRun } from '../../testing/runs.ts';
import { showWorker } from '../runs/index.ts';

let house: TestHouse;
let place: Awaited<ReturnType<typeof makeEnvironment>>;
let params: { environmentId: string };
let connectionId: string;
beforeAll(async () => {
  house = await openTestHouse();
});
afterAll(() => house.close());
beforeEach(async () => {
  place = await makeEnvironment(house);
  params = { environmentId: place.environment.id };
  connectionId = (await makeConnection(house, params.environmentId, { name: 'Lake' })).id;
});

type ExportOver = Parameters<typeof makeExport>[2];
const make = (name: string, over: ExportOver = {}) =>
  makeExport(house, params.environmentId, { name, connectionId, ...over });
const statusOf = async (client: TestClient = place.asAdmin) => (await client(contract.getStatus, { params })).body;
const hoursFromNow = (hours: number) => new Date(house.clock.now().getTime() + hours * 3_600_000);
const everyone = () => [place.asAdmin, place.asContributor, place.asViewer];
const problem = {
  code: 'folderMissing',
  message: 'There is no folder /in at lake.example.',
  remedy: 'Make /in at lake.example.',
  isTransient: false,
  phase: 'publishing',
};
const becauseOf = ({ attention }: contract.Status) =>
  attention.rows.map(({ subject, because }) => `${subject.name}: ${because}`);

describe('an environment', () => {
  it('in which nothing happened has nothing to tell', async () => {
    const nothing = { total: 0, rows: [] };
    for (const client of everyone())
      expect(await statusOf(client)).toEqual({
        pausedAt: null,
        running: nothing,
        failed: nothing,
        attention: nothing,
        upcoming: nothing,
        lastDay: { successful: 0, failed: 0, skipped: 0, canceled: 0 },
        workers: expect.any(Number),
      });
  });

  it('tells what runs, what is under way before what waits', async () => {
    await makeRun(house, await make('waits'), 'queued');
    await makeRun(house, await make('moves'), 'processing');
    await makeRun(house, await make('is over'), 'successful');
    for (const client of everyone()) {
      const { running } = await statusOf(client);
      expect(running.total).toBe(2);
      expect(running.rows.map((run) => run.export.name)).toEqual(['moves', 'waits']);
    }
  });

  it('tells what failed or was skipped since this time yesterday, newest first, and counts the rest', async () => {
    await makeRun(house, await make('long ago'), 'failed', { finishedAt: hoursFromNow(-25) });
    await makeRun(house, await make('earlier'), 'failed', { finishedAt: hoursFromNow(-23), problem });
    await makeRun(house, await make('later'), 'skipped', { finishedAt: hoursFromNow(-1) });
    await makeRun(house, await make('fine'), 'successful', { finishedAt: hoursFromNow(-2) });
    await makeRun(house, await make('stopped'), 'canceled', { finishedAt: hoursFromNow(-3) });
    const { failed, lastDay } = await statusOf();
    expect(failed.rows.map((run) => run.export.name)).toEqual(['later', 'earlier']);
    expect(failed.rows[1]?.problem?.message).toContain('lake.example');
    expect(lastDay).toEqual({ successful: 1, failed: 1, skipped: 1, canceled: 1 });
    for (const client of [place.asContributor, place.asViewer]) {
      const reply = await client(contract.getStatus, { params });
      expect(reply.body.failed.total).toBe(2);
      expect(reply.text).not.toContain('lake.example');
    }
  });

  it('tells which exports need somebody, the worst first, and since when', async () => {
    const failingSince = hoursFromNow(-5);
    await make('has none', { connectionId: null });
    await make('lost its source', { lostEntities: 1 });
    const fails = await make('fails', { failingSince });
    const run = await makeRun(house, fails, 'failed', { problem });
    const autoPausedAt = hoursFromNow(-1);
    await make('is paused', {
      failingSince,
      autoPausedAt,
      failuresInRow: 5,
      scheduleOn: true,
      plan: { type: 'interval', everyMinutes: 60 },
    });
    await make('is well');
    const status = await statusOf();
    expect(becauseOf(status)).toEqual([
      'is paused: exportPaused',
      'fails: exportFailing',
      ...[expect.stringContaining('exportInactive'), expect.stringContaining('exportInactive')],
    ]);
    expect(status.attention.total).toBe(4);
    const [paused, failing] = status.attention.rows;
    expect(paused).toMatchObject({
      message: 'Its schedule is paused after 5 failures in a row.',
      since: autoPausedAt.toISOString(),
      isYours: true,
    });
    expect(failing).toMatchObject({
      message: problem.message,
      remedy: problem.remedy,
      since: failingSince.toISOString(),
      runId: run.id,
      isYours: true,
    });
  });

  it('tells who can do nothing about an export whom to ask, and no places', async () => {
    await makeRun(house, await make('fails', { failingSince: hoursFromNow(-5) }), 'failed', { problem });
    await make('has none', { connectionId: null });
    for (const client of [place.asContributor, place.asViewer]) {
      const { attention } = await statusOf(client);
      expect(attention.rows).toHaveLength(2);
      for (const row of attention.rows)
        expect(row).toMatchObject({ isYours: false, remedy: expect.stringContaining('admin') });
      expect(JSON.stringify(attention)).not.toContain('lake.example');
    }
  });

  it('tells a contributor who may edit an export that it is theirs, unless what went wrong is for admins to know', async () => {
    await house.db.connection.update({ where: { id: connectionId }, data: { sharedWith: 'adminsAndContributors' } });
    const ofTheirs = {
      code: 'columnMissing',
      message: 'There is no column Age.',
      remedy: 'Take it out.',
      isTransient: false,
    };
    const lost = await make('lost a column', { failingSince: hoursFromNow(-1) });
    await makeRun(house, lost, 'failed', { problem: ofTheirs });
    await makeRun(house, await make('lost a folder', { failingSince: hoursFromNow(-2) }), 'failed', { problem });
    const rowsOf = async (client: TestClient) => (await statusOf(client)).attention.rows;
    expect(await rowsOf(place.asContributor)).toMatchObject([
      { subject: { id: lost.id }, message: ofTheirs.message, remedy: ofTheirs.remedy, isYours: true },
      { subject: { name: 'lost a folder' }, remedy: 'Ask an admin of this environment.', isYours: false },
    ]);
    expect((await rowsOf(place.asAdmin)).map(({ isYours }) => isYours)).toEqual([true, true]);
  });

  it('does not tell what the last run waits for as why it fails', async () => {
    const made = await make('fails', { failingSince: hoursFromNow(-5) });
    await makeRun(house, made, 'skipped', { problem: { ...problem, message: 'There are too few rows.' } });
    expect((await statusOf()).attention.rows[0]?.message).toBe('No run has succeeded since one failed.');
  });

  it('tells admins, and nobody else, which connections and sources need one', async () => {
    const reason = { step: 'authenticate', code: 'keyRejected', message: 'The key was rejected.', remedy: 'Enter it.' };
    const connect = (name: string, over: Parameters<typeof makeConnection>[2]) =>
      makeConnection(house, params.environmentId, { name, ...over });
    const source = { readsEntities: true };
    const unread = { code: 'missing', message: 'There is no model.json.', remedy: { text: 'Write one.' } };
    const { id: rejectedId } = await connect('rejected', { lastOutcome: 'actionRequired', lastReason: reason });
    await connect('slow', { lastOutcome: 'failing' });
    await connect('ends', { credentialExpiresAt: hoursFromNow(48) });
    await connect('ends later', { credentialExpiresAt: hoursFromNow(24 * 30) });
    await connect('is paused', { lastOutcome: 'failing', isPaused: true });
    await connect('is removed', { lastOutcome: 'failing', removedAt: house.clock.now() });
    const unreadable = await connect('unreadable', source);
    const neverChecked = await connect('unreadable, never checked', { ...source, lastOutcome: null });
    for (const { id } of [unreadable, neverChecked])
      await house.db.catalog.create({ data: { connectionId: id, connectionVersion: 1, models: [], problem: unread } });
    const check = { connectionId: rejectedId, trigger: 'probe', durationMs: 1, steps: [] };
    const checks = ['actionRequired', 'passed', 'failing', 'actionRequired'].map((outcome, index) => ({
      ...check,
      id: `01a20000-0000-7000-8000-00000000000${index}`,
      outcome,
      startedAt: hoursFromNow(index - 10),
    }));
    await house.db.connectionCheck.createMany({ data: checks });
    const { attention } = await statusOf();
    expect(attention.total).toBe(5);
    expect(attention.rows).toMatchObject([
      {
        subject: { type: 'connection', name: 'rejected' },
        because: 'connectionActionRequired',
        message: 'The key was rejected.',
        remedy: 'Enter it.',
        since: checks[2]?.startedAt.toISOString(),
      },
      { subject: { name: 'slow' }, because: 'connectionFailing', remedy: null, since: null },
      { subject: { name: 'ends' }, because: 'secretExpires', message: expect.stringContaining('ends on'), since: null },
      {
        subject: { type: 'source', name: 'unreadable' },
        because: 'sourceUnreadable',
        message: 'There is no model.json.',
        remedy: 'Write one.',
        since: null,
      },
      { subject: { name: 'unreadable, never checked' }, message: 'There is no model.json.' },
    ]);
    for (const client of [place.asContributor, place.asViewer])
      expect((await statusOf(client)).attention).toEqual({ total: 0, rows: [] });
  });

  it('tells admins whose customers cannot be imported, once for each connection and until it is well', async () => {
    const failingSince = hoursFromNow(-3);
    const fails = { runState: 'failed', problem, failingSince };
    type Over = Parameters<typeof makeConnection>[2];
    const connect = async (name: string, standing: Partial<typeof fails>, over: Over = {}) => {
      const { id } = await makeConnection(house, params.environmentId, { name, ...over });
      await house.db.profileImport.create({
        data: { connectionId: id, ...params, mapping: {}, everyHours: 6, ...standing },
      });
      return id;
    };
    const lostId = await connect('a lost folder', fails, { credentialExpiresAt: hoursFromNow(48) });
    const pausedId = await connect('b whose checks are paused', fails, { isPaused: true, lastOutcome: 'failing' });
    const againId = await connect('c that is imported again', { ...fails, runState: 'processing' });
    await connect('well', { runState: 'successful' });
    await connect('never imported', {});
    await connect('rejected', fails, { lastOutcome: 'actionRequired' });
    await connect('removed', fails, { removedAt: house.clock.now() });
    const { attention } = await statusOf();
    expect(attention.total).toBe(4);
    const told = {
      because: 'profilesFailing',
      message: problem.message,
      remedy: problem.remedy,
      since: failingSince.toISOString(),
      runId: null,
      isYours: true,
    };
    expect(attention.rows).toEqual([
      expect.objectContaining({
        subject: expect.objectContaining({ name: 'rejected' }),
        because: 'connectionActionRequired',
      }),
      { ...told, subject: { type: 'connection', id: lostId, name: 'a lost folder' } },
      { ...told, subject: { type: 'connection', id: pausedId, name: 'b whose checks are paused' } },
      { ...told, subject: { type: 'connection', id: againId, name: 'c that is imported again' } },
    ]);
    for (const client of [place.asContributor, place.asViewer])
      expect((await statusOf(client)).attention).toEqual({ total: 0, rows: [] });
  });

  it('tells what comes next, unless it cannot run', async () => {
    const plan = { type: 'interval', everyMinutes: 60 };
    const on = { scheduleOn: true, plan };
    await make('later', { ...on, nextRunAt: hoursFromNow(2) });
    await make('sooner', { ...on, nextRunAt: hoursFromNow(1) });
    await make('just set up', { ...on, nextRunAt: null });
    await make('never', { ...on, nextRunAt: new Date('9999-12-31T00:00:00Z') });
    await make('is off', { plan, nextRunAt: hoursFromNow(1) });
    await make('is paused', { ...on, nextRunAt: hoursFromNow(1), autoPausedAt: house.clock.now() });
    await make('is inactive', { ...on, nextRunAt: hoursFromNow(1), connectionId: null });
    for (const client of everyone()) {
      const { upcoming } = await statusOf(client);
      expect(upcoming.total).toBe(3);
      expect(upcoming.rows.map((next) => next.export.name)).toEqual(['just set up', 'sooner', 'later']);
      expect(upcoming.rows[0]).toMatchObject({ connection: { id: connectionId, name: 'Lake', health: 'healthy' } });
    }
    const paused = await place.asAdmin(contract.updateEnvironment, {
      params,
      body: { isPaused: true },
      ifMatch: '*',
    });
    expect(await statusOf(place.asViewer)).toMatchObject({
      pausedAt: paused.body.pausedAt ?? 'not paused',
      upcoming: { total: 0, rows: [] },
    });
  });

  it('knows how many workers there are', async () => {
    await house.db.worker.deleteMany();
    expect((await statusOf()).workers).toBe(0);
    await showWorker(house.db, 'one');
    await house.db.worker.create({ data: { name: 'gone', seenAt: new Date(Date.now() - 120_000) } });
    expect((await statusOf()).workers).toBe(1);
  });

  it('does not tell what happens in another one', async () => {
    const other = await makeEnvironment(house, 'Another');
    await makeRun(house, await make('fails', { failingSince: hoursFromNow(-1) }), 'failed');
    const there = await other.asAdmin(contract.getStatus, { params: { environmentId: other.environment.id } });
    expect(there.body).toMatchObject({ failed: { total: 0 }, attention: { total: 0 }, lastDay: { failed: 0 } });
    expect((await other.asAdmin(contract.getStatus, { params })).status).toBe(404);
  });

  it('with very many exports is told with as few queries and rows as one with a few', async () => {
    const owner = place.admin;
    const connectionIds = [connectionId];
    await makeManyExports(house, { ...params, owner, count: 2_000, connectionIds });
    await house.db.export.updateMany({
      where: { ...params, runState: 'failed' },
      data: { failingSince: hoursFromNow(-1) },
    });
    const queries = vi.spyOn(house.db, '$queryRaw');
    const status = await statusOf();
    expect(queries.mock.calls.length).toBeLessThan(20);
    queries.mockRestore();
    for (const group of [status.running, status.failed, status.attention]) {
      expect(group.rows).toHaveLength(shownStatusRows);
      expect(group.total).toBeGreaterThan(200);
    }
  });
});
