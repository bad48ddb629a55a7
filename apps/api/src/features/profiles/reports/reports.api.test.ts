import * as contract from '@junction/contracts';
import { type CustomerTally, makeReport } from '@junction/profiles';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { newId } from '../../../platform/ids.ts';
import { retrying } from '../../../platform/transactions.ts';
import { makeEnvironment } from '../../../testing/factories.ts';
import { connectProfiles, withProfiles } from '../../../testing/fake-profiles.ts';
import { openTestHouse, type TestHouse } from '../../../testing/house.ts';
import { remove } from '../../../testing/removals.ts';
import { createOpenReports } from './open-reports.ts';
import { keptProfileCounts, publishReport } from './publish-report.ts';

let house: TestHouse;
let place: Awaited<ReturnType<typeof makeEnvironment>>;
let lake: contract.Connection;
let at: { environmentId: string; connectionId: string };
beforeAll(async () => {
  house = await openTestHouse({ connectors: withProfiles });
});
afterAll(() => house.close());
beforeEach(async () => {
  place = await makeEnvironment(house);
  lake = await connectProfiles(place.asAdmin, place.environment.id, { name: 'Contoso customers' });
  at = { environmentId: place.environment.id, connectionId: lake.id };
});

const threshold = 5;
const columns = { gender: 'Gender', country: 'Country', city: 'City' };

const cell = (gender: string | null, country: string | null, city: string | null, rows: number) => ({
  gender,
  age: null,
  country,
  city,
  income: null,
  rows,
});

/** Some women more or less, so that reports differ. */
const tallyOf = (women: number): CustomerTally => {
  const cells = [
    cell('female', 'DE', 'Berlin', women),
    cell('male', 'DE', 'Berlin', 20),
    cell('female', 'FR', 'Paris', 30),
    cell('male', 'FR', 'Paris', 40),
    cell('other', 'FR', 'Paris', 2),
    cell('other', 'DE', 'Bonn', 7),
  ];
  const rows = cells.reduce((sum, { rows }) => sum + rows, 0);
  return {
    rows,
    malformed: 12,
    ids: { missing: 3, repeated: 0 },
    cells,
    ages: [],
    incomes: [],
    filled: { gender: rows, country: rows, city: rows },
    odd: {
      birthDatesUnreadable: 0,
      birthDatesInFuture: 0,
      birthDatesPlaceholder: 0,
      agesOver120: 0,
      gendersNotUnderstood: 0,
      countriesNotUnderstood: 0,
      incomesUnreadable: 0,
      incomesNegative: 0,
    },
  };
};

const publish = async (women: number, importedAt = new Date(), connectionId = at.connectionId) => {
  const tally = tallyOf(women);
  const report = await makeReport(tally, { threshold, columns });
  const runId = newId();
  await retrying(house.db, (tx) =>
    publishReport(tx, {
      ...report,
      connectionId,
      runId,
      importedAt,
      dataAsOf: new Date('2026-11-01T05:00:00Z'),
      profiles: tally.rows,
      threshold,
    }),
  );
  return runId;
};

const read = (query: contract.ProfileFilter = {}, client = place.asAdmin, params = at) =>
  client(contract.getProfileReport, { params, query });
const list = (client = place.asAdmin) =>
  client(contract.listProfileReports, { params: { environmentId: at.environmentId } });

describe('a report', () => {
  it('shows what was published, by filters or whole', async () => {
    const id = await publish(10, new Date('2026-11-02T06:00:00Z'));
    const { status, body } = await read();
    expect(status).toBe(200);
    expect(body).toMatchObject({
      connection: { id: lake.id, name: 'Contoso customers' },
      id,
      dataAsOf: '2026-11-01T05:00:00.000Z',
      importedAt: '2026-11-02T06:00:00.000Z',
      failedSince: null,
      profiles: 109,
      previousProfiles: null,
      matching: 109,
      threshold,
      trend: [{ at: '2026-11-02T06:00:00.000Z', profiles: 109 }],
      notes: [
        { code: 'missingIds', rows: null },
        { code: 'rowsMalformed', rows: 12 },
      ],
      completeness: [
        { trait: 'gender', column: 'Gender', filled: 109 },
        { trait: 'country', column: 'Country', filled: 109 },
        { trait: 'city', column: 'City', filled: 109 },
      ],
    });
    expect(body.charts).toMatchObject({
      gender: {
        people: 109,
        bars: [
          { key: 'female', people: 40 },
          { key: 'male', people: 60 },
          { key: 'other', people: 9 },
        ],
      },
      country: {
        bars: [
          { key: 'FR', people: 72 },
          { key: 'DE', people: 37 },
        ],
      },
      age: null,
      city: null,
      income: null,
    });

    const filtered = (await read({ country: 'FR' })).body;
    expect(filtered.matching).toBe(72);
    expect(filtered.charts.country?.bars).toEqual(body.charts.country?.bars);
    expect(filtered.charts.gender?.bars.find(({ key }) => key === 'other')?.people).toBeNull();
    expect(filtered.charts.gender?.bars.filter(({ people }) => people === null)).toHaveLength(2);
    expect(filtered.charts.city?.bars).toEqual([{ key: 'Paris', people: 72 }]);
    expect((await read({ country: 'FR', gender: 'other' })).body.matching).toBeNull();
    expect((await read({ country: 'AQ' })).body.matching).toBe(0);
  });

  it('is replaced as a whole, and remembers how many there were', async () => {
    await publish(10, new Date('2026-11-02T06:00:00Z'));
    expect((await read()).body.profiles).toBe(109);
    const id = await publish(20, new Date('2026-11-03T06:00:00Z'));
    const { body } = await read({ gender: 'female' });
    expect(body).toMatchObject({
      id,
      profiles: 119,
      previousProfiles: 109,
      matching: 50,
      trend: [{ profiles: 109 }, { profiles: 119 }],
    });
    expect(await house.db.profileReport.count({ where: { connectionId: lake.id } })).toBe(1);
  });

  it('keeps so many numbers of its trend and no more', async () => {
    const first = Date.parse('2026-01-01T00:00:00Z');
    await house.db.profileCount.createMany({
      data: Array.from({ length: keptProfileCounts }, (_, day) => ({
        connectionId: lake.id,
        at: new Date(first + day * 3_600_000),
        profiles: day,
      })),
    });
    await publish(10, new Date('2026-11-02T06:00:00Z'));
    const { trend } = (await read()).body;
    expect(trend).toHaveLength(keptProfileCounts);
    expect(trend[0]?.profiles).toBe(1);
    expect(trend.at(-1)?.profiles).toBe(109);
  });

  it('says when it could not be made anew since', async () => {
    await publish(10, new Date('2026-11-02T06:00:00Z'));
    const problem = {
      code: 'unauthorized',
      message: 'The key of https://contoso.example was refused.',
      remedy: 'Give another key.',
      isTransient: false,
      phase: 'preparing',
    };
    const fail = (lastRunAt: Date) => {
      const standing = { runState: 'failed', lastRunAt, failingSince: lastRunAt, problem } as const;
      return house.db.profileImport.upsert({
        where: { connectionId: lake.id },
        create: { connectionId: lake.id, environmentId: at.environmentId, mapping: {}, everyHours: 6, ...standing },
        update: standing,
      });
    };
    await fail(new Date('2026-11-01T06:00:00Z'));
    expect((await read()).body.failedSince).toBeNull();
    await fail(new Date('2026-11-03T06:00:00Z'));
    expect((await read()).body.failedSince).toMatchObject({ at: '2026-11-03T06:00:00.000Z', problem });
    await place.asAdmin(contract.grantProfileAccess, { params: at, body: { personId: place.viewer.id } });
    const told = (await read({}, place.asViewer)).body.failedSince?.problem;
    expect(told).toMatchObject({ code: 'unauthorized' });
    expect(told?.message).not.toContain('contoso.example');
    expect(told?.message).not.toContain('export');
    const failed = async () => (await list()).body.value.map(({ hasFailed }) => hasFailed);
    expect(await failed()).toEqual([true]);
    // Another one that has not ended, or that somebody canceled, makes nothing well.
    for (const runState of ['processing', 'canceled'] as const) {
      const lastRunAt = new Date('2026-11-03T07:00:00Z');
      await house.db.profileImport.update({ where: { connectionId: lake.id }, data: { runState, lastRunAt } });
      expect((await read()).body.failedSince).toMatchObject({ at: '2026-11-03T06:00:00.000Z', problem });
      expect(await failed()).toEqual([true]);
    }
  });

  it('comes once: who has it is told that it is the same', async () => {
    await publish(10);
    const first = await read();
    const again = await place.asAdmin(contract.getProfileReport, {
      params: at,
      headers: { 'if-none-match': first.headers.get('etag') ?? '' },
    });
    expect([first.status, again.status]).toEqual([200, 304]);
  });

  it('refuses a city without its country, and filters that there are not', async () => {
    await publish(10);
    const city = await read({ city: 'Paris' } as contract.ProfileFilter);
    expect(city.problem).toMatchObject({ status: 400, errors: [{ field: 'city' }] });
    const other = await read({ shoeSize: '43' } as contract.ProfileFilter);
    expect(other.problem?.status).toBe(400);
  });
});

describe('who may see a report', () => {
  it('is who was given access, admins too, and each look is recorded', async () => {
    const id = await publish(10);
    for (const client of [place.asViewer, place.asContributor]) {
      expect((await read({}, client)).status).toBe(404);
      expect((await list(client)).body.value).toEqual([]);
    }
    await place.asAdmin(contract.grantProfileAccess, { params: at, body: { personId: place.viewer.id } });
    expect((await read({}, place.asViewer)).status).toBe(200);
    expect((await read({ gender: 'female' }, place.asViewer)).status).toBe(200);
    const views = await place.asAdmin(contract.listProfileViews, { params: at, query: {} });
    expect(views.body.value).toMatchObject([{ person: { id: place.viewer.id }, reportId: id, requests: 2 }]);
    await place.asAdmin(contract.revokeProfileAccess, { params: { ...at, personId: place.viewer.id } });
    expect((await read({}, place.asViewer)).status).toBe(404);
  });

  it('sees none of another environment, of a connection that is removed, or that was not imported', async () => {
    expect((await read()).status).toBe(404);
    await publish(10);
    const elsewhere = await makeEnvironment(house);
    expect((await read({}, elsewhere.asAdmin)).status).toBe(404);
    expect((await read({}, place.asAdmin, { ...at, environmentId: elsewhere.environment.id })).status).toBe(404);
    await remove(place.asAdmin, lake);
    expect((await read()).status).toBe(404);
    expect((await list()).body.value).toEqual([]);
  });
});

it('lists reports by name, with those to come', async () => {
  const other = await connectProfiles(place.asAdmin, at.environmentId, { name: 'Adventure customers' });
  await publish(10, new Date('2026-11-02T06:00:00Z'));
  expect((await list()).body.value).toEqual([
    {
      connection: { id: other.id, name: 'Adventure customers' },
      profiles: null,
      dataAsOf: null,
      importedAt: null,
      hasFailed: false,
    },
    {
      connection: { id: lake.id, name: 'Contoso customers' },
      profiles: 109,
      dataAsOf: '2026-11-01T05:00:00.000Z',
      importedAt: '2026-11-02T06:00:00.000Z',
      hasFailed: false,
    },
  ]);
});

describe('reports that are open', () => {
  it('are read once, and again when others took their room', async () => {
    const stored = await makeReport(tallyOf(10), { threshold, columns });
    let loads = 0;
    const load = async () => {
      loads++;
      return stored;
    };
    const roomy = createOpenReports();
    const answers = await Promise.all([roomy('a', load), roomy('a', load)]);
    expect(answers.map((report) => report?.answer({}).matching)).toEqual([109, 109]);
    expect(answers[0]).toBe(answers[1]);
    await roomy('a', load);
    await roomy('b', load);
    const loaded = loads;
    await roomy('a', load);
    expect(loads).toBe(loaded);
    const bytes = answers[0]?.bytes ?? 0;
    const narrow = createOpenReports(bytes);
    await narrow('a', load);
    await narrow('b', load);
    const before = loads;
    await narrow('b', load);
    expect(loads).toBe(before);
    await narrow('a', load);
    expect(loads).toBe(before + 1);
  });

  it('forget one that cannot be opened', async () => {
    const reports = createOpenReports();
    const stored = await makeReport(tallyOf(10), { threshold, columns });
    await expect(reports('a', async () => ({ summary: {}, cells: stored.cells }))).rejects.toThrow();
    expect((await reports('a', async () => stored))?.answer({}).matching).toBe(109);
    expect(await reports('c', async () => undefined)).toBeUndefined();
  });
});
