import { type AnyEndpoint, api, apiRoot, paramNames, pathOf } from '@junction/contracts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newId } from '../platform/ids.ts';
import type { TestClient } from '../testing/client.ts';
import { makeEnvironment } from '../testing/factories.ts';
import { openTestHouse, type TestHouse } from '../testing/house.ts';
import { sendRaw } from '../testing/raw.ts';

let house: TestHouse;
let admin: TestClient;
let environmentId: string;
beforeAll(async () => {
  house = await openTestHouse();
  const place = await makeEnvironment(house);
  admin = place.asAdmin;
  environmentId = place.environment.id;
});
afterAll(() => house.close());

const json = { 'content-type': 'application/json' };
const send = async (method: string, path: string, body?: string | Buffer, headers: Record<string, string> = json) => {
  const reply = await sendRaw(house, {
    method,
    path: path.startsWith('/') ? path : `${apiRoot}/${path}`,
    headers: { cookie: admin.cookie ?? '', ...(body === undefined ? {} : headers) },
    body,
  });
  return { ...reply, problem: reply.text === '' ? undefined : JSON.parse(reply.text) };
};

describe('an address', () => {
  it('tells which methods it takes when it is asked with another', async () => {
    const reply = await send('PUT', 'me', '{}');
    expect(reply).toMatchObject({ status: 405, problem: { code: 'methodNotAllowed' } });
    expect(reply.headers.allow).toBe('GET, HEAD, PATCH, OPTIONS');
    expect(await send('OPTIONS', 'me')).toMatchObject({ status: 204, headers: { allow: 'GET, HEAD, PATCH, OPTIONS' } });
  });

  it.each(Object.values(api))('$method $path refuses a method that nobody has', async (endpoint: AnyEndpoint) => {
    const id = newId();
    const params = Object.fromEntries(paramNames(endpoint.path).map((name) => [name, id]));
    const reply = await send('PUT', `${apiRoot}${pathOf(endpoint, { ...params, environmentId })}`, '{}');
    expect(reply.status).toBe(405);
    expect(reply.headers.allow).toContain(endpoint.method);
  });

  it('is answered without a body to HEAD', async () => {
    expect(await send('HEAD', 'me')).toMatchObject({ status: 200, text: '' });
  });

  it.each(['nothing', 'environments/not-an-id', 'environments/%zz', 'environments/%00', 'ME', 'environments//members'])(
    'that does not exist is not found: %s',
    async (path) => {
      expect(await send('GET', path)).toMatchObject({ status: 404, problem: { code: 'notFound', status: 404 } });
    },
  );

  it('takes ids in either case', async () => {
    expect((await send('GET', `environments/${environmentId.toUpperCase()}`)).problem.id).toBe(environmentId);
  });
});

describe('a query', () => {
  it.each([
    ['me?x=1', 'x'],
    ['environments?orderby=name', 'orderby'],
    ['environments?search=a&search=b', 'search'],
    ['environments?maxpagesize=10&maxpagesize=20', 'maxpagesize'],
    ['environments?maxpagesize=1.5', 'maxpagesize'],
    ['environments?maxpagesize=ten', 'maxpagesize'],
    ['environments?__proto__=1', '__proto__'],
    ['environments?search=%00', 'search'],
    ['sign-in-options?debug=true', 'debug'],
  ])('%s is refused at %s', async (path, field) => {
    expect(await send('GET', path)).toMatchObject({
      status: 400,
      problem: { code: 'invalidInput', errors: [{ field }] },
    });
  });
});

describe('a body', () => {
  const patchMe = (body: string | Buffer, headers: Record<string, string> = json) =>
    send('PATCH', 'me', body, { 'if-match': '*', ...headers });

  it.each([
    ['unfinished', '{"name":"S3cretValue'],
    ['a bare word', 'name'],
    ['a string', '"name"'],
    ['a number', '1'],
    ['null', 'null'],
  ])('that is %s is refused without repeating it', async (_what, body) => {
    const reply = await patchMe(body);
    expect(reply).toMatchObject({
      status: 400,
      problem: { code: 'invalidInput', errors: [{ field: '', code: 'malformed_json' }] },
    });
    expect(reply.text).not.toContain('S3cretValue');
  });

  it.each([
    ['an unknown field', '{"name":"Pat","admin":true}', 'admin'],
    ['a field of an object’s own', '{"__proto__":{"name":"Pat"}}', '__proto__'],
    ['an array', '[]', ''],
    ['a NUL character', String.raw`{"name":"Pat\u0000"}`, 'name'],
    ['half a surrogate pair', String.raw`{"name":"Pat\ud83d"}`, 'name'],
    ['a number for a text', '{"name":1e999}', 'name'],
    ['a NUL in a name', String.raw`{"na\u0000me":"Pat"}`, ''],
    ['no end of nesting', `{"name":${'['.repeat(20_000)}${']'.repeat(20_000)}}`, ''],
  ])('with %s is refused', async (_what, body, field) => {
    expect(await patchMe(body)).toMatchObject({ status: 400, problem: { code: 'invalidInput', errors: [{ field }] } });
  });

  it.each([
    ['text/plain', { 'content-type': 'text/plain' }],
    ['a form', { 'content-type': 'application/x-www-form-urlencoded' }],
    ['nothing at all', {}],
    ['another character set', { 'content-type': 'application/json; charset=shift_jis' }],
    ['gzip', { 'content-type': 'application/json', 'content-encoding': 'gzip' }],
  ])('declared as %s is refused', async (_what, headers: Record<string, string>) => {
    expect(await patchMe('{"name":"Pat"}', headers)).toMatchObject({
      status: 415,
      problem: { code: 'unsupportedMediaType' },
    });
  });

  it('that is too large is refused', async () => {
    expect(await patchMe(JSON.stringify({ name: 'x'.repeat(600_000) }))).toMatchObject({
      status: 413,
      problem: { code: 'payloadTooLarge' },
    });
  });

  it('is refused where none is taken', async () => {
    const path = `environments/${environmentId}/members/${newId()}/password-reset`;
    expect(await send('POST', path, '{"x":1}')).toMatchObject({ status: 400, problem: { errors: [{ field: '' }] } });
  });

  it('keeps every character that is one', async () => {
    const name = 'Žofie 👩‍🔬 اسم — ﷽';
    expect((await patchMe(JSON.stringify({ name }))).problem.name).toBe(name);
    expect((await send('GET', 'me')).problem.name).toBe(name);
  });
});

describe('a refusal', () => {
  it('is an RFC 9457 problem whose trace id finds it in the log', async () => {
    const reply = await send('GET', 'nothing');
    expect(reply.headers['content-type']).toBe('application/problem+json; charset=utf-8');
    expect(reply.problem).toEqual({
      type: '/api/docs/errors#notFound',
      title: 'There is nothing here, or not for you',
      status: 404,
      detail: 'There is nothing at this address. /api/docs lists what there is.',
      code: 'notFound',
      traceId: expect.stringMatching(/^[0-9a-f-]{36}$/),
    });
    expect(house.logLines().some((line) => line.includes(reply.problem.traceId))).toBe(true);
  });

  it('of something unexpected tells nothing but where to look', async () => {
    const own = await openTestHouse();
    own.signInLimits.attempt = () => Promise.reject(new Error('broken on purpose'));
    const reply = await sendRaw(own, {
      method: 'POST',
      path: `${apiRoot}/session`,
      headers: json,
      body: '{"email":"a@example.com","password":"S3cretValue"}',
    });
    await own.close();
    expect(reply.status).toBe(500);
    const problem = JSON.parse(reply.text);
    expect(problem).toMatchObject({ code: 'internal', detail: expect.stringContaining('trace id') });
    expect(reply.text).not.toContain('broken on purpose');
    const logged = own.logLines().filter((line) => line.includes(problem.traceId));
    expect(logged.join()).toContain('broken on purpose');
    expect(own.logLines().join()).not.toContain('S3cretValue');
  });
});

describe('the door', () => {
  it('says whether it lives and whether it is ready', async () => {
    expect(await sendRaw(house, { path: '/livez' })).toMatchObject({ status: 200, text: 'ok\n' });
    expect(await sendRaw(house, { path: '/readyz' })).toMatchObject({ status: 200, text: 'ready\n' });
  });

  it('serves the API reference from here alone', async () => {
    const page = await sendRaw(house, { path: '/api/docs' });
    expect(page.status).toBe(200);
    expect(page.text).not.toMatch(/<script>|<style|\son\w+=|style=|https?:\/\//);
    for (const [, path = ''] of page.text.matchAll(/(?:src|href)="([^"]+)"/g))
      expect(await sendRaw(house, { path: `/api/${path}` })).toMatchObject({ status: 200 });
    expect(JSON.parse((await sendRaw(house, { path: `${apiRoot}/openapi.json` })).text).openapi).toBe('3.1.0');
  });
});
