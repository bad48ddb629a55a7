import { once } from 'node:events';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { createOutbound, guardedFetch, OutboundRefused } from './outbound.ts';

const servers: Server[] = [];

afterEach(async () => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    server.close();
    await once(server, 'close');
  }
});

const serve = async (listener: RequestListener): Promise<string> => {
  const server = createServer(listener);
  servers.push(server);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
};

const fetchOf = (origin: string, maxBytes?: number) =>
  guardedFetch(createOutbound({ allowedHosts: [origin] }), maxBytes);

const echo: RequestListener = async (request, response) => {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(Buffer.from(chunk));
  const { method, url, headers } = request;
  response.setHeader('content-type', 'application/json');
  response.end(JSON.stringify({ method, url, headers, body: Buffer.concat(chunks).toString() }));
};

describe('what comes through', () => {
  it('sends method, headers and a form, and gives the answer back', async () => {
    const origin = await serve(echo);
    const response = await fetchOf(origin)(`${origin}/token?a=1`, {
      method: 'POST',
      headers: { accept: 'application/json', 'x-mark': 'yes' },
      body: new URLSearchParams({ code: 'a b' }),
    });
    expect(response.status).toBe(200);
    expect(response.headers.get('content-type')).toBe('application/json');
    expect(await response.json()).toMatchObject({
      method: 'POST',
      url: '/token?a=1',
      headers: {
        accept: 'application/json',
        'x-mark': 'yes',
        'content-type': 'application/x-www-form-urlencoded;charset=UTF-8',
      },
      body: 'code=a+b',
    });
  });

  it('takes a URL and a Request as well', async () => {
    const origin = await serve(echo);
    const guarded = fetchOf(origin);
    expect(await (await guarded(new URL(`${origin}/one`))).json()).toMatchObject({ method: 'GET', url: '/one' });
    const request = new Request(`${origin}/two`, { method: 'PUT', body: 'text' });
    expect(await (await guarded(request)).json()).toMatchObject({ method: 'PUT', url: '/two', body: 'text' });
  });

  it('gives several cookies back one by one', async () => {
    const origin = await serve((_request, response) => {
      response.setHeader('set-cookie', ['a=1', 'b=2']);
      response.end();
    });
    expect((await fetchOf(origin)(origin)).headers.getSetCookie()).toEqual(['a=1', 'b=2']);
  });

  it('gives back an answer without a body', async () => {
    const origin = await serve((_request, response) => {
      response.writeHead(204).end();
    });
    const response = await fetchOf(origin)(origin);
    expect([response.status, response.body]).toEqual([204, null]);
  });

  it('gives a redirect back and does not follow it', async () => {
    const asked: (string | undefined)[] = [];
    const origin = await serve((request, response) => {
      asked.push(request.url);
      response.writeHead(302, { location: '/elsewhere' }).end();
    });
    const response = await fetchOf(origin)(`${origin}/start`, { redirect: 'follow' });
    expect([response.status, response.headers.get('location')]).toEqual([302, '/elsewhere']);
    expect(asked).toEqual(['/start']);
  });
});

describe('what does not', () => {
  it('refuses a host that is not allowed, in the words of the guard', async () => {
    const origin = await serve(echo);
    const guarded = guardedFetch(createOutbound({ allowedHosts: [] }));
    await expect(guarded(origin)).rejects.toBeInstanceOf(OutboundRefused);
    await expect(guarded(origin)).rejects.toMatchObject({ code: 'schemeRefused' });
    await expect(guarded('https://10.1.2.3/')).rejects.toMatchObject({ code: 'hostNotAllowed' });
  });

  it('gives up on an answer that is longer than it takes', async () => {
    const origin = await serve((_request, response) => {
      response.end('x'.repeat(5_000));
    });
    expect(await (await fetchOf(origin, 5_000)(origin)).text()).toHaveLength(5_000);
    await expect(fetchOf(origin, 4_999)(origin)).rejects.toThrow('longer than any');
  });

  it.each([
    ['never answers', () => {}],
    ['stops in the middle of its answer', (_request, response) => response.writeHead(200).write('{')],
  ] satisfies [string, RequestListener][])('ends with its signal when a server %s', async (_what, listener) => {
    const origin = await serve(listener);
    await expect(fetchOf(origin)(origin, { signal: AbortSignal.timeout(200) })).rejects.toMatchObject({
      name: 'TimeoutError',
    });
  });

  it('asks nobody when the signal has ended before', async () => {
    let asked = 0;
    const origin = await serve((_request, response) => {
      asked += 1;
      response.end();
    });
    await expect(fetchOf(origin)(origin, { signal: AbortSignal.abort() })).rejects.toMatchObject({
      name: 'AbortError',
    });
    expect(asked).toBe(0);
  });

  it('says what the network says', async () => {
    const origin = await serve((request) => request.socket.destroy());
    await expect(fetchOf(origin)(origin)).rejects.toMatchObject({ code: 'ECONNRESET' });
  });
});
