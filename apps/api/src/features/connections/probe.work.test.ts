import * as contract from '@junction/contracts';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { connect, fakePassword } from '../../testing/connections.ts';
import { makeEnvironment } from '../../testing/factories.ts';
import { fakeCalls } from '../../testing/fake-connector.ts';
import { openTestHouse, type TestHouse } from '../../testing/house.ts';
import { startWorker } from '../../worker/worker.ts';
import { probeDue } from './probe.ts';
import { factsAfter } from './rules.ts';
import { claimDue, findConnection, keepCheck } from './store.ts';

const intervalMinutes = 15;
let house: TestHouse;
let contoso: Awaited<ReturnType<typeof makeEnvironment>>;
beforeAll(async () => {
  house = await openTestHouse({ env: { JUNCTION_PROBE_MINUTES: String(intervalMinutes) } });
  contoso = await makeEnvironment(house);
});
beforeEach(async () => {
  await house.db.connection.deleteMany();
});
afterAll(() => house.close());

const setUp = async (name: string, outcome = 'passed') => {
  const connection = await connect(contoso.asAdmin, contoso.environment.id, {
    settings: { host: `${name}.example`, outcome },
    saveAnyway: true,
  });
  return connection.id;
};
const rowOf = (id: string) => house.db.connection.findUniqueOrThrow({ where: { id } });
const makeDue = (id: string) => house.db.connection.update({ where: { id }, data: { nextCheckAt: house.clock.now() } });
/** Lets a stored connection answer differently from now on, as if the other side had changed; settings stay the same version. */
const setOutcome = (id: string, name: string, outcome: string) =>
  house.db.connection.update({ where: { id }, data: { settings: { host: `${name}.example`, outcome } } });
const probedHosts = async (signal = new AbortController().signal) => {
  const before = fakeCalls.length;
  await probeDue(house, signal);
  return fakeCalls.slice(before).map(({ host }) => host);
};
const minutesUntilNext = async (id: string) =>
  ((await rowOf(id)).nextCheckAt?.getTime() ?? Number.NaN) / 60_000 - house.clock.now().getTime() / 60_000;

describe('the probe', () => {
  it('checks what is due, and neither what is not nor what is paused', async () => {
    const [due, later, paused] = [await setUp('due'), await setUp('later'), await setUp('paused')];
    await makeDue(due);
    await house.db.connection.update({ where: { id: paused }, data: { isPaused: true, nextCheckAt: new Date(0) } });
    const laterBefore = await rowOf(later);
    expect(await probedHosts()).toEqual(['due.example']);
    expect(fakeCalls.at(-1)).toEqual({ host: 'due.example', password: fakePassword });
    expect(await probedHosts()).toEqual([]);
    expect(await rowOf(later)).toEqual(laterBefore);
    expect(
      await house.db.connectionCheck.findFirst({ where: { connectionId: due }, orderBy: { id: 'desc' } }),
    ).toMatchObject({ trigger: 'probe', outcome: 'passed', byId: null });
    expect(await house.db.activity.count({ where: { subjectId: due, kind: 'connection.checked' } })).toBe(0);
  });

  it('leaves the version alone, so that an edit that somebody began still saves', async () => {
    const id = await setUp('edited');
    await makeDue(id);
    expect(await probedHosts()).toEqual(['edited.example']);
    expect((await rowOf(id)).version).toBe(1);
    const params = { environmentId: contoso.environment.id, connectionId: id };
    const saved = await contoso.asAdmin(contract.updateConnection, {
      params,
      body: { name: 'Saved' },
      ifMatch: '"v1"',
    });
    expect(saved.status).toBe(200);
  });

  it('tells what needs somebody from what may pass, and notices when it is well again', async () => {
    const id = await setUp('changing');
    for (const outcome of ['actionRequired', 'failing', 'passed']) {
      await setOutcome(id, 'changing', outcome);
      await makeDue(id);
      await probedHosts();
      const { lastOutcome, lastReason } = await rowOf(id);
      expect(lastOutcome).toBe(outcome);
      if (outcome === 'passed') expect(lastReason).toBeNull();
      else expect(lastReason).toMatchObject({ step: 'authenticate', code: 'keyRejected' });
      house.passSeconds(1);
    }
  });

  it('waits the interval, give or take a tenth, after a pass and after what needs somebody', async () => {
    for (const outcome of ['passed', 'actionRequired']) {
      const id = await setUp(`usual-${outcome.toLowerCase()}`, outcome);
      await makeDue(id);
      await probedHosts();
      const minutes = await minutesUntilNext(id);
      expect(minutes).toBeGreaterThan(intervalMinutes * 0.9 - 0.1);
      expect(minutes).toBeLessThan(intervalMinutes * 1.1);
    }
  });

  it('comes back sooner to what is failing, each time later, and never later than usual', async () => {
    const id = await setUp('failing');
    const waits: number[] = [];
    for (const outcome of ['failing', 'failing', 'failing', 'failing', 'failing', 'failing', 'passed', 'failing']) {
      await setOutcome(id, 'failing', outcome);
      await makeDue(id);
      await probedHosts();
      waits.push(await minutesUntilNext(id));
      house.passSeconds(1);
    }
    [1, 2, 4, 8, 15, 15, 15, 1].forEach((minutes, index) => {
      expect(waits[index]).toBeGreaterThan(minutes * 0.9 - 0.1);
      expect(waits[index]).toBeLessThan(minutes * 1.1 + 0.01);
    });
  });

  it('of two workers checks each connection once', async () => {
    const names = Array.from({ length: 30 }, (_, index) => `shared-${index}`);
    for (const name of names) await makeDue(await setUp(name));
    const before = fakeCalls.length;
    const { signal } = new AbortController();
    await Promise.all([probeDue(house, signal), probeDue(house, signal)]);
    expect(
      fakeCalls
        .slice(before)
        .map(({ host }) => host)
        .sort(),
    ).toEqual(names.map((name) => `${name}.example`).sort());
  });

  it('loses one round and no more when it crashes after a claim', async () => {
    const id = await setUp('crashed');
    await makeDue(id);
    expect(await claimDue(house.db, { now: house.clock.now(), intervalMinutes, limit: 5 })).toMatchObject([{ id }]);
    expect(await probedHosts()).toEqual([]);
    house.passSeconds(intervalMinutes * 60 * 1.1);
    expect(await probedHosts()).toEqual(['crashed.example']);
  });

  it('does not overwrite what is known of newer settings or from a later check', async () => {
    const id = await setUp('slow');
    const { environmentId } = await rowOf(id);
    const old = await findConnection(house.db, environmentId, id);
    if (old === null) throw new Error('The connection is gone.');
    const result: contract.CheckResult = {
      outcome: 'failing',
      startedAt: house.clock.now().toISOString(),
      durationMs: 5,
      steps: [],
    };
    const facts = factsAfter(result, old, { now: house.clock.now(), probeMinutes: 15, random: 0 });
    const keep = () => house.db.$transaction((tx) => keepCheck(tx, old, { result, facts, trigger: 'probe', by: null }));
    await house.db.connection.update({ where: { id }, data: { version: 2 } });
    expect(await keep()).toBe(false);
    await house.db.connection.update({
      where: { id },
      data: { version: 1, lastCheckedAt: new Date(house.clock.now().getTime() + 1000) },
    });
    expect(await keep()).toBe(false);
    expect((await rowOf(id)).lastOutcome).toBe('passed');
    expect(await house.db.connectionCheck.count({ where: { connectionId: id } })).toBe(1);
  });

  it('says what to do about a connection that cannot even be tried', async () => {
    const [gone, old] = [await setUp('gone'), await setUp('old')];
    await house.db.connection.update({ where: { id: gone }, data: { type: 'no-more' } });
    await house.db.connection.update({ where: { id: old }, data: { settings: { colour: 'red' } } });
    await makeDue(gone);
    await makeDue(old);
    expect(await probedHosts()).toEqual([]);
    expect((await rowOf(gone)).lastReason).toMatchObject({ code: 'connectorMissing' });
    expect((await rowOf(old)).lastReason).toMatchObject({ code: 'settingsOutdated' });
  });
});

describe('the worker', () => {
  it('probes by itself, and stopping it cuts a hanging check off without keeping anything of it', async () => {
    const [fine, hanging] = [await setUp('fine'), await setUp('hanging')];
    await setOutcome(hanging, 'hanging', 'hang');
    await makeDue(fine);
    await makeDue(hanging);
    const before = fakeCalls.length;
    const worker = startWorker(house);
    await vi.waitFor(async () => {
      expect(fakeCalls.length).toBe(before + 2);
      expect(await house.db.connectionCheck.count({ where: { connectionId: fine } })).toBe(2);
    });
    const startedAt = Date.now();
    await worker.stop();
    expect(Date.now() - startedAt).toBeLessThan(3_000);
    expect(await house.db.connectionCheck.count({ where: { connectionId: hanging } })).toBe(1);
    expect((await rowOf(hanging)).lastOutcome).toBe('passed');
  });
});
