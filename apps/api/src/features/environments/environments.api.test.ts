import * as contract from '@junction/contracts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newId } from '../../platform/ids.ts';
import { makeConnection } from '../../testing/connections.ts';
import { makeEntity, makeExport } from '../../testing/exports.ts';
import { makeEnvironment, makePerson, signedIn } from '../../testing/factories.ts';
import { openTestHouse, type TestHouse } from '../../testing/house.ts';
import { allPages } from '../../testing/pages.ts';
import { makeRun } from '../../testing/runs.ts';
import { addEnvironment } from './add-environment.ts';

let house: TestHouse;
beforeAll(async () => {
  house = await openTestHouse();
});
afterAll(() => house.close());

const addFor = (owner: { id: string; name: string }, name: string) =>
  house.db.$transaction((tx) =>
    addEnvironment(tx, { name, type: 'sandbox', owner, now: house.clock.now(), from: null }),
  );

describe('listing environments', () => {
  it('shows mine by name with my role, in pages, and finds by part of a name', async () => {
    const person = await makePerson(house);
    const browser = await signedIn(house, person.id);
    for (const name of ['beta', 'Alpha', 'gamma', 'Beta']) await addFor(person, name);
    const { environment } = await makeEnvironment(house, 'Delta');
    await house.db.member.create({ data: { environmentId: environment.id, personId: person.id, role: 'viewer' } });
    await makeEnvironment(house, 'Not mine');
    const pages = await allPages((skiptoken) =>
      browser(contract.listEnvironments, { query: { maxpagesize: 2, skiptoken } }),
    );
    expect(pages.map(({ length }) => length)).toEqual([2, 2, 1]);
    const names = pages.flat().map(({ name, role }) => `${name} ${role}`);
    expect(names.map((name) => name.toLowerCase())).toEqual([
      'alpha admin',
      'beta admin',
      'beta admin',
      'delta viewer',
      'gamma admin',
    ]);
    const found = (await browser(contract.listEnvironments, { query: { search: 'ET' } })).body.value;
    expect(found.map(({ name }) => name).sort()).toEqual(['Beta', 'beta']);
  });
});

describe('creating an environment', () => {
  it('makes the admin its owner; names need not be unique', async () => {
    const { asAdmin, admin, environment } = await makeEnvironment(house, 'Twin');
    const reply = await asAdmin(contract.createEnvironment, { body: { name: 'Twin', type: 'sandbox' } });
    expect(reply).toMatchObject({
      status: 201,
      body: { name: 'Twin', type: 'sandbox', role: 'admin', owner: { id: admin.id, name: admin.name }, etag: '"v1"' },
    });
    expect(reply.body.id).not.toBe(environment.id);
    expect(await house.db.activity.findMany({ where: { environmentId: reply.body.id } })).toMatchObject([
      { kind: 'environment.created', byId: admin.id, address: '127.0.0.1', after: { name: 'Twin', type: 'sandbox' } },
    ]);
  });

  it('is only for somebody who is an admin somewhere', async () => {
    const { asContributor } = await makeEnvironment(house);
    const reply = await asContributor(contract.createEnvironment, { body: { name: 'Mine' } });
    expect(reply.problem).toMatchObject({ status: 403, code: 'forbidden' });
  });
});

describe('changing an environment', () => {
  it('renames it on top of the version that was seen, and refuses a stale change', async () => {
    const { asAdmin, asViewer, environment } = await makeEnvironment(house, 'Old');
    const params = { environmentId: environment.id };
    const reply = await asAdmin(contract.updateEnvironment, { params, body: { name: 'New' }, ifMatch: '"v1"' });
    expect(reply.body).toMatchObject({ name: 'New', etag: '"v2"' });
    const stale = await asAdmin(contract.updateEnvironment, { params, body: { name: 'Newer' }, ifMatch: '"v1"' });
    expect(stale.problem).toMatchObject({ status: 412, code: 'preconditionFailed' });
    expect((await asViewer(contract.getEnvironment, { params })).body).toMatchObject({ name: 'New', role: 'viewer' });
    const rows = await house.db.activity.findMany({
      where: { environmentId: environment.id, kind: 'environment.updated' },
    });
    expect(rows).toMatchObject([{ before: { name: 'Old' }, after: { name: 'New' } }]);
  });

  it('pauses its runs and lets them go on, each once and by name', async () => {
    const { asAdmin, asViewer, environment } = await makeEnvironment(house);
    const params = { environmentId: environment.id };
    const pause = (isPaused: boolean) =>
      asAdmin(contract.updateEnvironment, { params, body: { isPaused }, ifMatch: '*' });
    const pausedAt = async () => (await asViewer(contract.getEnvironment, { params })).body.pausedAt;
    expect(await pausedAt()).toBeNull();
    const paused = (await pause(true)).body;
    expect(Date.parse(paused.pausedAt ?? '')).toBeGreaterThan(house.clock.now().getTime() - 60_000);
    house.passSeconds(60);
    expect((await pause(true)).body).toEqual(paused);
    expect(await pausedAt()).toBe(paused.pausedAt);
    expect((await pause(false)).body).toMatchObject({ pausedAt: null, etag: '"v3"' });
    const rows = await house.db.activity.findMany({
      where: { environmentId: environment.id, kind: 'environment.updated' },
      orderBy: { id: 'asc' },
    });
    expect(rows).toMatchObject([
      { before: { isPaused: false }, after: { isPaused: true } },
      { before: { isPaused: true }, after: { isPaused: false } },
    ]);
  });

  it('of two changes on the same version lets one through', async () => {
    const { asAdmin, environment } = await makeEnvironment(house);
    const rename = (name: string) =>
      asAdmin(contract.updateEnvironment, {
        params: { environmentId: environment.id },
        body: { name },
        ifMatch: '"v1"',
      });
    const replies = await Promise.all([rename('One'), rename('Two')]);
    expect(replies.map(({ status }) => status).sort()).toEqual([200, 412]);
  });

  it('hands it to another admin, and to nobody else', async () => {
    const { asAdmin, contributor, environment } = await makeEnvironment(house);
    const params = { environmentId: environment.id };
    const handOver = (ownerId: string) =>
      asAdmin(contract.updateEnvironment, { params, body: { ownerId }, ifMatch: '*' });
    for (const id of [contributor.id, (await makePerson(house)).id, newId()])
      expect((await handOver(id)).problem).toMatchObject({ status: 400, errors: [{ field: 'ownerId' }] });
    await asAdmin(contract.updateMember, {
      params: { ...params, memberId: contributor.id },
      body: { role: 'admin' },
      ifMatch: '*',
    });
    expect((await handOver(contributor.id)).body.owner).toEqual({ id: contributor.id, name: contributor.name });
  });
});

describe('deleting an environment', () => {
  it('needs its exact name, takes everything with it and keeps what happened', async () => {
    const { asAdmin, admin, environment } = await makeEnvironment(house, 'Doomed');
    const params = { environmentId: environment.id };
    const remove = (confirmName: string) =>
      asAdmin(contract.deleteEnvironment, { params, query: { confirmName }, ifMatch: '"v1"' });
    for (const wrong of ['doomed', 'Doomed ', ''])
      expect((await remove(wrong)).problem).toMatchObject({ status: 400, errors: [{ field: 'confirmName' }] });
    expect((await remove('Doomed')).status).toBe(204);
    expect((await asAdmin(contract.getEnvironment, { params })).status).toBe(404);
    expect((await asAdmin(contract.listEnvironments)).body.value).toEqual([]);
    expect((await asAdmin(contract.getMe)).body.canCreateEnvironments).toBe(false);
    expect(await house.db.member.count({ where: { environmentId: environment.id } })).toBe(0);
    const rows = await house.db.activity.findMany({ where: { environmentId: environment.id }, orderBy: { id: 'asc' } });
    expect(rows).toMatchObject([
      { kind: 'environment.created' },
      { kind: 'environment.deleted', byId: admin.id, subjectName: 'Doomed' },
    ]);
  });

  it('takes its connections and exports along, connected or not', async () => {
    const { environment, asAdmin } = await makeEnvironment(house, 'Full');
    const other = await makeConnection(house, (await makeEnvironment(house, 'Kept')).environment.id);
    const [used, removed] = [
      await makeConnection(house, environment.id),
      await makeConnection(house, environment.id, { removedAt: house.clock.now() }),
    ];
    const entity = await makeEntity(house, { environmentId: environment.id, connectionId: used.id });
    await makeExport(house, environment.id, { connectionId: used.id, entities: [entity] });
    await makeExport(house, environment.id, { lostConnectionId: removed.id });
    const query = { confirmName: 'Full' };
    const params = { environmentId: environment.id };
    expect((await asAdmin(contract.deleteEnvironment, { params, query, ifMatch: '*' })).status).toBe(204);
    expect(await house.db.connection.findMany({ select: { id: true } })).toEqual([{ id: other.id }]);
    expect(await Promise.all([house.db.export.count(), house.db.entity.count()])).toEqual([0, 0]);
  });

  it('waits until its runs are over and nothing of them is left in a store', async () => {
    const { environment, asAdmin } = await makeEnvironment(house, 'Busy');
    const params = { environmentId: environment.id };
    const remove = () => asAdmin(contract.deleteEnvironment, { params, query: { confirmName: 'Busy' }, ifMatch: '*' });
    const { id: connectionId } = await makeConnection(house, environment.id);
    const [one, other] = [
      await makeExport(house, environment.id, { connectionId }),
      await makeExport(house, environment.id, { connectionId }),
    ];
    const [waiting, moving] = [await makeRun(house, one, 'queued'), await makeRun(house, other, 'processing')];
    const both = await remove();
    expect(both.problem).toMatchObject({ status: 409, code: 'environmentBusy' });
    expect(both.problem.detail).toMatch(/^2 runs are waiting or under way\. Pause all runs under Settings/);

    const cancel = (runId: string) => asAdmin(contract.cancelRun, { params: { ...params, runId } });
    await cancel(waiting.id);
    await cancel(moving.id);
    // Canceled while it moved, so its staging folder is to be removed; the one that only waited has none.
    const staged = await remove();
    expect(staged.problem).toMatchObject({ status: 409, code: 'environmentBusy' });
    expect(staged.problem.detail).toBe(
      'What a run staged is being removed from where it was written. Try again in two minutes.',
    );
    expect(await house.db.connection.count({ where: { id: connectionId } })).toBe(1);

    await house.db.run.update({ where: { id: moving.id }, data: { cleanAt: null } });
    expect((await remove()).status).toBe(204);
    expect(await house.db.run.count({ where: { environmentId: environment.id } })).toBe(0);
  });

  it('is not held up by imports that were canceled: they leave nothing in a store', async () => {
    const { environment, asAdmin } = await makeEnvironment(house, 'Imported');
    const params = { environmentId: environment.id };
    const made = await makeExport(house, environment.id, {});
    const run = await makeRun(house, made, 'processing', { kind: 'import', cleanAt: house.clock.now() });
    const asked = { params, query: { confirmName: 'Imported' }, ifMatch: '*' };
    expect((await asAdmin(contract.deleteEnvironment, asked)).problem.detail).toMatch(/^A run is waiting/);
    await house.db.run.update({ where: { id: run.id }, data: { state: 'canceled', finishedAt: house.clock.now() } });
    expect((await asAdmin(contract.deleteEnvironment, asked)).status).toBe(204);
  });

  it('is not held up for ever by a store that is away', async () => {
    const { environment, asAdmin } = await makeEnvironment(house, 'Away');
    const made = await makeExport(house, environment.id, {});
    const run = await makeRun(house, made, 'failed', { cleanAt: house.clock.now(), cleanAttempts: 2 });
    const asked = { params: { environmentId: environment.id }, query: { confirmName: 'Away' }, ifMatch: '*' };
    expect((await asAdmin(contract.deleteEnvironment, asked)).problem.code).toBe('environmentBusy');
    await house.db.run.update({ where: { id: run.id }, data: { cleanAttempts: 3 } });
    expect((await asAdmin(contract.deleteEnvironment, asked)).status).toBe(204);
  });
});
