import * as contract from '@junction/contracts';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { newId } from '../../platform/ids.ts';
import { Prisma } from '../../platform/prisma/client.ts';
import { connect, newConnection } from '../../testing/connections.ts';
import { makeEnvironment, makePerson } from '../../testing/factories.ts';
import { connectProfiles, withProfiles } from '../../testing/fake-profiles.ts';
import { openTestHouse, type TestHouse } from '../../testing/house.ts';
import { remove, restore, usageOf } from '../../testing/removals.ts';
import { purgeRemoved } from '../connections/index.ts';

let house: TestHouse;
let place: Awaited<ReturnType<typeof makeEnvironment>>;
let environmentId: string;
beforeAll(async () => {
  house = await openTestHouse({ connectors: withProfiles, env: { JUNCTION_UNDO_DAYS: '30' } });
});
afterAll(() => house.close());
beforeEach(async () => {
  place = await makeEnvironment(house);
  environmentId = place.environment.id;
});

type Body = contract.BodyInput<typeof contract.createConnection>;
const create = (over: Partial<Body>) =>
  place.asAdmin(contract.createConnection, {
    params: { environmentId },
    body: newConnection({ type: 'fake-profiles', ...over }),
  });
const accessTo = async (connectionId: string) =>
  (await place.asAdmin(contract.listProfileAccess, { params: { environmentId, connectionId } })).body.value;
const importOf = (connectionId: string) => house.db.profileImport.findUnique({ where: { connectionId } });
const liveRuns = () => house.db.run.count({ where: { environmentId, finishedAt: null } });
const rowsOf = async (connectionId: string) => {
  const { db } = house;
  const of = { where: { connectionId } };
  return Promise.all([
    db.profileImport.count(of),
    db.profileReport.count(of),
    db.profileCount.count(of),
    db.profileGrant.count(of),
    db.profileView.count(of),
  ]);
};
/** A report and a view of it, as an import and a reader leave them. */
const leaveReport = async (connectionId: string) => {
  const now = house.clock.now();
  await house.db.profileReport.create({
    data: {
      connectionId,
      runId: newId(),
      importedAt: now,
      profiles: 4_711,
      threshold: 10,
      summary: {},
      cells: new Uint8Array(1),
    },
  });
  await house.db.profileCount.create({ data: { connectionId, at: now, profiles: 4_711 } });
  await house.db.profileView.create({
    data: {
      id: newId(),
      connectionId,
      personId: place.viewer.id,
      personName: 'Vic',
      reportId: newId(),
      firstAt: now,
      lastAt: now,
      requests: 1,
    },
  });
};

describe('setting a connection with profile data up', () => {
  it('gives access to whoever does it and to those they name, and asks for the first import', async () => {
    const mapping = { gender: 'Sex', birthDate: 'Birthday' };
    const personIds = [place.viewer.id, place.admin.id, place.viewer.id];
    const { status, body } = await create({ profiles: { mapping, everyHours: 12, personIds } });
    expect(status).toBe(201);
    expect((await accessTo(body.id)).map(({ person, grantedBy }) => [person.id, grantedBy.id])).toEqual([
      [place.admin.id, place.admin.id],
      [place.viewer.id, place.admin.id],
    ]);
    expect(await importOf(body.id)).toMatchObject({ environmentId, mapping, everyHours: 12 });
    expect(await liveRuns()).toBe(1);
    const told = await house.db.activity.findMany({ where: { subjectId: body.id }, orderBy: { id: 'asc' } });
    expect(told.map(({ kind }) => kind)).toEqual(
      expect.arrayContaining(['connection.created', 'profile-access.granted', 'profile-access.granted']),
    );
    expect(await house.db.notice.count({ where: { environmentId, kind: 'profiles.self-granted' } })).toBe(0);
  });

  it('says who may use it for exports apart from that', async () => {
    const sharing = { sharedWith: 'namedContributors' as const, personIds: [place.contributor.id] };
    const { body } = await create({ sharing, profiles: { mapping: {} } });
    expect(body.sharing.people.map(({ id }) => id)).toEqual([place.contributor.id]);
    expect((await accessTo(body.id)).map(({ person }) => person.id)).toEqual([place.admin.id]);
  });

  it('needs to say what becomes of profiles, which no other type may', async () => {
    const missing = await create({});
    expect(missing.problem).toMatchObject({ status: 400, errors: [{ field: 'profiles', code: 'required' }] });
    const needless = await create({ type: 'fake', profiles: { mapping: {} } });
    expect(needless.problem).toMatchObject({ status: 400, errors: [{ field: 'profiles', code: 'notUsed' }] });
  });

  it('leaves nothing behind when somebody named is no member', async () => {
    const stranger = await makePerson(house);
    const { body: draft } = await place.asAdmin(contract.createConnectionDraft, {
      params: { environmentId },
      body: { type: 'fake-profiles', name: '', settings: {} },
    });
    const reply = await create({ profiles: { mapping: {}, personIds: [stranger.id] }, draftId: draft.id });
    expect(reply.problem).toMatchObject({ status: 400, errors: [{ field: 'profiles.personIds', code: 'notMember' }] });
    expect(await house.db.connection.count({ where: { environmentId } })).toBe(0);
    expect(await liveRuns()).toBe(0);
    expect(await house.db.connectionDraft.count({ where: { id: draft.id } })).toBe(1);
  });

  it('takes the draft away that it was set up from, and nobody else’s', async () => {
    const draft = { environmentId, type: 'fake-profiles', name: '', settings: {}, step: 'review' };
    const mine = { ...draft, id: newId(), personId: place.admin.id };
    const theirs = { ...draft, id: newId(), personId: place.contributor.id };
    await house.db.connectionDraft.createMany({ data: [mine, theirs] });
    expect((await create({ profiles: { mapping: {} }, draftId: theirs.id })).status).toBe(201);
    expect((await create({ profiles: { mapping: {} }, draftId: mine.id })).status).toBe(201);
    expect((await house.db.connectionDraft.findMany({ where: { environmentId } })).map(({ id }) => id)).toEqual([
      theirs.id,
    ]);
  });
});

describe('the import of a connection', () => {
  it('is none of the runs that everybody sees, and is nobody’s to cancel among them', async () => {
    await connectProfiles(place.asAdmin, environmentId);
    const { id: runId } = await house.db.run.findFirstOrThrow({ where: { environmentId } });
    for (const client of [place.asAdmin, place.asContributor]) {
      expect((await client(contract.listRuns, { params: { environmentId } })).body.value).toEqual([]);
      expect((await client(contract.watchRuns, { params: { environmentId } })).body.runs).toEqual([]);
      for (const endpoint of [contract.getRun, contract.listRunParts, contract.cancelRun])
        expect((await client(endpoint, { params: { environmentId, runId } })).status).toBe(404);
    }
    expect(await liveRuns()).toBe(1);
  });
});

describe('the profile data of connections', () => {
  const away = { code: 'unreachable', message: 'The lake does not answer.', isTransient: true };
  const wrongKey = { code: 'keyRejected', message: 'The key is refused.', isTransient: false };
  const runOver = { state: 'failed', phase: 'over', finishedAt: new Date() };

  it('is told with each of them, as the import itself is', async () => {
    const plain = await connect(place.asAdmin, environmentId);
    const lake = await connectProfiles(place.asAdmin, environmentId);
    const at = { environmentId, connectionId: lake.id };
    const { lastRunId } = await house.db.profileImport.findUniqueOrThrow({ where: { connectionId: lake.id } });
    const id = lastRunId ?? '';
    const told = async () => {
      const { value } = (await place.asAdmin(contract.listConnections, { params: { environmentId } })).body;
      const [inList, other] = [lake, plain].map((one) => value.find((found) => found.id === one.id));
      expect(other?.profiles).toBeNull();
      const alone = await place.asAdmin(contract.getConnection, { params: at });
      expect(alone.body).toEqual(inList);
      const { body } = await place.asAdmin(contract.getProfileImport, { params: at });
      expect(body.status).toBe(inList?.profiles?.status);
      return inList?.profiles;
    };
    const stands = async (
      run: Parameters<typeof house.db.run.update>[0]['data'],
      over: { problem?: typeof away } = {},
    ) => {
      const { state } = await house.db.run.update({ where: { id }, data: run });
      await house.db.profileImport.update({ where: { connectionId: lake.id }, data: { runState: state, ...over } });
      return told();
    };
    const nothing = { dataAsOf: null, problem: null };
    expect(lake.profiles).toEqual({ status: 'waiting', ...nothing });
    expect(await told()).toEqual({ status: 'waiting', ...nothing });
    const verifying = { state: 'processing', phase: 'preparing', startedAt: new Date() };
    expect(await stands(verifying)).toEqual({ status: 'verifying', ...nothing });
    expect(await stands({ fixed: {} })).toEqual({ status: 'importing', ...nothing });
    expect(await stands({ phase: 'moving' })).toEqual({ status: 'importing', ...nothing });
    const dataAsOf = new Date('2026-11-08T09:00:00.123Z');
    await leaveReport(lake.id);
    await house.db.profileReport.update({ where: { connectionId: lake.id }, data: { dataAsOf } });
    const asOf = { dataAsOf: dataAsOf.toISOString() };
    expect(await stands({ ...runOver, state: 'successful' })).toEqual({ status: 'active', ...asOf, problem: null });
    expect(await stands(runOver, { problem: away })).toEqual({ status: 'failing', ...asOf, problem: away.message });
    const bad = { status: 'actionRequired', ...asOf, problem: wrongKey.message };
    expect(await stands(runOver, { problem: wrongKey })).toEqual(bad);
    expect(await stands({ state: 'canceled' })).toEqual(bad);
    const again = { state: 'queued', phase: 'waiting', finishedAt: null, fixed: Prisma.DbNull };
    expect(await stands(again)).toEqual({ status: 'waiting', ...asOf, problem: null });
  });

  it('is read with the list, however many there are', async () => {
    for (let count = 0; count < 3; count += 1) await connectProfiles(place.asAdmin, environmentId);
    const queries = vi.spyOn(house.db, '$queryRaw');
    const { body } = await place.asAdmin(contract.listConnections, { params: { environmentId } });
    expect(body.value.map(({ profiles }) => profiles?.status)).toEqual(['waiting', 'waiting', 'waiting']);
    const lists = queries.mock.calls.filter(([sql]) => String(sql).includes('"Connection"'));
    queries.mockRestore();
    expect(lists).toHaveLength(1);
  });
});

describe('removing a connection with profile data', () => {
  it('says what goes with it, and does it only to what was confirmed', async () => {
    const lake = await connectProfiles(place.asAdmin, environmentId, { personIds: [place.viewer.id] });
    const plain = await connect(place.asAdmin, environmentId);
    expect((await usageOf(place.asAdmin, plain)).profiles).toBeNull();
    await leaveReport(lake.id);
    const before = await usageOf(place.asAdmin, lake);
    expect(before.profiles).toEqual({ profiles: 4_711, people: 2, everyHours: 6, isImporting: true });
    const at = { environmentId, connectionId: lake.id };
    await place.asAdmin(contract.grantProfileAccess, { params: at, body: { personId: place.contributor.id } });
    const outdated = await remove(place.asAdmin, lake, { usage: before.etag });
    expect(outdated.problem).toMatchObject({ status: 409, code: 'usageChanged', usage: { profiles: { people: 3 } } });
    expect((await remove(place.asAdmin, lake, { usage: outdated.problem.usage?.etag ?? '' })).status).toBe(200);
  });

  it('cancels its import and shows the report to nobody; undone, all of it is back', async () => {
    const lake = await connectProfiles(place.asAdmin, environmentId, { personIds: [place.viewer.id] });
    await leaveReport(lake.id);
    const { body } = await remove(place.asAdmin, lake);
    expect(body.canceledRuns).toBe(1);
    expect(await liveRuns()).toBe(0);
    expect(await rowsOf(lake.id)).toEqual([1, 1, 1, 2, 1]);
    expect((await restore(place.asAdmin, lake)).status).toBe(200);
    expect((await accessTo(lake.id)).map(({ person }) => person.id)).toEqual([place.admin.id, place.viewer.id]);
    expect((await usageOf(place.asAdmin, lake)).profiles).toMatchObject({ profiles: 4_711, people: 2, everyHours: 6 });
  });

  it('leaves nothing of it after the days to undo, nor does an environment that is deleted', async () => {
    const [lake, other] = [
      await connectProfiles(place.asAdmin, environmentId),
      await connectProfiles(place.asAdmin, environmentId),
    ];
    for (const { id } of [lake, other]) await leaveReport(id);
    await remove(place.asAdmin, lake);
    house.passSeconds(31 * 86_400);
    await purgeRemoved(house, new AbortController().signal);
    expect(await rowsOf(lake.id)).toEqual([0, 0, 0, 0, 0]);
    expect(await rowsOf(other.id)).toEqual([1, 1, 1, 1, 1]);
    await house.db.environment.delete({ where: { id: environmentId } });
    expect(await rowsOf(other.id)).toEqual([0, 0, 0, 0, 0]);
  });
});
