import type { Connector } from '@junction/connectors/runtime';
import * as contract from '@junction/contracts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { connect, fakePassword } from '../../testing/connections.ts';
import { makeEnvironment } from '../../testing/factories.ts';
import { fakeCalls, fakeConnector } from '../../testing/fake-connector.ts';
import { openTestHouse, type TestHouse } from '../../testing/house.ts';

let house: TestHouse;
let contoso: Awaited<ReturnType<typeof makeEnvironment>>;
/** What happens while a connection of the type "slow" is checked. */
let duringCheck = async (): Promise<unknown> => undefined;
const slow = {
  ...fakeConnector,
  manifest: { ...fakeConnector.manifest, type: 'slow' },
  check: async (...asked: Parameters<typeof fakeConnector.check>) => {
    await duringCheck();
    return fakeConnector.check(...asked);
  },
} as unknown as Connector;
beforeAll(async () => {
  house = await openTestHouse({ connectors: [fakeConnector as unknown as Connector, slow] });
  contoso = await makeEnvironment(house);
});
afterAll(() => house.close());

const setUp = (over: Parameters<typeof connect>[2] = {}) => connect(contoso.asAdmin, contoso.environment.id, over);
const paramsOf = ({ id }: { id: string }) => ({ environmentId: contoso.environment.id, connectionId: id });
const patch = (
  connection: contract.Connection,
  body: contract.BodyInput<typeof contract.updateConnection>,
  ifMatch = connection.etag,
) => contoso.asAdmin(contract.updateConnection, { params: paramsOf(connection), body, ifMatch });
const read = async (connection: contract.Connection) =>
  (await contoso.asAdmin(contract.getConnection, { params: paramsOf(connection) })).body;
const lastActivity = (connection: contract.Connection) =>
  house.db.activity.findFirst({ where: { subjectId: connection.id }, orderBy: { id: 'desc' } });
const callsDuring = async (work: () => Promise<unknown>) => {
  const before = fakeCalls.length;
  await work();
  return fakeCalls.slice(before);
};

describe('changing a connection', () => {
  it('verifies new settings with the stored secret and tells what changed', async () => {
    const connection = await setUp({ name: 'Before', settings: { host: 'files.example', folder: 'old' } });
    const calls = await callsDuring(async () => {
      const reply = await patch(connection, { name: 'After', settings: { folder: null } });
      expect(reply.status).toBe(200);
      expect(reply.body).toMatchObject({ name: 'After', settings: { host: 'files.example' }, etag: '"v2"' });
      expect(reply.body.settings).not.toHaveProperty('folder');
      expect(reply.body.secrets).toEqual(connection.secrets);
    });
    expect(calls).toEqual([{ host: 'files.example', password: fakePassword }]);
    expect(await lastActivity(connection)).toMatchObject({
      kind: 'connection.updated',
      subjectName: 'After',
      before: { name: 'Before', 'settings.folder': 'old' },
      after: { name: 'After', 'settings.folder': null, outcome: 'passed' },
    });
    expect(await house.db.connectionCheck.count({ where: { connectionId: connection.id, trigger: 'edit' } })).toBe(1);
  });

  it('does not verify a name, an audience or a pause, so that a broken connection stays editable', async () => {
    const connection = await setUp({ settings: { host: 'files.example', outcome: 'failing' }, saveAnyway: true });
    const calls = await callsDuring(async () => {
      const reply = await patch(connection, {
        name: 'Broken',
        sharing: { sharedWith: 'adminsAndContributors' },
        isPaused: true,
      });
      expect(reply.body).toMatchObject({
        name: 'Broken',
        sharing: { sharedWith: 'adminsAndContributors', people: [] },
        status: 'paused',
      });
    });
    expect(calls).toEqual([]);
  });

  it('takes a paused connection out of the schedule and puts it back at once when resumed', async () => {
    const connection = await setUp();
    const paused = (await patch(connection, { isPaused: true })).body;
    expect(paused).toMatchObject({ isPaused: true, status: 'paused', nextCheckAt: null });
    const edited = (await patch(paused, { settings: { folder: 'new' } })).body;
    expect(edited).toMatchObject({ isPaused: true, nextCheckAt: null });
    const resumed = (await patch(edited, { isPaused: false })).body;
    expect(Date.parse(resumed.nextCheckAt ?? '')).toBeLessThanOrEqual(house.clock.now().getTime());
  });

  it('does nothing when nothing changes', async () => {
    const connection = await setUp({ name: 'Same' });
    const before = await house.db.activity.count();
    const calls = await callsDuring(async () => {
      const reply = await patch(connection, { name: 'Same', settings: { host: 'files.example' }, isPaused: false });
      expect(reply.body).toEqual(connection);
    });
    expect(calls).toEqual([]);
    expect(await house.db.activity.count()).toBe(before);
  });

  it('keeps what was there when the change does not pass its check', async () => {
    const connection = await setUp();
    const reply = await patch(connection, { settings: { outcome: 'actionRequired' } });
    expect(reply.problem).toMatchObject({ status: 422, code: 'checkFailed', check: { outcome: 'actionRequired' } });
    expect(await read(connection)).toEqual(connection);
    const saved = await patch(connection, { settings: { outcome: 'actionRequired' }, saveAnyway: true });
    expect(saved.body).toMatchObject({ status: 'actionRequired', statusReason: { code: 'keyRejected' }, etag: '"v2"' });
  });

  it('refuses a name that another one has', async () => {
    await setUp({ name: 'Occupied' });
    const reply = await patch(await setUp(), { name: 'occupied' });
    expect(reply.problem).toMatchObject({ status: 409, code: 'nameTaken', errors: [{ field: 'name' }] });
  });

  it('lets one change only the case of its own name', async () => {
    expect((await patch(await setUp({ name: 'shouting' }), { name: 'SHOUTING' })).body.name).toBe('SHOUTING');
  });
});

describe('the secrets of a connection', () => {
  it('are replaced when they come, and only named in the activity log', async () => {
    const connection = await setUp();
    house.passSeconds(60);
    const calls = await callsDuring(async () => {
      const { body, text } = await patch(connection, { secrets: { password: 'the second password' } });
      expect(text).not.toContain('the second password');
      expect(Date.parse(body.secrets.password?.setAt ?? '')).toBeGreaterThan(
        Date.parse(connection.secrets.password?.setAt ?? ''),
      );
    });
    expect(calls).toEqual([{ host: 'files.example', password: 'the second password' }]);
    const told = await lastActivity(connection);
    expect(told?.after).toEqual({ secretsChanged: ['password'], outcome: 'passed' });
  });

  it('never go to another place: they are asked for again', async () => {
    const connection = await setUp();
    const calls = await callsDuring(async () => {
      const reply = await patch(connection, { settings: { host: 'evil.example' }, saveAnyway: true });
      expect(reply.problem).toMatchObject({
        status: 422,
        code: 'secretRequired',
        errors: [{ field: 'secrets.password', code: 'secretRequired' }],
      });
    });
    expect(calls).toEqual([]);
    const moved = await patch(connection, { settings: { host: 'new.example' }, secrets: { password: 'for new' } });
    expect(moved.status).toBe(200);
    const again = await callsDuring(() =>
      contoso.asAdmin(contract.checkConnection, { params: paramsOf(connection), body: {} }),
    );
    expect(again).toEqual([{ host: 'new.example', password: 'for new' }]);
  });

  it('cannot be opened for another place even by who can write to the database', async () => {
    const connection = await setUp();
    await house.db.connection.update({ where: { id: connection.id }, data: { settings: { host: 'evil.example' } } });
    const calls = await callsDuring(async () => {
      const { body } = await contoso.asAdmin(contract.checkConnection, { params: paramsOf(connection), body: {} });
      expect(body).toMatchObject({ outcome: 'actionRequired', steps: [{ code: 'secretUnreadable' }] });
    });
    expect(calls).toEqual([]);
  });

  it('cannot be moved to another connection', async () => {
    const [one, other] = [await setUp(), await setUp()];
    const { sealed } = await house.db.connectionSecret.findFirstOrThrow({ where: { connectionId: one.id } });
    await house.db.connectionSecret.updateMany({ where: { connectionId: other.id }, data: { sealed } });
    const { body } = await contoso.asAdmin(contract.checkConnection, { params: paramsOf(other), body: {} });
    expect(body.steps).toMatchObject([{ code: 'secretUnreadable' }]);
  });

  it('are asked for again, and sealed with a new key, when their key is lost', async () => {
    const connection = await setUp();
    await house.db.connectionKey.delete({ where: { connectionId: connection.id } });
    const checked = await contoso.asAdmin(contract.checkConnection, { params: paramsOf(connection), body: {} });
    expect(checked.body.steps).toMatchObject([{ code: 'secretUnreadable' }]);
    const kept = await patch(connection, { settings: { outcome: 'failing' } });
    expect(kept.problem).toMatchObject({
      status: 422,
      errors: [{ field: 'secrets.password', code: 'secretRequired' }],
    });
    expect((await patch(connection, { secrets: { password: 'entered again' } })).status).toBe(200);
    const again = await callsDuring(() =>
      contoso.asAdmin(contract.checkConnection, { params: paramsOf(connection), body: {} }),
    );
    expect(again).toMatchObject([{ password: 'entered again' }]);
  });

  it('cannot be cleared while the settings need them', async () => {
    const reply = await patch(await setUp(), { secrets: { password: null } });
    expect(reply.problem).toMatchObject({ status: 400, errors: [{ field: 'secrets.password', code: 'required' }] });
  });
});

describe('two who edit the same connection', () => {
  it('lose nothing: the second is told, and saves on top of what the first saved', async () => {
    const connection = await setUp({ name: 'Shared' });
    expect((await patch(connection, { sharing: { sharedWith: 'adminsAndContributors' } })).status).toBe(200);
    const second = await patch(connection, { name: 'Mine' });
    expect(second.problem).toMatchObject({ status: 412, code: 'preconditionFailed' });
    const merged = await patch(await read(connection), { name: 'Mine' });
    expect(merged.body).toMatchObject({ name: 'Mine', sharing: { sharedWith: 'adminsAndContributors' }, etag: '"v3"' });
  });

  it('while one is verified: who was faster wins, even over one who names no version', async () => {
    const connection = await setUp({ type: 'slow' });
    duringCheck = async () => {
      duringCheck = async () => undefined;
      expect((await patch(connection, { name: 'Faster' }, '*')).status).toBe(200);
    };
    const slower = await patch(connection, { name: 'Slower', settings: { folder: 'a' } }, '*');
    expect(slower.problem).toMatchObject({ status: 412, code: 'preconditionFailed' });
    expect(await read(connection)).toMatchObject({ name: 'Faster', settings: connection.settings, etag: '"v2"' });
    expect((await patch(connection, { settings: { folder: 'a' } }, '*')).status).toBe(200);
  });

  it('at the very same time: one wins, the others are told', async () => {
    const connection = await setUp();
    const replies = await Promise.all(
      ['a', 'b', 'c', 'd'].map((folder) => patch(connection, { settings: { folder } })),
    );
    expect(replies.map(({ status }) => status).sort()).toEqual([200, 412, 412, 412]);
    const winner = replies.find(({ status }) => status === 200);
    expect((await read(connection)).settings.folder).toBe(winner?.body.settings.folder);
    expect(await house.db.activity.count({ where: { subjectId: connection.id, kind: 'connection.updated' } })).toBe(1);
  });

  it('are not disturbed by checks in between', async () => {
    const connection = await setUp();
    await contoso.asAdmin(contract.checkConnection, { params: paramsOf(connection), body: {} });
    expect((await patch(connection, { name: 'After the check' })).status).toBe(200);
  });

  it('have to say which version they saw', async () => {
    const connection = await setUp();
    const reply = await contoso.asAdmin(contract.updateConnection, {
      params: paramsOf(connection),
      body: { name: 'X' },
    });
    expect(reply.problem).toMatchObject({ status: 428, code: 'preconditionRequired' });
  });
});

describe('a connection of another environment', () => {
  it('is not there', async () => {
    const connection = await setUp();
    const fabrikam = await makeEnvironment(house, 'Fabrikam');
    const params = { environmentId: fabrikam.environment.id, connectionId: connection.id };
    const replies = await Promise.all([
      fabrikam.asAdmin(contract.getConnection, { params }),
      fabrikam.asAdmin(contract.updateConnection, { params, body: { name: 'Stolen' }, ifMatch: connection.etag }),
      fabrikam.asAdmin(contract.deleteConnection, { params, query: { usage: '' }, ifMatch: connection.etag }),
      fabrikam.asAdmin(contract.checkConnection, { params, body: {} }),
      fabrikam.asAdmin(contract.listChecks, { params }),
    ]);
    expect(replies.map(({ status }) => status)).toEqual([404, 404, 404, 404, 404]);
    expect(await read(connection)).toEqual(connection);
  });
});
