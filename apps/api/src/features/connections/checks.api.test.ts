import * as contract from '@junction/contracts';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { connect, fakePassword, newConnection } from '../../testing/connections.ts';
import { makeEnvironment, makePerson, signedIn } from '../../testing/factories.ts';
import { fakeCalls } from '../../testing/fake-connector.ts';
import { openTestHouse, type TestHouse } from '../../testing/house.ts';
import { checksPerMinute } from './check-limits.ts';
import { checksKept } from './store.ts';

let house: TestHouse;
let contoso: Awaited<ReturnType<typeof makeEnvironment>>;
beforeAll(async () => {
  house = await openTestHouse();
  contoso = await makeEnvironment(house);
});
afterAll(() => house.close());

/** Another admin, whose checks nobody has counted yet. */
const anotherAdmin = async () => {
  const person = await makePerson(house);
  await house.db.member.create({
    data: { environmentId: contoso.environment.id, personId: person.id, role: 'admin' },
  });
  return signedIn(house, person.id);
};

const setUp = (over: Parameters<typeof connect>[2] = {}) => connect(contoso.asAdmin, contoso.environment.id, over);
const paramsOf = ({ id }: { id: string }) => ({ environmentId: contoso.environment.id, connectionId: id });
const draft = (settings: Record<string, unknown>, headers?: Record<string, string>) =>
  contoso.asAdmin(contract.checkDraft, {
    params: { environmentId: contoso.environment.id },
    body: { type: 'fake', settings, secrets: { password: fakePassword } },
    headers,
  });
const check = (
  connection: contract.Connection,
  body: contract.BodyInput<typeof contract.checkConnection> = {},
  headers?: Record<string, string>,
) => contoso.asAdmin(contract.checkConnection, { params: paramsOf(connection), body, headers });
const history = async (connection: contract.Connection) =>
  (await contoso.asAdmin(contract.listChecks, { params: paramsOf(connection) })).body.value;
const abortedRequests = () => house.logLines().filter((line) => line.includes('request aborted')).length;
const ndjson = { accept: 'application/x-ndjson' };

describe('checking a draft', () => {
  it('gives the result and keeps nothing', async () => {
    const before = await Promise.all([house.db.connectionCheck.count(), house.db.activity.count()]);
    const reply = await draft({ host: 'draft.example', outcome: 'actionRequired' });
    expect(reply.status).toBe(200);
    expect(reply.body).toMatchObject({
      outcome: 'actionRequired',
      steps: [{ status: 'passed' }, { status: 'failed' }],
    });
    expect(await Promise.all([house.db.connectionCheck.count(), house.db.activity.count()])).toEqual(before);
  });

  it('tells each step as it happens to who asks for events', async () => {
    const reply = await draft({ host: 'draft.example' }, ndjson);
    expect(reply.headers.get('content-type')).toContain('application/x-ndjson');
    const events = reply.text
      .trim()
      .split('\n')
      .map((line) => contract.CheckEvent.parse(JSON.parse(line)));
    expect(events.map(({ event }) => event)).toEqual(['started', 'finished', 'started', 'finished', 'result']);
  });

  it('says what is wrong as a problem even to who asks for events', async () => {
    const reply = await draft({ host: '' }, ndjson);
    expect(reply.status).toBe(400);
    expect(JSON.parse(reply.text)).toMatchObject({ errors: [{ field: 'settings.host', message: 'Enter the host.' }] });
  });

  it('stops when the client goes away, and sets up nothing', async () => {
    const name = 'Nobody waits for this';
    const leaving = new AbortController();
    const aborted = abortedRequests();
    const calls = fakeCalls.length;
    const asked = fetch(`${house.baseUrl}${contract.apiRoot}/environments/${contoso.environment.id}/connections`, {
      method: 'POST',
      headers: { cookie: contoso.asAdmin.cookie ?? '', 'content-type': 'application/json' },
      body: JSON.stringify(
        newConnection({ name, settings: { host: 'slow.example', outcome: 'hang' }, saveAnyway: true }),
      ),
      signal: leaving.signal,
    });
    await vi.waitFor(() => expect(fakeCalls.length).toBe(calls + 1));
    leaving.abort();
    await expect(asked).rejects.toThrow();
    await vi.waitFor(() => expect(abortedRequests()).toBe(aborted + 1));
    expect(await house.db.connection.count({ where: { name } })).toBe(0);
  });
});

describe('checking a saved connection', () => {
  it('keeps the result, its facts and who asked for it', async () => {
    const connection = await setUp();
    // More than the jitter of two intervals can make up for.
    house.passSeconds(5 * 60);
    const reply = await check(connection);
    expect(reply.body.outcome).toBe('passed');
    expect(await history(connection)).toMatchObject([
      {
        trigger: 'manual',
        outcome: 'passed',
        by: { id: contoso.admin.id, name: 'Alex Admin' },
        steps: reply.body.steps,
      },
      { trigger: 'setup' },
    ]);
    const after = (await contoso.asAdmin(contract.getConnection, { params: paramsOf(connection) })).body;
    expect(after).toMatchObject({ etag: connection.etag, lastCheckedAt: reply.body.startedAt });
    expect(Date.parse(after.nextCheckAt ?? '')).toBeGreaterThan(Date.parse(connection.nextCheckAt ?? ''));
    expect(
      await house.db.activity.findFirst({ where: { subjectId: connection.id }, orderBy: { id: 'desc' } }),
    ).toMatchObject({ kind: 'connection.checked', byId: contoso.admin.id, after: { outcome: 'passed' } });
  });

  it('with changes keeps nothing and uses the stored secret only for the same place', async () => {
    const connection = await setUp();
    const calls = fakeCalls.length;
    const reply = await check(connection, { settings: { outcome: 'actionRequired' } });
    expect(reply.body.outcome).toBe('actionRequired');
    expect(fakeCalls.slice(calls)).toEqual([{ host: 'files.example', password: fakePassword }]);
    const elsewhere = await check(connection, { settings: { host: 'evil.example' } });
    expect(elsewhere.problem).toMatchObject({ status: 422, code: 'secretRequired' });
    await check(connection, { settings: { host: 'evil.example' }, secrets: { password: 'its own' } });
    expect(fakeCalls.slice(calls + 1)).toEqual([{ host: 'evil.example', password: 'its own' }]);
    expect(await history(connection)).toHaveLength(1);
    expect((await contoso.asAdmin(contract.getConnection, { params: paramsOf(connection) })).body).toEqual(connection);
  });

  it('keeps nothing of a check that nobody waits for any more', async () => {
    const connection = await setUp();
    await house.db.connection.update({
      where: { id: connection.id },
      data: { settings: { host: 'files.example', outcome: 'hang' } },
    });
    const leaving = new AbortController();
    const aborted = abortedRequests();
    const calls = fakeCalls.length;
    const asked = fetch(
      `${house.baseUrl}${contract.apiRoot}/environments/${contoso.environment.id}/connections/${connection.id}/check`,
      { method: 'POST', headers: { cookie: contoso.asAdmin.cookie ?? '' }, signal: leaving.signal },
    );
    await vi.waitFor(() => expect(fakeCalls.length).toBe(calls + 1));
    leaving.abort();
    await expect(asked).rejects.toThrow();
    await vi.waitFor(() => expect(abortedRequests()).toBe(aborted + 1));
    expect(await history(connection)).toHaveLength(1);
    expect(await house.db.activity.count({ where: { subjectId: connection.id, kind: 'connection.checked' } })).toBe(0);
  });

  it(`keeps the newest ${checksKept} and no more, page by page`, async () => {
    const connection = await setUp();
    const at = house.clock.now();
    await house.db.connectionCheck.createMany({
      data: Array.from({ length: checksKept + 20 }, (_, index) => ({
        id: `00000000-0000-7000-8000-${String(index).padStart(12, '0')}`,
        connectionId: connection.id,
        trigger: 'probe',
        startedAt: at,
        durationMs: index,
        outcome: 'passed',
        steps: [],
      })),
    });
    await check(connection);
    expect(await house.db.connectionCheck.count({ where: { connectionId: connection.id } })).toBe(checksKept);
    const first = (
      await contoso.asAdmin(contract.listChecks, { params: paramsOf(connection), query: { maxpagesize: 150 } })
    ).body;
    const skiptoken = new URL(first.nextLink ?? '', house.baseUrl).searchParams.get('skiptoken') ?? '';
    const second = (
      await contoso.asAdmin(contract.listChecks, {
        params: paramsOf(connection),
        query: { maxpagesize: 150, skiptoken },
      })
    ).body;
    expect(second.nextLink).toBeUndefined();
    const ids = [...first.value, ...second.value].map(({ id }) => id);
    expect(ids).toHaveLength(checksKept);
    expect(ids).toEqual([...new Set(ids)].sort().reverse());
    expect(first.value[0]?.trigger).toBe('manual');
  });
});

describe('the number of checks', () => {
  it('one person may start is limited, so that the server is no port scanner', async () => {
    const client = await anotherAdmin();
    const ask = () =>
      client(contract.checkDraft, {
        params: { environmentId: contoso.environment.id },
        body: { type: 'fake', settings: { host: 'scan.example' }, secrets: { password: fakePassword } },
      });
    const statuses = [];
    for (let count = 0; count < checksPerMinute; count += 1) statuses.push((await ask()).status);
    expect(new Set(statuses)).toEqual(new Set([200]));
    const refused = await ask();
    expect(refused.problem).toMatchObject({ status: 429, code: 'tooManyRequests' });
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
    expect((await draft({ host: 'another.example' })).status).toBe(200);
  });
});
