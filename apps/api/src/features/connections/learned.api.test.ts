import * as contract from '@junction/contracts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { connect, fakePassword, newConnection } from '../../testing/connections.ts';
import { makeEnvironment } from '../../testing/factories.ts';
import { fingerprintOf, learnedDomain } from '../../testing/fake-connector.ts';
import { openTestHouse, type TestHouse } from '../../testing/house.ts';

let house: TestHouse;
let contoso: Awaited<ReturnType<typeof makeEnvironment>>;
beforeAll(async () => {
  house = await openTestHouse();
  contoso = await makeEnvironment(house);
});
afterAll(() => house.close());

const host = `files${learnedDomain}`;
const otherHost = `archive${learnedDomain}`;
const secrets = { password: fakePassword };

const setUp = (over: Parameters<typeof connect>[2] = {}) =>
  connect(contoso.asAdmin, contoso.environment.id, { settings: { host }, ...over });
const patch = async (
  { id, etag }: contract.Connection,
  body: contract.BodyInput<typeof contract.updateConnection>,
): Promise<contract.Connection> => {
  const params = { environmentId: contoso.environment.id, connectionId: id };
  const reply = await contoso.asAdmin(contract.updateConnection, { params, body, ifMatch: etag });
  expect(reply.status).toBe(200);
  return reply.body;
};
const lastActivity = (connection: contract.Connection) =>
  house.db.activity.findFirst({ where: { subjectId: connection.id }, orderBy: { id: 'desc' } });

describe('what a check finds out', () => {
  it('is kept when a connection is set up, and told', async () => {
    const connection = await setUp();
    expect(connection.settings).toEqual({ host, outcome: 'passed', fingerprint: fingerprintOf(host) });
    expect(await lastActivity(connection)).toMatchObject({
      kind: 'connection.created',
      after: { 'settings.fingerprint': fingerprintOf(host) },
    });
  });

  it('never takes the place of what was given', async () => {
    const connection = await setUp({ settings: { host, fingerprint: 'given' } });
    expect(connection.settings.fingerprint).toBe('given');
    const changed = await patch(connection, { settings: { folder: 'new' } });
    expect(changed.settings.fingerprint).toBe('given');
  });

  it('is not kept when the check did not pass', async () => {
    const connection = await setUp({ settings: { host, outcome: 'failing' }, saveAnyway: true });
    expect(connection.settings).not.toHaveProperty('fingerprint');
    const changed = await patch(connection, { settings: { outcome: 'passed' } });
    expect(changed.settings.fingerprint).toBe(fingerprintOf(host));
    expect(await lastActivity(changed)).toMatchObject({
      kind: 'connection.updated',
      after: { 'settings.outcome': 'passed', 'settings.fingerprint': fingerprintOf(host) },
    });
  });

  it('is forgotten with what it was found out about, and found out anew', async () => {
    const connection = await setUp();
    const moved = await patch(connection, { settings: { host: otherHost }, secrets });
    expect(moved.settings.fingerprint).toBe(fingerprintOf(otherHost));
    expect(await lastActivity(moved)).toMatchObject({
      before: { 'settings.host': host, 'settings.fingerprint': fingerprintOf(host) },
      after: { 'settings.host': otherHost, 'settings.fingerprint': fingerprintOf(otherHost) },
    });
    const away = await patch(moved, { settings: { host: 'files.example' }, secrets });
    expect(away.settings).not.toHaveProperty('fingerprint');
  });

  it('stays when something else changes, and when it is given with what it is about', async () => {
    const connection = await setUp({ settings: { host, fingerprint: 'given' } });
    const renamed = await patch(connection, { settings: { folder: 'new', host: ` ${host} ` } });
    expect(renamed.settings.fingerprint).toBe('given');
    const moved = await patch(renamed, { settings: { host: otherHost, fingerprint: 'also given' }, secrets });
    expect(moved.settings.fingerprint).toBe('also given');
  });

  it('is found out again when it is cleared', async () => {
    const connection = await setUp({ settings: { host, fingerprint: 'outdated' } });
    const changed = await patch(connection, { settings: { fingerprint: null } });
    expect(changed.settings.fingerprint).toBe(fingerprintOf(host));
  });

  it('is kept by a later check when the first one did not pass, and told of Junction itself', async () => {
    const connection = await setUp({ settings: { host, outcome: 'failing' }, saveAnyway: true });
    const params = { environmentId: contoso.environment.id, connectionId: connection.id };
    const read = async () => (await contoso.asAdmin(contract.getConnection, { params })).body;
    await house.db.connection.update({ where: { id: connection.id }, data: { settings: { host, outcome: 'passed' } } });
    await contoso.asAdmin(contract.checkConnection, { params, body: {} });
    const checked = await read();
    expect(checked).toMatchObject({ settings: { fingerprint: fingerprintOf(host) }, etag: connection.etag });
    const told = await house.db.activity.findMany({ where: { subjectId: connection.id }, orderBy: { id: 'asc' } });
    expect(told.map(({ kind, byId }) => [kind, byId === null])).toEqual([
      ['connection.created', false],
      ['connection.updated', true],
      ['connection.checked', false],
    ]);
    expect(told[1]?.after).toEqual({ 'settings.fingerprint': fingerprintOf(host) });
    await contoso.asAdmin(contract.checkConnection, { params, body: {} });
    expect(await read()).toMatchObject({ settings: checked.settings });
    expect(await house.db.activity.count({ where: { subjectId: connection.id, kind: 'connection.updated' } })).toBe(1);
  });

  it('is in the result of a draft, of which nothing is kept', async () => {
    const { type, settings } = newConnection({ settings: { host } });
    const params = { environmentId: contoso.environment.id };
    const reply = await contoso.asAdmin(contract.checkDraft, { params, body: { type, settings, secrets } });
    expect(reply.body.learned).toMatchObject({ fingerprint: fingerprintOf(host) });
  });
});
