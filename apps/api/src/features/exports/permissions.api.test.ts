import * as contract from '@junction/contracts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newId } from '../../platform/ids.ts';
import { connect } from '../../testing/connections.ts';
import { makeExport } from '../../testing/exports.ts';
import { makeEnvironment, makePerson, signedIn } from '../../testing/factories.ts';
import { openTestHouse, type TestHouse } from '../../testing/house.ts';
import { createExport } from './create-export.ts';
import { detachExports } from './detach-exports.ts';
import { updateExport } from './update-export.ts';

let house: TestHouse;
let place: Awaited<ReturnType<typeof makeEnvironment>>;
let params: { environmentId: string };
/** For admins; for all contributors; for this one by name; for another one by name. */
let stores: Record<'closed' | 'shared' | 'mine' | 'others', contract.Connection>;

beforeAll(async () => {
  house = await openTestHouse();
  place = await makeEnvironment(house);
  params = { environmentId: place.environment.id };
  const colleague = await makePerson(house, 'Carl Colleague');
  await house.db.member.create({ data: { ...params, personId: colleague.id, role: 'contributor' } });
  const open = (name: string, sharing: contract.Sharing) =>
    connect(place.asAdmin, params.environmentId, { name, sharing });
  stores = {
    closed: await open('Closed', { sharedWith: 'admins', personIds: [] }),
    shared: await open('Shared', { sharedWith: 'adminsAndContributors', personIds: [] }),
    mine: await open('Mine', { sharedWith: 'namedContributors', personIds: [place.contributor.id] }),
    others: await open('Others', { sharedWith: 'namedContributors', personIds: [colleague.id] }),
  };
});
afterAll(() => house.close());

type Situation = { over: keyof typeof stores | null; lost?: contract.Sharing['sharedWith']; lostByName?: boolean };
const make = ({ over, lost, lostByName }: Situation) =>
  makeExport(house, params.environmentId, {
    connectionId: over === null ? null : stores[over].id,
    plan: { type: 'interval', everyMinutes: 60 },
    ...(lost && {
      lostConnectionId: stores.closed.id,
      lostConnectionName: 'Lost',
      lostConnectionType: 'fake',
      lostSharedWith: lost,
      lostSharedWithIds: lostByName ? [place.contributor.id] : [],
    }),
  });

type Client = typeof place.asAdmin;
const isDone = async (reply: Promise<{ status: number; body: contract.BulkResult }>) => {
  const { status, body } = await reply;
  return status === 200 && body.done.length === 1;
};
/** Each deed through the API; true when it was done. */
const deeds: Record<contract.ExportDeed, (as: Client, id: string) => Promise<boolean>> = {
  view: async (as, exportId) =>
    (await as(contract.getExport, { params: { ...params, exportId } })).status === 200 &&
    (await as(contract.listExports, { params, query: { maxpagesize: 200 } })).status === 200,
  edit: async (as, exportId) =>
    (
      await as(contract.updateExport, {
        params: { ...params, exportId },
        body: { folder: 'changed' },
        ifMatch: '*',
      })
    ).status === 200,
  run: async (as, exportId) => {
    const { status, body } = await as(contract.runExport, { params: { ...params, exportId } });
    const canceled = await as(contract.cancelRun, { params: { ...params, runId: body.id ?? newId() } });
    return (
      status === 201 &&
      canceled.status === 200 &&
      isDone(as(contract.runExports, { params, body: { exportIds: [exportId] } }))
    );
  },
  duplicate: (as, id) => isDone(as(contract.duplicateExports, { params, body: { exportIds: [id] } })),
  schedule: (as, id) => isDone(as(contract.scheduleExports, { params, body: { exportIds: [id], set: 'on' } })),
  detach: (as, id) => isDone(as(contract.detachExports, { params, body: { exportIds: [id] } })),
  connect: async (as, exportId) =>
    (
      await as(contract.updateExport, {
        params: { ...params, exportId },
        body: { connectionId: stores.shared.id },
        ifMatch: '*',
      })
    ).status === 200 &&
    (await isDone(
      as(contract.connectExports, { params, body: { exportIds: [exportId], connectionId: stores.shared.id } }),
    )),
  remove: async (as, exportId) =>
    (await as(contract.deleteExport, { params: { ...params, exportId }, ifMatch: '*' })).status === 204,
};

const everything = ['view', 'edit', 'run', 'duplicate', 'schedule', 'detach', 'connect', 'remove'];
const withoutConnection = everything.filter((deed) => deed !== 'run' && deed !== 'detach');

/** Written down apart from exportRules. */
const table: [role: contract.Role, situation: string, Situation, may: string[]][] = [
  ['admin', 'over a connection for admins', { over: 'closed' }, everything],
  ['admin', 'over one that others are named for', { over: 'others' }, everything],
  ['admin', 'that was never connected', { over: null }, withoutConnection],
  ['admin', 'that lost its connection', { over: null, lost: 'admins' }, withoutConnection],
  ['contributor', 'over one shared with all contributors', { over: 'shared' }, everything],
  ['contributor', 'over one shared with them by name', { over: 'mine' }, everything],
  ['contributor', 'over one shared with others by name', { over: 'others' }, ['view']],
  ['contributor', 'over one for admins', { over: 'closed' }, ['view']],
  [
    'contributor',
    'over one for admins that lost a shared one before',
    { over: 'closed', lost: 'adminsAndContributors' },
    ['view'],
  ],
  ['contributor', 'that was never connected', { over: null }, ['view']],
  ['contributor', 'that lost one for admins', { over: null, lost: 'admins' }, ['view']],
  ['contributor', 'that lost a shared one', { over: null, lost: 'adminsAndContributors' }, ['view', 'connect']],
  [
    'contributor',
    'that lost one shared with them by name',
    { over: null, lost: 'namedContributors', lostByName: true },
    ['view', 'connect'],
  ],
  ['contributor', 'that lost one shared with others by name', { over: null, lost: 'namedContributors' }, ['view']],
  ['viewer', 'over one shared with all contributors', { over: 'shared' }, ['view']],
  ['viewer', 'that lost a shared one', { over: null, lost: 'adminsAndContributors' }, ['view']],
];

describe('the rights to an export', () => {
  it.each(table)('%s, %s', async (role, _situation, situation, may) => {
    const as = { admin: place.asAdmin, contributor: place.asContributor, viewer: place.asViewer }[role];
    const done: string[] = [];
    for (const [deed, attempt] of Object.entries(deeds)) {
      const { id } = await make(situation);
      if (await attempt(as, id)) done.push(deed);
      else expect(await house.db.export.findUnique({ where: { id } })).toMatchObject({ version: 1 });
    }
    expect(done).toEqual(may);
    const { id } = await make(situation);
    const { body } = await as(contract.getExport, { params: { ...params, exportId: id } });
    expect([...contract.exportRights(role, body.access)].sort()).toEqual([...may].sort());
  });
});

describe('rights that are lost in the meantime', () => {
  /** The actor as the request found them, before somebody else changed their place in the environment. */
  const actorBefore = (role: contract.Role): contract.Actor => ({
    id: place.contributor.id,
    name: 'Cleo Contributor',
    email: '',
    sessionId: '',
    memberships: { [params.environmentId]: role },
  });
  const asked = { from: { address: '192.0.2.1', client: '' }, expectedVersion: 'any' as const };
  const rest = {
    query: {},
    nextLink: () => '',
    signal: new AbortController().signal,
    tell: () => {},
    setSession: () => {},
    signInToken: undefined,
    setSignInToken: () => {},
    wantsEvents: false,
  };
  const become = (role: contract.Role) =>
    house.db.member.updateMany({ where: { ...params, personId: place.contributor.id }, data: { role } });

  it('do not reach: role and sharing are read again in the transaction that writes', async () => {
    const { id } = await make({ over: 'shared' });
    await become('viewer');
    const actor = actorBefore('contributor');
    const edit = updateExport(house, actor, {
      ...asked,
      ...rest,
      params: { ...params, exportId: id },
      body: { folder: 'x' },
    });
    await expect(edit).rejects.toMatchObject({ code: 'forbidden' });
    const body = contract.NewExport.parse({ name: 'N', connectionId: stores.shared.id, entities: [{ entityId: id }] });
    await expect(createExport(house, actor, { ...asked, ...rest, params, body })).rejects.toMatchObject({
      code: 'forbidden',
    });
    const { refused } = await detachExports(house, actor, { ...asked, ...rest, params, body: { exportIds: [id] } });
    expect(refused).toMatchObject([{ id, code: 'forbidden', message: expect.stringContaining('Viewers') }]);
    await become('contributor');
    const admin = actorBefore('admin');
    const { id: theirs } = await make({ over: 'closed' });
    const late = updateExport(house, admin, {
      ...asked,
      ...rest,
      params: { ...params, exportId: theirs },
      body: { folder: 'x' },
    });
    await expect(late).rejects.toMatchObject({ code: 'forbidden', message: expect.stringContaining('Ask an admin') });
  });

  it('do not reach for who has left', async () => {
    const { id } = await make({ over: 'shared' });
    const leaver = await makePerson(house, 'Lea Leaver');
    await house.db.member.create({ data: { ...params, personId: leaver.id, role: 'admin' } });
    const asLeaver = await signedIn(house, leaver.id);
    expect((await asLeaver(contract.getExport, { params: { ...params, exportId: id } })).status).toBe(200);
    await house.db.member.deleteMany({ where: { ...params, personId: leaver.id } });
    const actor = { ...actorBefore('admin'), id: leaver.id };
    const edit = updateExport(house, actor, {
      ...asked,
      ...rest,
      params: { ...params, exportId: id },
      body: { folder: 'x' },
    });
    await expect(edit).rejects.toMatchObject({ code: 'notFound' });
  });
});
