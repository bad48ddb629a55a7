import * as contract from '@junction/contracts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeEnvironment } from '../../testing/factories.ts';
import { openTestHouse, type TestHouse } from '../../testing/house.ts';
import { allPages } from '../../testing/pages.ts';
import { recordActivity } from './record.ts';

let house: TestHouse;
let place: Awaited<ReturnType<typeof makeEnvironment>>;

const record = (index: number, more: Partial<Parameters<typeof recordActivity>[1]> = {}) =>
  house.db.$transaction((tx) =>
    recordActivity(tx, {
      kind: 'connection.checked',
      environmentId: place.environment.id,
      by: index % 2 === 0 ? place.admin : null,
      from: '192.0.2.1',
      subject: { type: 'connection', id: `subject-${index % 3}`, name: `Lake ${index}` },
      ...more,
    }),
  );

beforeAll(async () => {
  house = await openTestHouse();
  place = await makeEnvironment(house);
  for (let index = 0; index < 9; index += 1) await record(index);
});
afterAll(() => house.close());

type Query = NonNullable<Parameters<typeof place.asAdmin<typeof contract.listActivity>>[1]>['query'];
const list = (query: Query = {}) =>
  place.asAdmin(contract.listActivity, { params: { environmentId: place.environment.id }, query });
const namesOf = async (query: Query) => (await list(query)).body.value.map(({ subject }) => subject.name);

describe('what happened', () => {
  it('is told newest first, in pages that new rows do not disturb', async () => {
    let added = 100;
    const pages = await allPages(
      (skiptoken) => list({ maxpagesize: 4, skiptoken, search: 'Lake' }),
      async () => {
        added += 1;
        await record(added, { subject: { type: 'connection', id: null, name: `Later lake ${added}` } });
      },
    );
    expect(pages.flat().map(({ subject }) => subject.name)).toEqual(
      [8, 7, 6, 5, 4, 3, 2, 1, 0].map((index) => `Lake ${index}`),
    );
  });

  it('cuts off what is very long, before and after, and nothing else', async () => {
    const ids = Array.from({ length: 10_000 }, (_, index) => `id-${index}`);
    await record(0, {
      kind: 'connection.deleted',
      subject: { type: 'connection', id: 'busy', name: 'Busy' },
      before: { filter: { of: ids }, name: 'Busy' },
      after: { inactivated: ids.length, exportIds: ids },
    });
    const [busy] = (await list({ filter: "kind eq 'connection.deleted'" })).body.value;
    expect(busy?.after).toEqual({ inactivated: 10_000, exportIds: expect.stringMatching(/^\["id-0", "id-1", .*…$/) });
    expect(String(busy?.after?.exportIds)).toHaveLength(1_001);
    expect(busy?.before).toEqual({ name: 'Busy', filter: expect.stringMatching(/^\{"of": \["id-0", .*…$/) });
  });

  it('says who, what, on what, when and from where', async () => {
    expect((await list({ search: 'Lake 4' })).body.value).toEqual([
      {
        id: expect.any(String),
        at: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/),
        kind: 'connection.checked',
        by: { id: place.admin.id, name: 'Alex Admin' },
        token: null,
        subject: { type: 'connection', id: 'subject-1', name: 'Lake 4' },
        from: '192.0.2.1',
        before: null,
        after: null,
      },
    ]);
  });

  it('is narrowed down by kind, thing, person, time and text', async () => {
    expect(await namesOf({ filter: "kind eq 'environment.created'" })).toEqual(['Test environment']);
    expect(await namesOf({ filter: "subjectId in ('subject-0')" })).toEqual(['Lake 6', 'Lake 3', 'Lake 0']);
    expect(await namesOf({ filter: `byId eq '${place.admin.id}' and subjectId eq 'subject-0'` })).toEqual([
      'Lake 6',
      'Lake 0',
    ]);
    const { at } = (await list({ search: 'Lake 5' })).body.value[0] ?? { at: '' };
    expect(await namesOf({ filter: `at ge '${at}'`, search: 'Lake 5' })).toEqual(['Lake 5']);
    expect(await namesOf({ filter: `at lt '${at}'`, search: 'Lake 5' })).toEqual([]);
    expect(await namesOf({ search: 'alex', filter: "subjectId eq 'subject-0'" })).toEqual(['Lake 6', 'Lake 0']);
  });

  it.each([
    "kind eq 'nothing.happened'",
    "byId eq 'somebody'",
    "at ge 'yesterday'",
    "at ge '0000-01-01T00:00:00Z'",
    "at lt '2026-01-01T00:00:00+23:59'",
    "at eq '2026-01-01T00:00:00Z'",
    "name eq 'x'",
    "kind ge 'session.created'",
  ])('refuses the filter %s', async (filter) => {
    expect((await list({ filter })).problem).toMatchObject({ status: 400, errors: [{ field: 'filter' }] });
  });

  it('of other environments and of people’s own accounts is not in it', async () => {
    const other = await makeEnvironment(house, 'Other');
    await record(0, { environmentId: other.environment.id, subject: { type: 'connection', id: null, name: 'Theirs' } });
    await record(0, { environmentId: null, subject: { type: 'person', id: place.admin.id, name: 'Own account' } });
    const all = await namesOf({ maxpagesize: 200 });
    expect(all).toContain('Lake 0');
    expect(all).not.toContain('Theirs');
    expect(all).not.toContain('Own account');
  });

  it('cannot be changed or deleted, not even in the database', async () => {
    await expect(house.db.activity.updateMany({ data: { subjectName: 'x' } })).rejects.toThrow('only ever added');
    await expect(house.db.activity.deleteMany()).rejects.toThrow('only ever added');
  });
});
