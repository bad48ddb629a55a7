import * as contract from '@junction/contracts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createClient } from '../testing/client.ts';
import { makePerson, signedIn, testPassword } from '../testing/factories.ts';
import { openTestHouse, type TestHouse } from '../testing/house.ts';
import { sendRaw } from '../testing/raw.ts';
import { requestsPerMinute } from './limits.ts';

let house: TestHouse;
let behindProxy: TestHouse;
beforeAll(async () => {
  house = await openTestHouse();
  behindProxy = await openTestHouse({
    env: { JUNCTION_PUBLIC_URL: 'https://junction.example.com', JUNCTION_TRUSTED_PROXIES: '127.0.0.1' },
  });
});
afterAll(() => Promise.all([house.close(), behindProxy.close()]));

describe('a change asked for by a page', () => {
  const own = () => house.publicUrl.origin;
  it.each<[string, Record<string, string>, number]>([
    ['of ours', { 'sec-fetch-site': 'same-origin' }, 200],
    ['typed by the user', { 'sec-fetch-site': 'none' }, 200],
    ['of a sister site', { 'sec-fetch-site': 'same-site' }, 403],
    ['of another site', { 'sec-fetch-site': 'cross-site' }, 403],
    ['of another site that claims to be ours', { 'sec-fetch-site': 'cross-site', origin: 'OWN' }, 403],
    ['of ours in an old browser', { origin: 'OWN' }, 200],
    ['of another site in an old browser', { origin: 'https://evil.example' }, 403],
    ['of a sandboxed frame', { origin: 'null' }, 403],
    ['of our host with another scheme', { origin: 'OWN-TLS' }, 403],
    ['of no page but a program', {}, 200],
  ])('%s (%j) gets %d', async (_what, headers, status) => {
    const browser = await signedIn(house, (await makePerson(house)).id);
    const origin = headers.origin?.replace('OWN-TLS', own().replace('http:', 'https:')).replace('OWN', own());
    const reply = await browser(contract.deleteSession, { headers: { ...headers, ...(origin ? { origin } : {}) } });
    expect(reply.status).toBe(status);
    if (status === 403) {
      expect(reply.problem.code).toBe('crossSiteRequest');
      expect((await browser(contract.getMe)).status).toBe(200);
    }
  });

  it('does not stop reading, which changes nothing', async () => {
    const browser = await signedIn(house, (await makePerson(house)).id);
    expect((await browser(contract.getMe, { headers: { 'sec-fetch-site': 'cross-site' } })).status).toBe(200);
  });
});

describe('the session cookie', () => {
  it('is bound to this host and to TLS wherever there is TLS', async () => {
    const person = await makePerson(behindProxy);
    const reply = await sendRaw(behindProxy, {
      method: 'POST',
      path: `${contract.apiRoot}/session`,
      headers: { 'content-type': 'application/json', 'x-forwarded-proto': 'https' },
      body: JSON.stringify({ email: person.email, password: testPassword }),
    });
    expect(reply.headers['set-cookie']).toEqual([
      expect.stringMatching(
        /^__Host-junction-session=[\w-]{43}; Path=\/; Expires=[^;]+; HttpOnly; Secure; SameSite=Lax$/,
      ),
    ]);
  });

  it('is not taken under the name that plain HTTP has', async () => {
    const person = await makePerson(behindProxy);
    const bare = await signedIn(behindProxy, person.id);
    const ask = (cookie: string) => sendRaw(behindProxy, { path: `${contract.apiRoot}/me`, headers: { cookie } });
    expect((await ask(bare.cookie ?? '')).status).toBe(401);
    expect((await ask(`__Host-${bare.cookie}`)).status).toBe(200);
  });
});

describe('the headers', () => {
  const withoutNonce = (headers: Record<string, unknown>) => {
    const { date: _date, etag: _etag, connection: _connection, ...rest } = headers;
    return JSON.parse(JSON.stringify(rest).replace(/'nonce-[\w-]+'/, "'nonce-…'"));
  };

  it('of an answer on loopback', async () => {
    const { headers } = await sendRaw(house, { path: `${contract.apiRoot}/sign-in-options` });
    expect(withoutNonce(headers)).toMatchInlineSnapshot(`
      {
        "cache-control": "no-store",
        "content-length": "99",
        "content-security-policy": "default-src 'none';script-src 'self';style-src 'self' 'nonce-…';img-src 'self' data:;font-src 'self';connect-src 'self';manifest-src 'self';base-uri 'none';form-action 'self';frame-ancestors 'none'",
        "content-type": "application/json; charset=utf-8",
        "cross-origin-opener-policy": "same-origin",
        "cross-origin-resource-policy": "same-origin",
        "origin-agent-cluster": "?1",
        "referrer-policy": "no-referrer",
        "x-content-type-options": "nosniff",
        "x-dns-prefetch-control": "off",
        "x-download-options": "noopen",
        "x-frame-options": "SAMEORIGIN",
        "x-permitted-cross-domain-policies": "none",
        "x-xss-protection": "0",
      }
    `);
  });

  it('of an answer behind TLS also pin TLS', async () => {
    const { headers } = await sendRaw(behindProxy, { path: '/livez' });
    expect(headers['strict-transport-security']).toBe('max-age=31536000; includeSubDomains');
    expect(headers['content-security-policy']).toContain('upgrade-insecure-requests');
  });

  it('have a new nonce each time and never allow what is inline', async () => {
    const policies = await Promise.all(
      ['/livez', '/api/docs', `${contract.apiRoot}/nothing`].map(async (path) =>
        String((await sendRaw(house, { path })).headers['content-security-policy']),
      ),
    );
    expect(new Set(policies.map((policy) => /'nonce-([\w-]{22})'/.exec(policy)?.[1])).size).toBe(3);
    for (const policy of policies) expect(policy).not.toMatch(/unsafe|\*|https?:/);
  });
});

describe('the address of a client', () => {
  const addressSeen = async (opened: TestHouse, cookieName: string, forwarded: string) => {
    const person = await makePerson(opened);
    const headers = { 'content-type': 'application/json', 'x-forwarded-for': forwarded };
    const signIn = await sendRaw(opened, {
      method: 'POST',
      path: `${contract.apiRoot}/session`,
      headers,
      body: JSON.stringify({ email: person.email, password: testPassword }),
    });
    expect(String(signIn.headers['set-cookie'])).toContain(`${cookieName}=`);
    return (await opened.db.session.findFirstOrThrow({ where: { personId: person.id } })).address;
  };

  it('is what a configured proxy says, the last hop that is none of them', async () => {
    expect(await addressSeen(behindProxy, '__Host-junction-session', '198.51.100.1, 203.0.113.9')).toBe('203.0.113.9');
  });

  it('is the socket’s when no proxy is configured, whatever a header says', async () => {
    expect(await addressSeen(house, 'junction-session', '203.0.113.9')).toBe('127.0.0.1');
  });

  it('is slowed down when it asks without end, and others are not', async () => {
    const ask = (forwarded: string) =>
      sendRaw(behindProxy, {
        path: `${contract.apiRoot}/sign-in-options?x`,
        headers: { 'x-forwarded-for': forwarded },
      });
    const limited = '2001:db8:1:2';
    let last = await ask(`${limited}::1`);
    for (let sent = 1; sent < requestsPerMinute; sent += 50)
      [last = last] = await Promise.all(
        Array.from({ length: Math.min(50, requestsPerMinute - sent) }, (_, index) => ask(`${limited}::${index}`)),
      );
    expect(last.status).toBe(400);
    const over = await ask(`${limited}:ffff::1`);
    expect(over.status).toBe(429);
    expect(Number(over.headers['retry-after'])).toBeGreaterThan(0);
    expect((await ask('2001:db8:1:3::1')).status).toBe(400);
  });
});

describe('signing in', () => {
  it('takes about as long for an account that does not exist', async () => {
    const person = await makePerson(house);
    const timeOf = async (email: string) => {
      const start = performance.now();
      await createClient(house)(contract.createSession, { body: { email, password: 'wrong' } });
      return performance.now() - start;
    };
    await timeOf('warm-up@example.com');
    const median = (values: number[]) => values.sort((one, other) => one - other)[Math.floor(values.length / 2)] ?? 0;
    const [known, unknown]: [number[], number[]] = [[], []];
    for (let turn = 0; turn < 5; turn += 1) {
      known.push(await timeOf(person.email));
      unknown.push(await timeOf(`nobody-${turn}@example.com`));
    }
    expect(median(unknown)).toBeGreaterThan(median(known) / 3);
  });
});
