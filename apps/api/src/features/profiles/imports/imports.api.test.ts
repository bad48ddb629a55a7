import * as contract from '@junction/contracts';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { newId } from '../../../platform/ids.ts';
import { makeConnection } from '../../../testing/connections.ts';
import { workOff } from '../../../testing/fake-run-steps.ts';
import { tablesWith } from './testing/find-value.ts';
import { canary, type InsightsHouse, mapping, openInsightsHouse, wrongKey } from './testing/insights-lake.ts';

let world: InsightsHouse;
let params: InsightsHouse['params'];
let place: InsightsHouse['place'];
beforeAll(async () => {
  world = await openInsightsHouse();
  ({ params, place } = world);
  await workOff(world.house);
});
afterAll(() => world.close());
afterEach(() => world.lake.clearFaults());

const read = async () => (await place.asAdmin(contract.getProfileImport, { params })).body;
const update = (body: contract.UpdateProfileImport) => place.asAdmin(contract.updateProfileImport, { params, body });
const pause = (isPaused: boolean) =>
  world.house.db.environment.update({
    where: { id: params.environmentId },
    data: { pausedAt: isPaused ? world.house.clock.now() : null },
  });

describe('how profile data is imported', () => {
  it('can be changed; another interval counts from now', async () => {
    const { status, body } = await update({ everyHours: 24 });
    expect(status).toBe(200);
    expect(body).toMatchObject({ everyHours: 24, mapping, status: 'active' });
    const inHours = (Date.parse(body.nextAt ?? '') - world.house.clock.now().getTime()) / 3_600_000;
    expect(inHours).toBeGreaterThan(23.9);
    expect(inHours).toBeLessThanOrEqual(24);
    for (const everyHours of [0, 169, 1.5])
      expect((await update({ everyHours })).problem).toMatchObject({ errors: [{ field: 'everyHours' }] });
  });

  it('with another mapping is imported at once, which is told', async () => {
    const before = await read();
    const { city: _city, ...rest } = mapping;
    const { body } = await update({ mapping: rest });
    expect(body).toMatchObject({ status: 'waiting', mapping: rest, last: { trigger: 'manual', state: 'queued' } });
    expect(body.last?.id).not.toBe(before.last?.id);
    await workOff(world.house);
    expect(await read()).toMatchObject({ status: 'active', report: { profiles: 60 } });
    const told = await world.house.db.activity.findFirstOrThrow({
      where: { subjectId: params.connectionId, kind: 'import.updated' },
      orderBy: { id: 'desc' },
    });
    expect(told).toMatchObject({ before: { mapping }, after: { mapping: rest }, byName: 'Alex Admin' });
    // The same again is no change.
    expect((await update({ mapping: rest })).body.status).toBe('active');
    await update({ mapping });
    await workOff(world.house);
  });

  it('names columns that there are', async () => {
    const { problem } = await update({ mapping: { ...mapping, city: 'Town' } });
    expect(problem).toMatchObject({
      status: 400,
      errors: [{ field: 'mapping.city', message: expect.stringContaining('"Town"') }],
    });
    expect((await read()).mapping).toEqual(mapping);
  });

  it('is kept while the environment is paused, and imported as soon as it is resumed', async () => {
    await pause(true);
    const { income: _income, ...rest } = mapping;
    const { body } = await update({ mapping: rest });
    expect(body).toMatchObject({ status: 'active', mapping: rest, nextAt: null });
    await pause(false);
    expect(Date.parse((await read()).nextAt ?? '')).toBeLessThanOrEqual(world.house.clock.now().getTime());
    await update({ mapping });
    await workOff(world.house);
  });

  it('that is changed while an import is under way is imported after it', async () => {
    await place.asAdmin(contract.startProfileImport, { params });
    const { gender: _gender, ...rest } = mapping;
    const { body } = await update({ mapping: rest });
    expect(Date.parse(body.nextAt ?? '')).toBeLessThanOrEqual(world.house.clock.now().getTime());
    await workOff(world.house);
    await update({ mapping });
    await workOff(world.house);
  });
});

describe('the columns of the customers', () => {
  const columns: contract.ProfileColumns = {
    columns: [
      { name: 'CustomerId', shapes: expect.arrayContaining(['99']) },
      { name: 'FullName', shapes: expect.arrayContaining(['Aaaaaaaaaaaaa 99']) },
      { name: 'Gender', shapes: expect.arrayContaining(['Aaaa', 'Aaaaaa']) },
      { name: 'BirthDate', shapes: ['9999-99-99'] },
      { name: 'Country', shapes: ['Aaaaaaa'] },
      { name: 'City', shapes: ['Aaaaaa'] },
      { name: 'PostalCode', shapes: ['99999'] },
      { name: 'AnnualIncome', shapes: ['99999'] },
    ],
    proposed: mapping,
  };
  const draft = (over: { type?: string; secrets?: Record<string, string> } = {}) => {
    const { settings } = world;
    const body = { type: 'audience-insights', settings, secrets: world.secrets, ...over };
    return place.asAdmin(contract.readDraftProfileColumns, {
      params: { environmentId: params.environmentId },
      body,
    });
  };

  it('are told by what their values look like, and never by a value', async () => {
    const stored = await place.asAdmin(contract.getProfileColumns, { params });
    expect(stored.body).toEqual(columns);
    const typed = await draft();
    expect(typed.body).toEqual(columns);
    for (const { text } of [stored, typed]) {
      expect(text).not.toContain(canary);
      expect(text).not.toMatch(/Bremen|Germany|28195|1980/);
    }
    expect(await tablesWith(world.house, canary)).toEqual([]);
  });

  it('cannot be read with a wrong key, nor of other types', async () => {
    const refused = await draft({ secrets: { accountKey: wrongKey } });
    expect(refused.problem).toMatchObject({ status: 422, code: 'sourceUnreadable' });
    expect(refused.text).not.toContain(wrongKey);
    expect((await draft({ type: 'nothing' })).problem).toMatchObject({ errors: [{ field: 'type' }] });
    expect((await draft({ secrets: {} })).problem).toMatchObject({ errors: [{ field: 'secrets.accountKey' }] });
  });

  it('cannot be asked for too often', async () => {
    const { problem } = await (async () => {
      for (let time = 0; time < 40; time += 1) {
        const reply = await draft({ secrets: { accountKey: wrongKey } });
        if (reply.status === 429) return reply;
      }
      throw new Error('It can be asked for without end.');
    })();
    expect(problem).toMatchObject({ status: 429 });
  });
});

it('a connection of another type has none of it', async () => {
  const other = await makeConnection(world.house, params.environmentId, { type: 'local-folder', settings: {} });
  const at = { params: { ...params, connectionId: other.id } };
  const missing = { params: { ...params, connectionId: newId() } };
  for (const where of [at, missing]) {
    const replies = [
      await place.asAdmin(contract.getProfileImport, where),
      await place.asAdmin(contract.listProfileImports, where),
      await place.asAdmin(contract.startProfileImport, where),
      await place.asAdmin(contract.cancelProfileImport, where),
      await place.asAdmin(contract.getProfileColumns, where),
      await place.asAdmin(contract.updateProfileImport, { ...where, body: { everyHours: 1 } }),
    ];
    expect(replies.map(({ status }) => status)).toEqual([404, 404, 404, 404, 404, 404]);
  }
});

it('imports are listed page by page, the newest first', async () => {
  const list = async (query: Record<string, unknown> = {}) =>
    (await place.asAdmin(contract.listProfileImports, { params, query })).body;
  const all = (await list()).value.map(({ id }) => id);
  expect(all.length).toBeGreaterThan(2);
  expect(all).toEqual(all.toSorted().reverse());
  const first = await list({ maxpagesize: 2 });
  expect(first.value.map(({ id }) => id)).toEqual(all.slice(0, 2));
  const skiptoken = new URL(first.nextLink ?? '', 'http://x').searchParams.get('skiptoken') ?? '';
  const second = await list({ maxpagesize: 2, skiptoken });
  expect(second.value.map(({ id }) => id)).toEqual(all.slice(2, 4));
});
