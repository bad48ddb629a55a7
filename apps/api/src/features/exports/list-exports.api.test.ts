import * as contract from '@junction/contracts';
import { exportOrderFields } from '@junction/contracts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newId } from '../../platform/ids.ts';
import { connect } from '../../testing/connections.ts';
import { makeEntity, makeExport, makeManyExports } from '../../testing/exports.ts';
import { makeEnvironment } from '../../testing/factories.ts';
import { openTestHouse, type TestHouse } from '../../testing/house.ts';
import { allPages } from '../../testing/pages.ts';

let house: TestHouse;
let place: Awaited<ReturnType<typeof makeEnvironment>>;
let environmentId: string;
let shared: contract.Connection;
let closed: contract.Connection;

const day = (number: number) => new Date(Date.UTC(2026, 0, number));
const plans = [
  null,
  { type: 'interval', everyMinutes: 60 },
  { type: 'cron', expression: '0 6 * * *', timeZone: 'UTC' },
  { type: 'daily', times: ['08:00'], timeZone: 'UTC' },
];

/** Exports in every state, several alike in every order, of a lost type that no connector has among them. */
beforeAll(async () => {
  house = await openTestHouse();
  place = await makeEnvironment(house);
  environmentId = place.environment.id;
  const sharing = { sharedWith: 'adminsAndContributors' as const };
  shared = await connect(place.asAdmin, environmentId, { name: 'marketing Store', sharing });
  closed = await connect(place.asAdmin, environmentId, { name: 'Archive' });
  const entity = await makeEntity(house, { environmentId, connectionId: closed.id });
  const connectionIds = [shared.id, closed.id, null];
  for (let index = 0; index < 24; index += 1) {
    const connectionId = connectionIds[index % 3] ?? null;
    const hasLost = index % 6 === 5;
    await makeExport(house, environmentId, {
      name: `${index % 2 === 0 ? 'crm' : 'CRM'} ${String.fromCharCode(65 + ((index * 7) % 24))} 100%_`,
      connectionId,
      entities: index % 4 === 0 ? [entity] : [],
      runState: [null, ...contract.runStates][index % 7] ?? null,
      refreshedAt: index % 5 === 0 ? null : day(1 + (index % 4)),
      plan: plans[index % 4] ?? undefined,
      scheduleOn: index % 4 > 0 && index % 8 < 4,
      lostEntities: index === 1 ? 1 : 0,
      ...(hasLost && {
        lostConnectionId: newId(),
        lostConnectionName: 'Lost place',
        lostConnectionType: 'no-more',
        lostSharedWith: index === 5 ? 'adminsAndContributors' : 'admins',
        lostAt: day(9),
        lostById: place.admin.id,
        lostByName: 'Alex Admin',
        removalId: index === 5 ? newId() : null,
      }),
    });
  }
});
afterAll(() => house.close());

type Query = Partial<Record<keyof contract.ListQuery, string | number>>;
const list = (query: Query = {}, as = place.asAdmin) => as(contract.listExports, { params: { environmentId }, query });
const listAll = async (query: Query = {}) =>
  (await allPages((skiptoken) => list({ ...query, ...(skiptoken === undefined ? {} : { skiptoken }) }))).flat();

const compare = (one: string | number, other: string | number) => (one < other ? -1 : one > other ? 1 : 0);
const planRank = ({ isOn, plan }: contract.Schedule) =>
  plan === null ? 99 : (isOn ? 0 : 50) + contract.planTypes.indexOf(plan.type);
/** What each order compares, in the words of the answer. */
const keys: Record<(typeof exportOrderFields)[number], (row: contract.ExportRow) => string | number> = {
  name: ({ name }) => name.toLowerCase(),
  type: ({ type }) => [null, 'fake', 'no-more'].indexOf(type),
  status: ({ status }) => contract.exportStatuses.indexOf(status),
  refreshedAt: ({ refreshedAt }) => refreshedAt ?? '',
  schedule: ({ schedule }) => planRank(schedule),
  connection: ({ connection }) => connection?.name.toLowerCase() ?? '',
};

describe('the list of exports', () => {
  const orders = exportOrderFields.flatMap((field) => [
    [field, field, 1] as const,
    [`${field} desc`, field, -1] as const,
  ]);

  it.each(orders)(
    'ordered by %s has each once, in that order, over pages of any size',
    async (orderby, field, sign) => {
      for (const maxpagesize of [5, 24]) {
        const all = await listAll({ orderby, maxpagesize });
        expect(new Set(all.map(({ id }) => id)).size).toBe(24);
        const sorted = all.toSorted(
          (one, other) => sign * (compare(keys[field](one), keys[field](other)) || compare(one.id, other.id)),
        );
        expect(all.map(({ name }) => name)).toEqual(sorted.map(({ name }) => name));
      }
    },
  );

  it('gives each the status that follows from its facts', async () => {
    for (const row of await listAll()) {
      const stored = await house.db.export.findUniqueOrThrow({ where: { id: row.id } });
      const facts = {
        hasConnection: stored.connectionId !== null,
        hasLostEntities: stored.lostEntities > 0,
        runState: stored.runState as contract.RunState | null,
      };
      expect(row.status).toBe(contract.exportStatus(facts));
      const found = await listAll({ filter: `status eq '${row.status}'` });
      expect(found.map(({ id }) => id)).toContain(row.id);
    }
  });

  it('says why one is inactive', async () => {
    const all = await listAll({ filter: "status eq 'inactive'" });
    const reasons = Object.groupBy(all, ({ inactive }) => inactive?.because ?? 'none');
    const { neverConnected = [], connectionDetached = [], connectionRemoved = [], sourceRemoved = [] } = reasons;
    expect([neverConnected, connectionDetached, connectionRemoved, sourceRemoved].map(({ length }) => length)).toEqual([
      4, 3, 1, 0,
    ]);
    expect(connectionRemoved[0]).toMatchObject({
      connection: null,
      type: 'no-more',
      inactive: {
        connection: { name: 'Lost place', type: 'no-more' },
        at: day(9).toISOString(),
        by: { id: place.admin.id, name: 'Alex Admin' },
      },
    });
  });

  it('is narrowed down by status, connection and type', async () => {
    const count = async (filter: string) => (await listAll({ filter })).length;
    expect(await count(`connection eq '${shared.id}'`)).toBe(8);
    expect(await count(`connection in ('none','${shared.id.toUpperCase()}')`)).toBe(16);
    expect(await count("connection eq 'none'")).toBe(8);
    expect(await count("type eq 'no-more'")).toBe(4);
    expect(await count("type eq 'fake' and connection eq 'none'")).toBe(0);
    const processing = await listAll({ filter: "status in ('processing','queued') and type eq 'fake'" });
    expect(new Set(processing.map(({ status }) => status))).toEqual(new Set(['processing', 'queued']));
  });

  it.each(["connection eq 'nope'", "name eq 'x'", 'nonsense', "status ge 'failed'"])(
    'refuses the filter %s',
    async (filter) => {
      expect((await list({ filter })).problem).toMatchObject({ status: 400, errors: [{ field: 'filter' }] });
    },
  );

  it('refuses unknown orders, tokens and parameters by field', async () => {
    const fieldOf = async (query: Record<string, string>) => (await list(query)).problem.errors?.[0]?.field;
    expect(await fieldOf({ orderby: 'folder' })).toBe('orderby');
    expect(await fieldOf({ skiptoken: 'x' })).toBe('skiptoken');
    expect(await fieldOf({ more: 'x' })).toBe('more');
  });

  it('is searched by name, connection, lost connection and what types are called', async () => {
    const count = async (search: string) => (await listAll({ search })).length;
    expect(await count('crm h 100%_')).toBe(1);
    expect(await count('%')).toBe(24);
    expect(await count('MARKETING')).toBe(8);
    expect(await count('lost PLACE')).toBe(4);
    expect(await count('fake store')).toBe(16);
    expect(await count('no-more')).toBe(4);
    expect(await count("'; drop table")).toBe(0);
  });

  it('is the same for everybody but for what each may do with it', async () => {
    const [admin, contributor, viewer] = await Promise.all(
      [place.asAdmin, place.asContributor, place.asViewer].map(async (as) => (await list({}, as)).body.value),
    );
    const bare = (rows: contract.ExportRow[] = []) => rows.map(({ access: _access, ...row }) => row);
    expect(bare(contributor)).toEqual(bare(admin));
    expect(bare(viewer)).toEqual(bare(admin));
    const may = (rows: contract.ExportRow[] = [], role: contract.Role, deed: contract.ExportDeed) =>
      rows.filter(({ access }) => contract.exportRights(role, access).includes(deed)).length;
    expect([
      may(admin, 'admin', 'edit'),
      may(contributor, 'contributor', 'edit'),
      may(viewer, 'viewer', 'edit'),
    ]).toEqual([24, 8, 0]);
    expect(may(contributor, 'contributor', 'connect')).toBe(8 + 1);
  });

  it('shows how many entities each has', async () => {
    const counts = (await listAll()).map(({ entityCount }) => entityCount);
    expect(counts.filter((count) => count === 1)).toHaveLength(6);
  });

  it('is not there for people of other environments', async () => {
    const other = await makeEnvironment(house, 'Other');
    expect((await list({}, other.asAdmin)).status).toBe(404);
    const theirs = await other.asAdmin(contract.listExports, { params: { environmentId: other.environment.id } });
    expect(theirs.body).toEqual({ value: [] });
  });
});

describe('the summary of exports', () => {
  it('adds up to the list', async () => {
    const all = await listAll();
    const { body } = await place.asViewer(contract.getExportSummary, { params: { environmentId } });
    const countBy = (keyOf: (row: contract.ExportRow) => string) =>
      Object.fromEntries(Object.entries(Object.groupBy(all, keyOf)).map(([key, rows]) => [key, rows?.length]));
    expect(body).toEqual({
      total: 24,
      byStatus: countBy(({ status }) => status),
      byType: { fake: 16, 'no-more': 4 },
      byConnection: [
        { id: closed.id, name: 'Archive', count: 8 },
        { id: shared.id, name: 'marketing Store', count: 8 },
      ],
      withoutConnection: 8,
    });
  });
});

describe('very many exports', () => {
  it('are listed a page at a time', async () => {
    const many = await makeEnvironment(house, 'Many');
    const at = { environmentId: many.environment.id };
    await makeManyExports(house, { ...at, owner: many.admin, count: 1_000, connectionIds: [] });
    const { body } = await many.asViewer(contract.listExports, { params: at, query: { maxpagesize: 200 } });
    expect(body.value).toHaveLength(200);
    expect(body.value[0]?.name).toMatch(/^Export 000001 /);
    expect((await many.asViewer(contract.getExportSummary, { params: at })).body).toMatchObject({
      total: 1_000,
      withoutConnection: 1_000,
      byConnection: [],
    });
  });
});
