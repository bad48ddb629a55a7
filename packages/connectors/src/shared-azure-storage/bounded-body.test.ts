import { Readable } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { createOutbound } from '../outbound/outbound.ts';
import { serveHttp } from '../testing/servers.ts';
import { readAtMost } from './bounded-body.ts';
import { guardedHttpClient } from './guarded-http-client.ts';
import { openAccount } from './storage-account.ts';
import { placeOf } from './storage-place.ts';

/** Never ends. */
const endless = function* (): Generator<Buffer> {
  while (true) yield Buffer.alloc(64 * 1024);
};

describe('a bounded body', () => {
  it('is read whole when it is short enough', async () => {
    expect(await readAtMost(Readable.from([Buffer.from('ab'), Buffer.from('c')]), 3)).toEqual(Buffer.from('abc'));
  });

  it('is given up when it is too long, and its source is closed', async () => {
    const stream = Readable.from(endless());
    await expect(readAtMost(stream, 1_000_000)).rejects.toThrow(RangeError);
    expect(stream.destroyed).toBe(true);
  });

  it.each([
    ['a host that is not storage', {}, 'The answer is not from Azure Storage.'],
    ['a host that looks like storage', { 'x-ms-request-id': '1' }, 'longer than any'],
  ])('keeps an endless answer of %s out of memory', async (_name, headers, message) => {
    const server = await serveHttp((_request, response) => {
      response.writeHead(200, headers);
      Readable.from(endless())
        .on('error', () => undefined)
        .pipe(response)
        .on('error', () => undefined);
    });
    const context = { outbound: createOutbound({ allowedHosts: [server.url] }), now: () => new Date() };
    const target = {
      settings: {
        accountName: 'contosolake',
        container: 'exports',
        authentication: 'sharedKey' as const,
        endpoint: server.url,
      },
      secrets: { accountKey: Buffer.alloc(64, 1).toString('base64') },
    };
    const place = placeOf(target, context);
    const http = guardedHttpClient(context.outbound, context.now);
    await expect(openAccount(place, http.options).aboutContainer(AbortSignal.timeout(5_000))).rejects.toThrow(message);
    http.close();
    await server.close();
  });
});
