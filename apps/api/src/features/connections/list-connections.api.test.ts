import * as contract from '@junction/contracts';
import { connectionOrderFields } from '@junction/contracts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newId } from '../../platform/ids.ts';
import { connect } from '../../testing/connections.ts';
import { makeEnvironment } from '../../testing/factories.ts';
import { openTestHouse, type TestHouse } from '../../testing/house.ts';

let house: TestHouse;
let contoso: Awaited<ReturnType<typeof makeEnvironment>>;
const at = (minute: number) => new Date(Date.UTC(2026, 0, 1, 0, minute));

/** Connections in every state, several alike in every order, one of a type that is no more. */
const rows = Array.from({ length: 23 }, (_, index) => ({
  name: `${index % 2 === 0 ? 'lake' : 'Lake'} ${String.fromCharCode(65 + ((index * 7) % 23))} 100%_`,
  type: index === 5 ? 'no-more' : 'fake',
  sharedWith: index % 3 === 0 ? 'adminsAndContributors' : 'admins',
  isPaused: index % 5 === 4,
  lastOutcome: [null, 'passed', 'actionRequired', 'failing', 'passed'][index % 5] ?? null,
  lastCheckedAt: index % 5 === 0 ? null : at(index % 4),
  createdAt: at(Math.floor(index / 3)),
}));

beforeAll(async () => {
  house = await openTestHouse();
  contoso = await makeEnvironment(house);
  await house.db.connection.createMany({
    data: rows.map((row) => ({
      id: newId(),
      environmentId: contoso.environment.id,
      settings: { host: 'files.example', secretKnob: 'not for anybody' },
      consentById: contoso.admin.id,
      consentByName: contoso.admin.name,
      consentAt: row.createdAt,
      consentTextVersion: contract.consentTextVersion,
      createdById: contoso.admin.id,
      createdByName: contoso.admin.name,
      ...row,
    })),
  });
});
afterAll(() => house.close());

type Query = Parameters<typeof list>[0];
const list = async (query: Partial<Record<keyof contract.ListQuery, string | number>> = {}) =>
  contoso.asAdmin(contract.listConnections, { params: { environmentId: contoso.environment.id }, query });

/** All pages of a list, by following nextLink. */
const listAll = async (query: Query = {}, betweenPages = async () => {}) => {
  const found: contract.Connection[] = [];
  let skiptoken: string | undefined;
  do {
    const { body } = await list({ ...query, ...(skiptoken === undefined ? {} : { skiptoken }) });
    found.push(...body.value);
    skiptoken =
      body.nextLink === undefined
        ? undefined
        : (new URL(body.nextLink, house.baseUrl).searchParams.get('skiptoken') ?? undefined);
    await betweenPages();
  } while (skiptoken !== undefined);
  return found;
};

const compare = (one: string | number, other: string | number) => (one < other ? -1 : one > other ? 1 : 0);
/** What each order compares, in the words of the answer. */
const keys: Record<(typeof connectionOrderFields)[number], (connection: contract.Connection) => string | number> = {
  name: ({ name }) => name.toLowerCase(),
  type: ({ type }) => (type === 'fake' ? 0 : 1),
  status: ({ status }) => contract.connectionStatuses.indexOf(status),
  sharedWith: ({ sharing }) => sharing.sharedWith,
  usedBy: ({ usedBy }) => usedBy,
  lastCheckedAt: ({ lastCheckedAt }) => lastCheckedAt ?? '',
  createdAt: ({ createdAt }) => createdAt,
};

describe('the list of connections', () => {
  it('is by name, whatever the case, and shows only what the manifest knows', async () => {
    const all = (await list()).body.value;
    expect(all.map(({ name }) => name)).toEqual(
      rows.map(({ name }) => name).sort((one, other) => compare(one.toLowerCase(), other.toLowerCase())),
    );
    expect(all.find(({ type }) => type === 'fake')?.settings).toEqual({ host: 'files.example' });
    expect(all.find(({ type }) => type === 'no-more')?.settings).toEqual({});
  });

  it.each(connectionOrderFields.flatMap((field) => [`${field} asc`, `${field} desc`]))(
    'by %s shows each connection once over all pages',
    async (orderby) => {
      const all = await listAll({ orderby, maxpagesize: 4 });
      expect(new Set(all.map(({ id }) => id)).size).toBe(rows.length);
      const [field, direction] = orderby.split(' ') as [keyof typeof keys, string];
      const sign = direction === 'desc' ? -1 : 1;
      const expected = [...all].sort(
        (one, other) => sign * (compare(keys[field](one), keys[field](other)) || compare(one.id, other.id)),
      );
      expect(all.map(({ id }) => id)).toEqual(expected.map(({ id }) => id));
    },
  );

  it.each(contract.connectionStatuses)('filtered by the status %s is what the facts say', async (status) => {
    const all = await listAll({ filter: `status eq '${status}'` });
    expect(all.map(({ name }) => name).sort()).toEqual(
      rows
        .filter((row) => contract.connectionStatus(row as contract.ConnectionFacts) === status)
        .map(({ name }) => name)
        .sort(),
    );
    expect(all.every((connection) => connection.status === status)).toBe(true);
  });

  it('combines filters and search', async () => {
    const all = await listAll({ filter: "type in ('fake') and sharedWith eq 'admins'", search: 'LAKE B' });
    expect(all.every(({ name, sharing }) => /lake b/i.test(name) && sharing.sharedWith === 'admins')).toBe(true);
    expect((await listAll({ search: 'store' })).length).toBe(rows.length - 1);
    expect((await listAll({ search: '100%_' })).length).toBe(rows.length);
    expect((await listAll({ search: '100%%' })).length).toBe(0);
    expect((await listAll({ search: "'; DROP TABLE" })).length).toBe(0);
  });

  it('neither skips nor repeats what was there throughout while others come and go', async () => {
    const before = (await listAll()).map(({ id }) => id);
    const added: string[] = [];
    const seen = await listAll({ maxpagesize: 3 }, async () => {
      const [first] = added;
      if (first !== undefined) await house.db.connection.deleteMany({ where: { id: first } });
      added.unshift((await connect(contoso.asAdmin, contoso.environment.id, { name: `A ${newId()}` })).id);
    });
    await house.db.connection.deleteMany({ where: { id: { in: added } } });
    expect(seen.map(({ id }) => id).filter((id) => before.includes(id))).toEqual(before);
  });

  it.each([
    ['filter', { filter: "colour eq 'red'" }],
    ['filter', { filter: "status ge 'healthy'" }],
    ['orderby', { orderby: 'colour' }],
    ['skiptoken', { skiptoken: 'bm90IG91cnM' }],
    ['maxpagesize', { maxpagesize: 201 }],
    ['top', { top: 5 }],
  ])('refuses a wrong %s', async (field, query) => {
    expect((await list(query as Query)).problem).toMatchObject({ status: 400, errors: [{ field }] });
  });
});

describe('a token that was tampered with', () => {
  it.each(['9999-99-99 99:99:99+99', '2026-02-31 00:00:00+00', '0000-01-01 00:00:00+00', 'infinity', 'now()'])(
    'is refused when its time is %s',
    async (time) => {
      const token = Buffer.from(JSON.stringify(['createdAt', time, newId()])).toString('base64url');
      expect((await list({ orderby: 'createdAt', skiptoken: token })).problem).toMatchObject({
        status: 400,
        errors: [{ field: 'skiptoken' }],
      });
    },
  );
});

describe('the summary', () => {
  it('counts by type and by status', async () => {
    const { body } = await contoso.asAdmin(contract.getConnectionSummary, {
      params: { environmentId: contoso.environment.id },
    });
    expect(body).toEqual({
      total: 23,
      byType: { fake: 22, 'no-more': 1 },
      byStatus: { notChecked: 5, healthy: 5, actionRequired: 5, failing: 4, paused: 4 },
    });
  });
});

describe('the types of connection', () => {
  it('come with JSON Schema and the words of the form', async () => {
    const { body } = await contoso.asViewer(contract.listConnectors);
    expect(body.value).toMatchObject([
      {
        type: 'fake',
        label: 'Fake store',
        settings: {
          type: 'object',
          required: ['host'],
          additionalProperties: false,
          properties: { host: { label: 'Host' } },
        },
        secrets: { properties: { password: { type: 'string', control: 'secret' } } },
      },
    ]);
  });
});

describe('the sample lake', () => {
  it('is not there outside demo mode', async () => {
    expect((await contoso.asAdmin(contract.getSampleLake)).body).toEqual({ sample: null });
    expect((await contoso.asViewer(contract.getSampleLake)).status).toBe(403);
  });
});
