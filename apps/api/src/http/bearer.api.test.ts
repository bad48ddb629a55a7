import { once } from 'node:events';
import { type IncomingMessage, request } from 'node:http';
import * as contract from '@junction/contracts';
import { apiRoot } from '@junction/contracts';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { unknownTokensPerAddress } from '../features/tokens/token-limits.ts';
import { newId } from '../platform/ids.ts';
import { newToken } from '../platform/tokens.ts';
import { makeEnvironment, signedIn } from '../testing/factories.ts';
import { openTestHouse, type TestHouse } from '../testing/house.ts';
import { sendRaw } from '../testing/raw.ts';
import { byToken, makeServiceAccount, makeToken, showing } from '../testing/tokens.ts';
import { aliveEveryMs } from './event-streams.ts';

let house: TestHouse;
let place: Awaited<ReturnType<typeof makeEnvironment>>;
let params: { environmentId: string };
beforeAll(async () => {
  house = await openTestHouse({ env: { JUNCTION_TRUSTED_PROXIES: 'loopback' } });
});
afterAll(() => house.close());
beforeEach(async () => {
  place = await makeEnvironment(house);
  params = { environmentId: place.environment.id };
});

const me = `${apiRoot}/me`;
let addresses = 0;
/** From an address of its own, so that what is refused here slows down nobody else. */
const fromNew = () => {
  addresses += 1;
  return { 'x-forwarded-for': `10.9.${addresses >> 8}.${addresses & 255}` };
};

describe('Authorization', () => {
  it.each(['Bearer', 'bearer', 'BEARER', 'bEaReR'])('takes the scheme as %s', async (scheme) => {
    const { token } = await makeToken(house, place.viewer.id);
    const reply = await sendRaw(house, { path: me, headers: { authorization: `${scheme} ${token}` } });
    expect([reply.status, JSON.parse(reply.text).id]).toEqual([200, place.viewer.id]);
    const spaced = await sendRaw(house, { path: me, headers: { authorization: `${scheme}   ${token} ` } });
    expect(spaced.status).toBe(200);
  });

  it.each([
    ['nothing', () => 'Bearer'],
    ['an unknown token', () => `Bearer jct_${newToken()}`],
    ['a token with a character less', (token: string) => `Bearer ${token.slice(0, -1)}`],
    ['a token with one more', (token: string) => `Bearer ${token}A`],
    ['a token without its prefix', (token: string) => `Bearer ${token.slice(4)}`],
    ['a token in quotes', (token: string) => `Bearer "${token}"`],
    ['two tokens', (token: string) => `Bearer ${token} ${token}`],
    ['a token with another end', (token: string) => `Bearer ${token.slice(0, -2)}__`],
  ])('refuses %s, also with a good cookie', async (_what, write) => {
    const { token } = await makeToken(house, place.viewer.id);
    const headers = { authorization: write(token), cookie: place.asAdmin.cookie ?? '', ...fromNew() };
    const { status, headers: answered, text } = await sendRaw(house, { path: me, headers });
    expect([status, JSON.parse(text).code]).toEqual([401, 'tokenInvalid']);
    expect(answered['www-authenticate']).toBe('Bearer error="invalid_token"');
    expect(text).not.toContain(token.slice(4));
  });

  it('leaves another scheme to whoever put it there, such as a proxy', async () => {
    const ask = (cookie: string) =>
      sendRaw(house, { path: me, headers: { authorization: 'Basic dXNlcjpwYXNz', cookie } });
    expect((await ask(place.asViewer.cookie ?? '')).status).toBe(200);
    expect((await ask('')).status).toBe(401);
  });

  it('wins over a cookie, which is neither used nor set', async () => {
    const { token } = await makeToken(house, place.viewer.id);
    const both = showing(house, token, place.asAdmin.cookie);
    const reply = await both(contract.getMe);
    expect([reply.body.id, reply.headers.has('set-cookie')]).toEqual([place.viewer.id, false]);
    for (const endpoint of [contract.deleteSession, contract.listMySessions])
      expect((await both(endpoint)).problem.code).toBe('outOfScope');
    const { email } = place.viewer;
    const signIn = await both(contract.createSession, { body: { email, password: 'correct horse battery staple' } });
    expect([signIn.status, signIn.headers.has('set-cookie')]).toEqual([403, false]);
    expect((await place.asAdmin(contract.getMe)).status).toBe(200);
  });

  it('is the only place that a token is read from', async () => {
    const { token } = await makeToken(house, place.viewer.id);
    for (const name of ['access_token', 'token', 'authorization']) {
      const reply = await sendRaw(house, { path: `${me}?${name}=${token}`, headers: fromNew() });
      expect([reply.status, JSON.parse(reply.text).code]).toEqual([401, 'unauthenticated']);
    }
    const form = await sendRaw(house, {
      method: 'POST',
      path: `${apiRoot}/environments`,
      headers: { 'content-type': 'application/x-www-form-urlencoded', ...fromNew() },
      body: `access_token=${token}`,
    });
    expect(form.status).toBe(415);
  });

  it('says when a token expired', async () => {
    const { token, id } = await makeToken(house, place.viewer.id, { expiresInHours: 1 });
    const ask = showing(house, token);
    const { expiresAt } = await house.db.apiToken.findUniqueOrThrow({ where: { id } });
    expect((await ask(contract.getMe)).status).toBe(200);
    house.passSeconds(3_601);
    const { status, problem, headers } = await ask(contract.getMe);
    expect([status, problem.code]).toEqual([401, 'tokenExpired']);
    expect(problem.detail).toContain(expiresAt.toISOString());
    expect(headers.get('www-authenticate')).toBe('Bearer error="invalid_token"');
  });

  it('names what the scope lacks, in words and for programs, and the log keeps it', async () => {
    const ask = await byToken(house, place.admin.id, { scope: ['run:read'], name: 'Narrow' });
    const { status, problem, headers } = await ask(contract.listMembers, { params });
    expect([status, problem.code]).toEqual([403, 'outOfScope']);
    expect(problem.detail).toContain('member:list');
    expect(headers.get('www-authenticate')).toBe('Bearer error="insufficient_scope", scope="member:list"');
    const { body } = await place.asAdmin(contract.listActivity, { params });
    expect(body.value[0]).toMatchObject({
      kind: 'access.denied',
      by: { id: place.admin.id },
      token: 'Narrow',
      subject: { name: 'member:list' },
    });
  });
});

describe('pages of other sites', () => {
  const change = (headers: Record<string, string>) =>
    sendRaw(house, {
      method: 'POST',
      path: `${apiRoot}/environments`,
      headers: { 'content-type': 'application/json', ...fromNew(), ...headers },
      body: JSON.stringify({ name: 'Made from elsewhere' }),
    });
  const evil = { origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' };

  it('cannot hide behind a wrong token: the cookie that the browser adds is not looked at', async () => {
    const cookie = place.asAdmin.cookie ?? '';
    const { token } = await makeToken(house, place.admin.id, { expiresInHours: -1 });
    for (const authorization of ['Bearer', 'Bearer x', `Bearer jct_${newToken()}`, `Bearer ${token}`]) {
      expect((await change({ ...evil, cookie, authorization })).status).toBe(401);
    }
    expect((await change({ ...evil, cookie, authorization: 'Basic eDp5' })).status).toBe(403);
    expect((await change({ ...evil, cookie, authorization: '' })).status).toBe(403);
    expect((await change({ ...evil, cookie })).status).toBe(403);
    expect(await house.db.environment.count({ where: { name: 'Made from elsewhere' } })).toBe(0);
  });

  it('are let through with a token that holds, as it is no browser that adds one', async () => {
    const { token } = await makeToken(house, place.admin.id);
    expect((await change({ ...evil, authorization: `Bearer ${token}` })).status).toBe(201);
  });

  it('are not told by the browser that they may send one', async () => {
    const asked = { origin: 'https://evil.example', 'access-control-request-headers': 'authorization' };
    const reply = await sendRaw(house, { method: 'OPTIONS', path: me, headers: asked });
    expect(Object.keys(reply.headers).filter((name) => name.startsWith('access-control'))).toEqual([]);
  });
});

describe('a token', () => {
  it('does what its owner may at this moment, and what its scope names', async () => {
    const ask = await byToken(house, place.contributor.id, { scope: ['member:list', 'environment:read'] });
    const roleTo = (role: contract.Role) =>
      house.db.member.updateMany({ where: { ...params, personId: place.contributor.id }, data: { role } });
    expect((await ask(contract.listMembers, { params })).problem.code).toBe('forbidden');
    await roleTo('admin');
    expect((await ask(contract.listMembers, { params })).status).toBe(200);
    await roleTo('viewer');
    expect((await ask(contract.listMembers, { params })).problem.code).toBe('forbidden');
    await house.db.member.deleteMany({ where: { ...params, personId: place.contributor.id } });
    expect((await ask(contract.getEnvironment, { params })).status).toBe(404);
    expect((await ask(contract.getMe)).body.id).toBe(place.contributor.id);
  });

  it('shows when and from where it was used, written once a minute', async () => {
    const { id, token } = await makeToken(house, place.viewer.id);
    const ask = showing(house, token);
    const row = () => house.db.apiToken.findUniqueOrThrow({ where: { id } });
    const from = (address: string) => ask(contract.getMe, { headers: { 'x-forwarded-for': address } });
    const minuteOf = (date: Date) => new Date(Math.floor(date.getTime() / 60_000) * 60_000);
    house.passSeconds(60 - house.clock.now().getSeconds());
    await from('192.0.2.1');
    expect(await row()).toMatchObject({ lastUsedAt: minuteOf(house.clock.now()), lastUsedFrom: '192.0.2.1' });
    await from('192.0.2.2');
    expect((await row()).lastUsedFrom).toBe('192.0.2.1');
    house.passSeconds(60);
    await from('192.0.2.3');
    expect(await row()).toMatchObject({ lastUsedAt: minuteOf(house.clock.now()), lastUsedFrom: '192.0.2.3' });
    const browser = await signedIn(house, place.viewer.id);
    const [listed] = (await browser(contract.listMyTokens)).body.value;
    expect(listed).toMatchObject({ lastUsedAt: minuteOf(house.clock.now()).toISOString(), lastUsedFrom: '192.0.2.3' });
  });

  it('leaves its name in the activity log', async () => {
    const ask = await byToken(house, place.admin.id, { name: 'Deploy' });
    const { body: environment } = await ask(contract.getEnvironment, { params });
    await ask(contract.updateEnvironment, { params, body: { name: 'Renamed' }, ifMatch: environment.etag });
    await place.asAdmin(contract.updateEnvironment, { params, body: { name: 'Again' }, ifMatch: '*' });
    const { body } = await place.asAdmin(contract.listActivity, { params });
    expect(body.value.slice(0, 2).map(({ by, token }) => [by?.id, token])).toEqual([
      [place.admin.id, null],
      [place.admin.id, 'Deploy'],
    ]);
  });

  it('shares idempotency keys with its owner, and is held to its scope before an answer is repeated', async () => {
    const headers = { 'idempotency-key': newId() };
    const create = (client: typeof place.asAdmin) =>
      client(contract.createEnvironment, { body: { name: 'Once' }, headers });
    const first = await create(place.asAdmin);
    expect(first.status).toBe(201);
    const narrow = await byToken(house, place.admin.id, { scope: ['run:read'] });
    expect((await create(narrow)).problem.code).toBe('outOfScope');
    const replayed = await create(await byToken(house, place.admin.id, { scope: ['environment:create'] }));
    expect([replayed.headers.get('idempotency-replayed'), replayed.text]).toEqual(['true', first.text]);
    const another = await create(await byToken(house, (await makeEnvironment(house)).admin.id));
    expect([another.status, another.headers.get('idempotency-replayed')]).toEqual([201, null]);
  });

  it('has its owner’s role in each of their environments, also in those that they joined since', async () => {
    const { token } = await makeToken(house, place.viewer.id);
    const ask = showing(house, token);
    await ask(contract.getMe);
    const others = await Promise.all([1, 2, 3].map(() => makeEnvironment(house)));
    await house.db.member.createMany({
      data: others.map(({ environment }) => ({
        environmentId: environment.id,
        personId: place.viewer.id,
        role: 'viewer',
      })),
    });
    for (const { environment } of others) {
      const reply = await ask(contract.getEnvironment, { params: { environmentId: environment.id } });
      expect(reply.body.role).toBe('viewer');
    }
  });
});

describe('tokens that nobody has', () => {
  it('are refused more slowly after some, and no token that holds is', async () => {
    const headers = fromNew();
    const wrong = (address = headers) =>
      sendRaw(house, { path: me, headers: { authorization: `Bearer jct_${newToken()}`, ...address } });
    for (let count = 0; count < unknownTokensPerAddress; count += 1) expect((await wrong()).status).toBe(401);
    const limited = await wrong();
    expect([limited.status, JSON.parse(limited.text).code]).toEqual([429, 'tooManyRequests']);
    expect(Number(limited.headers['retry-after'])).toBeGreaterThan(0);
    expect((await wrong(fromNew())).status).toBe(401);
    const { token } = await makeToken(house, place.viewer.id);
    expect((await showing(house, token)(contract.getMe, { headers })).status).toBe(200);
  });
});

describe('following runs with a token', () => {
  const soon = { timeout: 3 * aliveEveryMs, interval: 100 };
  const follow = async (token: string, accept: string) => {
    const path = `${apiRoot}/environments/${params.environmentId}/live-runs`;
    const headers = { authorization: `Bearer ${token}`, accept };
    const sent = request(`${house.baseUrl}${path}`, { headers, agent: false });
    sent.end();
    const [response] = (await once(sent, 'response')) as [IncomingMessage];
    let [isOver, text] = [false, ''];
    response.setEncoding('utf8').on('data', (chunk: string) => {
      text += chunk;
    });
    response.on('close', () => {
      isOver = true;
    });
    await expect.poll(() => text, soon).toContain('runs');
    return { response, isOver: () => isOver };
  };

  it('ends when the token is revoked or expires, or its owner leaves', async () => {
    const account = await makeServiceAccount(house, { [params.environmentId]: 'viewer' });
    const owner = place.viewer.id;
    const [revoked, expiring, left, good] = await Promise.all([
      makeToken(house, owner),
      makeToken(house, owner),
      makeToken(house, account.id),
      makeToken(house, owner),
    ]);
    const streams = await Promise.all([
      follow(revoked.token, 'text/event-stream'),
      follow(expiring.token, 'application/x-ndjson'),
      follow(left.token, 'application/x-ndjson'),
      follow(good.token, 'text/event-stream'),
    ]);
    await house.db.apiToken.delete({ where: { id: revoked.id } });
    await house.db.apiToken.update({ where: { id: expiring.id }, data: { expiresAt: house.clock.now() } });
    await house.db.member.deleteMany({ where: { personId: account.id } });
    for (const stream of streams.slice(0, 3)) await expect.poll(() => stream.isOver(), soon).toBe(true);
    expect(streams[3]?.isOver()).toBe(false);
    streams[3]?.response.destroy();
  });
});
