import * as contract from '@junction/contracts';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { endLeases, endWaits, workOff } from '../../../testing/fake-run-steps.ts';
import { remove, restore } from '../../../testing/removals.ts';
import { claimStep, takeStep } from '../../runs/index.ts';
import { runDueImports } from './run-due-imports.ts';
import { filesWith, tablesWith } from './testing/find-value.ts';
import { canary, customers, type InsightsHouse, openInsightsHouse } from './testing/insights-lake.ts';

let world: InsightsHouse;
beforeAll(async () => {
  world = await openInsightsHouse();
  await workOff(world.house);
});
afterAll(() => world.close());
beforeEach(async () => {
  await world.write({ 'a.csv': customers(0, 40), 'b.csv': customers(40, 60) });
  await start();
  await workOff(world.house);
  expect((await world.read()).status).toBe('active');
});
afterEach(() => world.lake.clearFaults());

const start = async () => (await world.place.asAdmin(contract.startProfileImport, { params: world.params })).body;
/** Lets the next scheduled look be due since so many hours. */
const makeDue = (hours = 0) =>
  world.house.db.profileImport.updateMany({
    where: { nextRunAt: { not: null } },
    data: { nextRunAt: new Date(world.house.clock.now().getTime() - hours * 3_600_000) },
  });
/** Makes the next scheduled look due, and asks for it. */
const look = async () => {
  await makeDue();
  await runDueImports(world.house, new AbortController().signal);
};
/** Works until the import has ended, as if so much time had passed as it waits between attempts. */
const workOn = async () => {
  for (let round = 0; round < 10; round += 1) {
    await workOff(world.house);
    if ((await world.house.db.run.count({ where: { finishedAt: null } })) === 0) return;
    await endWaits(world.house);
  }
};
const reportOf = () =>
  world.house.db.profileReport.findUniqueOrThrow({ where: { connectionId: world.params.connectionId } });
const runsOf = () =>
  world.house.db.run.findMany({
    where: { kind: 'import', subjectId: world.params.connectionId },
    orderBy: { id: 'asc' },
  });
const noticesOf = async (since: Date) =>
  (await world.house.db.notice.findMany({ where: { at: { gte: since } }, orderBy: { id: 'asc' } }))
    .map(({ kind }) => kind)
    .filter((kind) => kind.startsWith('profiles.'));
const filesRead = () =>
  world.lake.requests().filter(({ method, path }) => method === 'GET' && /Customer.*[.]csv/.test(path)).length;
/** Takes the next step of an import, and does not say how it went. */
const takeOne = async (): Promise<string> => {
  const claim = await claimStep(world.house, 'worker-1', 'all');
  if (claim === undefined) throw new Error('There is no step to take.');
  await takeStep(world.house, claim, new AbortController().signal);
  return claim.step;
};

describe('an import', () => {
  it('makes the report of what is in the lake, and shows how it went', async () => {
    const now = await world.read();
    expect(now).toMatchObject({
      status: 'active',
      everyHours: 6,
      unchangedAt: null,
      last: {
        trigger: 'manual',
        requestedBy: { name: 'Alex Admin' },
        state: 'successful',
        phase: 'over',
        problem: null,
        progress: { parts: { done: 1, total: 1 }, rowsWritten: 60, rowsRejected: 0 },
      },
      report: { profiles: 60, dataAsOf: expect.any(String) },
    });
    expect(now.last?.progress.bytesRead).toBe(now.last?.progress.bytesTotal);
    const report = await reportOf();
    expect(report).toMatchObject({ runId: now.last?.id, threshold: 5, profiles: 60n });
    const history = await world.house.db.runEvent.findMany({ where: { runId: report.runId }, orderBy: { at: 'asc' } });
    expect(history.map(({ kind }) => kind)).toEqual([
      ...['queued', 'started', 'prepared', 'moved', 'published', 'successful', 'cleaned'],
    ]);
    const told = await world.house.db.activity.findMany({ where: { subjectId: world.params.connectionId } });
    const of = told.filter(({ after }) => (after as { run?: string } | null)?.run === report.runId);
    expect(of.map(({ kind, subjectType }) => [kind, subjectType])).toEqual([
      ['import.requested', 'connection'],
      ['import.successful', 'connection'],
    ]);
  });

  it('leaves no customer anywhere', async () => {
    expect(await tablesWith(world.house, canary)).toEqual([]);
    // What is looked for is found where it is.
    expect(await tablesWith(world.house, world.connection.name)).toContain('Connection');
    expect(world.house.logLines().join('\n')).not.toContain(canary);
    expect(await filesWith(world.house.spool.folder, canary)).toEqual({ files: [], withText: [] });
    const parts = await world.house.db.runPart.findMany({ where: { run: { kind: 'import' } } });
    expect(parts.map(({ result }) => result)).toEqual(parts.map(() => null));
  });

  it('is shown with what it is at', async () => {
    await start();
    const seen = [(await world.read()).status];
    const phases = [(await world.read()).last?.phase];
    for (const step of ['prepare', 'move', 'publish']) {
      expect(await takeOne()).toBe(step);
      const { status, last } = await world.read();
      seen.push(status);
      phases.push(last?.phase);
    }
    expect(phases).toEqual(['waiting', 'read', 'publish', 'over']);
    expect(seen).toEqual(['waiting', 'importing', 'importing', 'active']);
  });

  it('that is asked for twice is one', async () => {
    const [one, other] = await Promise.all([start(), start()]);
    expect(other.last?.id).toBe(one.last?.id);
    expect((await runsOf()).filter(({ finishedAt }) => finishedAt === null)).toHaveLength(1);
    await workOff(world.house);
  });
});

describe('a scheduled look', () => {
  it('at a lake that has not changed reads no file, and leaves nothing but when it was', async () => {
    const before = { ...(await world.read()), report: await reportOf() };
    const [read, log] = [filesRead(), await world.house.db.activity.count()];
    await look();
    await workOff(world.house);
    const after = await world.read();
    expect(after).toMatchObject({ status: 'active', last: { id: before.last?.id } });
    expect(Date.parse(after.unchangedAt ?? '')).toBeGreaterThan(Date.parse(before.last?.finishedAt ?? ''));
    expect(await reportOf()).toEqual(before.report);
    expect(await world.house.db.activity.count()).toBe(log);
    // The check looks into them, and nobody else.
    const looked = filesRead() - read;
    expect((await runsOf()).at(-1)).toMatchObject({ state: 'skipped', bytesRead: 0n, partsTotal: 0 });
    const { body } = await world.place.asAdmin(contract.listProfileImports, { params: world.params });
    expect(body.value.map(({ state }) => state)).not.toContain('skipped');
    await start();
    await workOff(world.house);
    expect(filesRead() - read - looked).toBeGreaterThan(looked);
    expect((await world.read()).unchangedAt).toBeNull();
  });

  it('at one that has changed reads it', async () => {
    await world.write({ 'a.csv': customers(0, 40), 'b.csv': customers(40, 90) });
    await look();
    await workOff(world.house);
    expect(await world.read()).toMatchObject({
      last: { trigger: 'schedule', requestedBy: null },
      report: { profiles: 90 },
    });
    expect(await reportOf()).toMatchObject({ previousProfiles: 60n });
    const trend = await world.house.db.profileCount.findMany({ orderBy: { at: 'desc' }, take: 2 });
    expect(trend.map(({ profiles }) => profiles)).toEqual([90n, 60n]);
  });

  it('is made once, however many were missed and however many look', async () => {
    await makeDue(30);
    const before = (await runsOf()).length;
    const { signal } = new AbortController();
    await Promise.all([1, 2, 3].map(() => runDueImports(world.house, signal)));
    await workOff(world.house);
    await runDueImports(world.house, signal);
    expect(await runsOf()).toHaveLength(before + 1);
    const { nextAt } = await world.read();
    expect(Date.parse(nextAt ?? '') - world.house.clock.now().getTime()).toBeGreaterThan(5.9 * 3_600_000);
  });

  it('waits for the end of a pause', async () => {
    const { db } = world.house;
    const where = { id: world.params.environmentId };
    const before = (await runsOf()).length;
    await db.environment.update({ where, data: { pausedAt: world.house.clock.now() } });
    await look();
    expect((await world.read()).nextAt).toBeNull();
    const refused = await world.place.asAdmin(contract.startProfileImport, { params: world.params });
    expect(refused.problem).toMatchObject({ status: 409, code: 'environmentPaused' });
    expect(await runsOf()).toHaveLength(before);
    await db.environment.update({ where, data: { pausedAt: null } });
    await runDueImports(world.house, new AbortController().signal);
    expect(await runsOf()).toHaveLength(before + 1);
    await workOff(world.house);
  });
});

describe('an import that goes wrong', () => {
  it('for a key that was exchanged needs somebody, who is told once, and keeps the last good report', async () => {
    const since = world.house.clock.now();
    const report = await reportOf();
    world.lake.addFault({ match: { account: 'contosolake' }, fault: { code: 'AuthenticationFailed' } });
    for (let time = 0; time < 2; time += 1) {
      await start();
      await workOn();
    }
    const failed = await world.read();
    const checked = await world.place.asAdmin(contract.listChecks, { params: world.params });
    const step = checked.body.value[0]?.steps.find(({ status }) => status === 'failed');
    expect(step?.code).toMatch(/key/i);
    expect(failed).toMatchObject({
      status: 'actionRequired',
      last: {
        state: 'failed',
        problem: { code: step?.code, message: step?.message, remedy: step?.remedy?.text, isTransient: false },
      },
      report: { profiles: 60 },
    });
    expect(await reportOf()).toEqual(report);
    const seen = await world.place.asAdmin(contract.getConnection, { params: world.params });
    expect(seen.body.status).toBe('actionRequired');
    expect(await noticesOf(since)).toEqual(['profiles.failing']);

    world.lake.clearFaults();
    const { signal } = new AbortController();
    await runDueImports(world.house, signal);
    expect((await runsOf()).at(-1)?.state).toBe('failed');
    // Once somebody has put the connection right, nobody need ask. Nothing has changed, and that is as good as an import.
    await world.place.asAdmin(contract.checkConnection, { params: world.params, body: {} });
    await runDueImports(world.house, signal);
    await workOn();
    expect(await world.read()).toMatchObject({ status: 'active', last: { state: 'failed' } });
    expect(await noticesOf(since)).toEqual(['profiles.failing', 'profiles.recovered']);
    const told = await world.place.asViewer(contract.listNotices, { params: world.params });
    expect(JSON.stringify(told.body)).not.toContain('profiles.');
  });

  it('while the lake is away is tried again, and fails then as what may pass', async () => {
    world.lake.addFault({ match: { account: 'contosolake' }, fault: { code: 'ServerBusy' } });
    await start();
    await workOff(world.house);
    expect(await world.read()).toMatchObject({
      status: 'verifying',
      last: { state: 'processing', phase: 'verify', problem: { isTransient: true } },
    });
    await workOn();
    expect(await world.read()).toMatchObject({
      status: 'failing',
      last: { state: 'failed', problem: { code: 'throttled', isTransient: true } },
      report: { profiles: 60 },
    });
    expect((await runsOf()).at(-1)?.retries).toBe(5);
    // It is not left alone for hours.
    const { nextAt, last } = await world.read();
    expect(Date.parse(nextAt ?? '') - Date.parse(last?.finishedAt ?? '')).toBe(3_600_000);
    world.lake.clearFaults();
    await start();
    await workOn();
    expect((await world.read()).status).toBe('active');
  });

  it('for a file that is written while it is read mixes nothing', async () => {
    const report = await reportOf();
    await start();
    expect(await takeOne()).toBe('prepare');
    await world.put('b.csv', customers(40, 300));
    await workOn();
    expect(await world.read()).toMatchObject({
      status: 'failing',
      last: { state: 'failed', problem: { code: 'sourceChanged', file: 'b.csv' } },
    });
    expect(await reportOf()).toEqual(report);
    await look();
    await workOn();
    expect(await world.read()).toMatchObject({ status: 'active', report: { profiles: 300 } });
  });

  it('leaves malformed rows out, up to a limit, and tells how many', async () => {
    const broken = (rows: number) => 'one,two\n'.repeat(rows);
    await world.write({ 'a.csv': customers(0, 40), 'b.csv': broken(20) });
    await start();
    await workOn();
    expect(await world.read()).toMatchObject({
      status: 'active',
      last: { progress: { rowsWritten: 40, rowsRejected: 20 } },
      report: { profiles: 40 },
    });
    expect(JSON.stringify((await reportOf()).summary)).toContain('rowsMalformed');
    await world.write({ 'a.csv': customers(0, 40), 'b.csv': broken(1_001) });
    await start();
    await workOn();
    expect(await world.read()).toMatchObject({
      status: 'actionRequired',
      last: { problem: { code: 'tooManyMalformedRows', remedy: expect.not.stringContaining('set aside') } },
      report: { profiles: 40 },
    });
  });

  it('makes no report where most rows are malformed, however few they are', async () => {
    const broken = (rows: number) => 'one,two\n'.repeat(rows);
    await world.write({ 'a.csv': customers(0, 40) });
    await start();
    await workOn();
    const report = await reportOf();
    for (const files of [{ 'a.csv': customers(0, 6) + broken(7) }, { 'a.csv': broken(1) }]) {
      await world.write(files);
      await start();
      await workOn();
      expect(await world.read()).toMatchObject({
        status: 'actionRequired',
        last: { problem: { code: 'tooManyMalformedRows', message: 'Most rows of the customers are malformed.' } },
        report: { profiles: 40 },
      });
    }
    expect(await reportOf()).toEqual(report);
  });

  it('for a column that is gone says which', async () => {
    const names = ['CustomerId', 'FullName', 'Gender', 'BirthDate', 'Country', 'Town', 'PostalCode', 'AnnualIncome'];
    await world.write({ 'a.csv': customers(0, 40) }, names);
    await look();
    await workOn();
    expect(await world.read()).toMatchObject({
      status: 'actionRequired',
      last: { problem: { code: 'columnMissing', message: expect.stringContaining('"City"') } },
    });
    // That the connection works does not help.
    const before = (await runsOf()).length;
    await world.place.asAdmin(contract.checkConnection, { params: world.params, body: {} });
    await runDueImports(world.house, new AbortController().signal);
    expect(await runsOf()).toHaveLength(before);
  });
});

describe('an import under way', () => {
  it('can be canceled until it is published, and the report stays', async () => {
    const report = await reportOf();
    await start();
    const cancel = () => world.place.asAdmin(contract.cancelProfileImport, { params: world.params });
    expect(await takeOne()).toBe('prepare');
    const { body } = await cancel();
    expect(body).toMatchObject({ status: 'active', last: { state: 'canceled', phase: 'over' } });
    expect((await cancel()).body.last?.id).toBe(body.last?.id);
    await workOff(world.house);
    expect(await reportOf()).toEqual(report);
    await start();
    for (const step of ['prepare', 'move']) expect(await takeOne()).toBe(step);
    expect((await cancel()).problem).toMatchObject({ status: 409, code: 'runOver' });
    await workOff(world.house);
    expect((await world.read()).last?.state).toBe('successful');
  });

  it('ends within seconds of being canceled, and leaves nothing on the disk', async () => {
    await start();
    expect(await takeOne()).toBe('prepare');
    world.lake.addFault({ match: { method: 'GET', path: 'Customer/b.csv' }, fault: { hang: true } });
    const claim = await claimStep(world.house, 'worker-1', 'all');
    const moving = claim && takeStep(world.house, claim, new AbortController().signal);
    const folder = world.house.spool.folder;
    await expect
      .poll(async () => (await filesWith(folder, canary)).files.length, { timeout: 20_000 })
      .toBeGreaterThan(0);
    await world.place.asAdmin(contract.cancelProfileImport, { params: world.params });
    await moving;
    expect((await filesWith(folder, canary)).files).toEqual([]);
    expect(await world.read()).toMatchObject({ status: 'active', last: { state: 'canceled' } });
    await workOff(world.house);
  });

  it.each(['prepare', 'move', 'publish'])('whose worker died in %s is taken over', async (died) => {
    const before = await reportOf();
    await start();
    for (;;) {
      const claim = await claimStep(world.house, 'worker-1', 'all');
      if (claim === undefined) throw new Error('There is no step to take.');
      if (claim.step === died) {
        // It stood still for longer than its lease, and comes back when another one is through.
        await endLeases(world.house);
        await workOff(world.house, 'worker-2');
        await takeStep(world.house, claim, new AbortController().signal);
        break;
      }
      await takeStep(world.house, claim, new AbortController().signal);
    }
    const report = await reportOf();
    const { last, status } = await world.read();
    expect({ status, runId: last?.id, state: last?.state }).toEqual({
      status: 'active',
      runId: report.runId,
      state: 'successful',
    });
    expect(report.runId).not.toBe(before.runId);
    const counts = await world.house.db.profileCount.count({ where: { at: report.importedAt } });
    expect(counts).toBe(1);
    const ends = await world.house.db.runEvent.count({ where: { runId: report.runId, kind: 'successful' } });
    expect(ends).toBe(1);
  });

  it('ends with its connection, and goes on when that is restored', async () => {
    const connection = await world.connectAgain();
    const params = { ...world.params, connectionId: connection.id };
    expect(await takeOne()).toBe('prepare');
    const { body } = await remove(world.place.asAdmin, connection);
    expect(body.canceledRuns).toBe(1);
    const run = await world.house.db.run.findFirstOrThrow({ where: { subjectId: connection.id } });
    expect(run).toMatchObject({ state: 'canceled', canceled: { because: 'connectionRemoved' } });
    await look();
    await workOff(world.house);
    expect(await world.house.db.run.count({ where: { subjectId: connection.id } })).toBe(1);
    expect((await world.place.asAdmin(contract.getProfileImport, { params })).status).toBe(404);

    await restore(world.place.asAdmin, connection);
    await runDueImports(world.house, new AbortController().signal);
    await workOff(world.house);
    const { body: now } = await world.place.asAdmin(contract.getProfileImport, { params });
    expect(now).toMatchObject({ status: 'active', report: { profiles: 60 } });
  });
});
