import { setDefaultCACertificates } from 'node:tls';
import { Webhook } from 'standardwebhooks';
import { afterEach, describe, expect, it } from 'vitest';
import { type Batch, StoreError } from '../connector.ts';
import { testAuthority, testCertificate } from '../testing/certificates.ts';
import { serveHttp, serveTcp, serveTls } from '../testing/servers.ts';
import { maxAnswerBytes } from './post.ts';
import { longestRetryAfterMs } from './retry-after.ts';
import { tokenOf } from './testing/receiver.ts';
import { canaries, namedUrl, openWebhookWorld } from './testing/webhook-world.ts';

const { allowing, open, receiver, started, target, tidy, tokenService } = openWebhookWorld();
afterEach(tidy);

const idle = new AbortController().signal;
const lines = '{"id":1,"city":"Köln"}\n{"id":2,"city":null}\n';
const batch: Batch = {
  key: 'run-1/Käse/1.2',
  run: 'run-1',
  export: 'Nightly 100 %',
  entity: 'Käse',
  number: 2,
  part: 1,
  rows: 2,
  lines: new TextEncoder().encode(lines),
};
const closing = {
  key: 'run-1/closing',
  run: 'run-1',
  export: 'Nightly 100 %',
  startedAt: '2026-01-01T00:00:00.000Z',
  finishedAt: '2026-01-01T00:01:00.000Z',
  entities: [{ name: 'Käse', rows: 2, batches: 1 }],
};

const errorOf = async (work: Promise<unknown>): Promise<StoreError> => {
  const error = await work.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (!(error instanceof StoreError)) throw new Error(`Not a StoreError: ${String(error)}`);
  return error;
};

const signedHeaders = (headers: Readonly<Record<string, unknown>>): Record<string, string> =>
  Object.fromEntries(
    ['webhook-id', 'webhook-timestamp', 'webhook-signature'].map((name) => [name, String(headers[name])]),
  );

describe('what is sent', () => {
  it('says whose rows these are, in headers that any text fits into', async () => {
    const { url, requests } = await receiver();
    await open(target(`${url}/in?tenant=5`), allowing(url)).send(batch, idle);
    expect(requests).toEqual([{ url: '/in?tenant=5', headers: expect.anything(), body: lines }]);
    expect(requests[0]?.headers).toMatchObject({
      'content-type': 'application/x-ndjson',
      'idempotency-key': 'run-1/K%C3%A4se/1%2E2',
      'junction-event': 'rows',
      'junction-run': 'run-1',
      'junction-export': 'Nightly%20100%20%25',
      'junction-entity': 'K%C3%A4se',
      'junction-part': '1',
      'junction-batch': '2',
      'junction-rows': '2',
    });
    expect(Object.keys(requests[0]?.headers ?? {})).not.toContain('authorization');
    expect(Object.keys(requests[0]?.headers ?? {})).not.toContain('webhook-signature');
  });

  it('closes a run with what came of it', async () => {
    const { url, requests } = await receiver();
    await open(target(url), allowing(url)).finish(closing, idle);
    const { key, ...data } = closing;
    expect(JSON.parse(requests[0]?.body ?? '')).toEqual({ type: 'run.finished', timestamp: closing.finishedAt, data });
    expect(requests[0]?.headers).toMatchObject({
      'content-type': 'application/json',
      'idempotency-key': key,
      'junction-event': 'run.finished',
    });
  });

  it('is compressed where the connection says so', async () => {
    const { url, requests } = await receiver();
    const destination = open(target(url, { compresses: true }), allowing(url));
    await destination.send(batch, idle);
    await destination.finish(closing, idle);
    expect(requests.map(({ headers }) => headers['content-encoding'])).toEqual(['gzip', 'gzip']);
    expect(requests[0]?.body).toBe(lines);
  });

  it.each([false, true])(
    'carries a signature that the specification’s own library accepts; compressed: %s',
    async (compresses) => {
      const { url, requests } = await receiver();
      const destination = open(target(url, { compresses }, { signingSecret: canaries.signingSecret }), allowing(url));
      await destination.send(batch, idle);
      await destination.finish(closing, idle);
      const webhook = new Webhook(canaries.signingSecret);
      for (const { headers, body } of requests) {
        const signed = signedHeaders(headers);
        expect(signed['webhook-id']).toBe(headers['idempotency-key']);
        expect(() => webhook.verify(body, signed, { jsonParse: false })).not.toThrow();
        expect(() => webhook.verify(`${body} `, signed, { jsonParse: false })).toThrow('No matching signature');
        const replayed = { ...signed, 'webhook-timestamp': String(Number(signed['webhook-timestamp']) + 1) };
        expect(() => webhook.verify(body, replayed, { jsonParse: false })).toThrow('No matching signature');
      }
    },
  );

  it('has a signature of its own for each attempt, and the same id', async () => {
    const { url, requests, fail } = await receiver();
    const moments = [1_800_000_000, 1_800_000_060, 1_800_000_120].map((seconds) => new Date(seconds * 1_000));
    const now = () => moments.shift() ?? new Date();
    const secrets = { signingSecret: canaries.signingSecret };
    const destination = open(target(url, {}, secrets), allowing(url), { now });
    fail({ status: 503 });
    await errorOf(destination.send(batch, idle));
    await destination.send(batch, idle);
    const [first, second] = requests.map(({ headers }) => signedHeaders(headers));
    expect(second?.['webhook-id']).toBe(first?.['webhook-id']);
    expect(second?.['webhook-signature']).not.toBe(first?.['webhook-signature']);
    // Long ago by then: a replayed attempt is refused.
    const { body = '' } = requests[0] ?? {};
    expect(() => new Webhook(canaries.signingSecret).verify(body, first ?? {}, { jsonParse: false })).toThrow(
      'too new',
    );
  });
});

describe('signing in', () => {
  it.each([
    [
      'a user name and password',
      { authentication: 'basic', userName: 'ada' },
      { password: canaries.password },
      { authorization: `Basic ${Buffer.from(`ada:${canaries.password}`).toString('base64')}` },
    ],
    [
      'a bearer token',
      { authentication: 'bearer' },
      { token: canaries.token },
      { authorization: `Bearer ${canaries.token}` },
    ],
    [
      'an API key',
      { authentication: 'apiKey', headerName: 'X-Functions-Key' },
      { apiKey: canaries.apiKey },
      { 'x-functions-key': canaries.apiKey },
    ],
  ])('goes with %s', async (_, settings, secrets, expected) => {
    const { url, requests } = await receiver();
    const destination = open(target(url, settings, secrets), allowing(url));
    await destination.send(batch, idle);
    await destination.finish(closing, idle);
    for (const { headers } of requests) expect(headers).toMatchObject(expected);
  });

  it('goes with a key in the address', async () => {
    const { url, requests } = await receiver();
    const { query } = canaries;
    for (const path of ['/in', '/in?tenant=5'])
      await open(target(`${url}${path}`, { authentication: 'query' }, { query }), allowing(url)).send(batch, idle);
    expect(requests.map(({ url }) => url)).toEqual([`/in?${query}`, `/in?tenant=5&${query}`]);
  });

  const withTokens = async (settings: Readonly<Record<string, unknown>> = {}) => {
    const tokens = await tokenService();
    const hook = await receiver(tokens.lets);
    const { clientSecret } = canaries;
    const oauth2 = { authentication: 'oauth2', tokenUrl: tokens.tokenUrl, clientId: 'junction', ...settings };
    return { tokens, hook, from: target(hook.url, oauth2, { clientSecret }), outbound: allowing(hook.url, tokens.url) };
  };

  it('asks once for a token, for all that want one at the same time', async () => {
    const { tokens, from, outbound } = await withTokens({ scope: 'rows.write', audience: 'https://hooks' });
    const destination = open(from, outbound);
    await Promise.all([1, 2, 3].map(() => destination.send(batch, idle)));
    await destination.send(batch, idle);
    expect(tokens.forms).toEqual([
      { grant_type: 'client_credentials', scope: 'rows.write', audience: 'https://hooks' },
    ]);
  });

  it('sends the client secret in the body where the connection says so', async () => {
    const { tokens, from, outbound } = await withTokens({ sendsSecretInBody: true });
    await open(from, outbound).send(batch, idle);
    const { clientSecret } = canaries;
    expect(tokens.forms).toEqual([
      { grant_type: 'client_credentials', client_id: 'junction', client_secret: clientSecret },
    ]);
  });

  it('gets another token before the old one expires', async () => {
    const { tokens, hook, from, outbound } = await withTokens();
    let nowMs = Date.now();
    const destination = open(from, outbound, { now: () => new Date(nowMs) });
    await destination.send(batch, idle);
    nowMs += 3_539_000;
    await destination.send(batch, idle);
    expect(tokens.forms).toHaveLength(1);
    nowMs += 2_000;
    await destination.send(batch, idle);
    expect(hook.requests.map(({ headers }) => headers.authorization)).toEqual(
      [1, 1, 2].map((number) => `Bearer ${tokenOf(number)}`),
    );
  });

  it('renews a token that is not accepted any more, once', async () => {
    const { tokens, hook, from, outbound } = await withTokens();
    const destination = open(from, outbound);
    await destination.send(batch, idle);
    hook.fail({ status: 401 });
    await destination.send(batch, idle);
    expect(hook.accepted).toHaveLength(2);
    hook.fail({ status: 401 }, { status: 401 });
    expect(await errorOf(destination.send(batch, idle))).toMatchObject({
      code: 'credentialRefused',
      isTransient: false,
    });
    expect(tokens.forms).toHaveLength(3);
    expect(hook.requests).toHaveLength(5);
  });

  it('lets nobody else wait in vain when one who asked for a token goes away', async () => {
    const { tokens, hook, from, outbound } = await withTokens();
    tokens.fail((response) => setTimeout(() => response.writeHead(503).end(), 100));
    const destination = open(from, outbound);
    const abort = new AbortController();
    const reason = new Error('Nobody waits.');
    const [gone, waiting] = [destination.send(batch, abort.signal), errorOf(destination.send(batch, idle))];
    abort.abort(reason);
    await expect(gone).rejects.toBe(reason);
    expect(await waiting).toMatchObject({ code: 'receiverError', isTransient: true });
    await destination.send(batch, idle);
    expect(hook.accepted).toHaveLength(1);
  });

  it('tells how long the token service asks to be left alone', async () => {
    const { tokens, from, outbound } = await withTokens();
    tokens.fail({ status: 429, headers: { 'retry-after': '9' } });
    expect(await errorOf(open(from, outbound).send(batch, idle))).toMatchObject({
      code: 'throttled',
      retryAfterMs: 9_000,
    });
  });
});

describe('answers', () => {
  it.each([
    [301, 'redirected'],
    [304, 'redirected'],
    [307, 'redirected'],
    [308, 'redirected'],
    [400, 'requestRefused'],
    [401, 'credentialRefused'],
    [402, 'requestRefused'],
    [403, 'accessRefused'],
    [404, 'addressMissing'],
    [405, 'methodRefused'],
    [410, 'addressGone'],
    [413, 'batchTooLarge'],
    [415, 'typeRefused'],
    [418, 'requestRefused'],
    [422, 'rowsRefused'],
  ])('takes HTTP %i for something that somebody must change: %s', async (status, code) => {
    const { url, fail, requests } = await receiver();
    fail({ status, headers: { location: `${url}/elsewhere` } });
    expect(await errorOf(open(target(url), allowing(url)).send(batch, idle))).toMatchObject({
      code,
      isTransient: false,
    });
    expect(requests).toHaveLength(1);
  });

  it.each([
    [408, 'requestTimedOut'],
    [409, 'stillProcessing'],
    [425, 'throttled'],
    [429, 'throttled'],
    [500, 'receiverError'],
    [501, 'receiverError'],
    [503, 'receiverError'],
    [599, 'receiverError'],
  ])('takes HTTP %i for something that may pass: %s', async (status, code) => {
    const { url, fail } = await receiver();
    fail({ status, headers: { 'retry-after': '999999' } });
    expect(await errorOf(open(target(url), allowing(url)).send(batch, idle))).toMatchObject({
      code,
      isTransient: true,
      retryAfterMs: longestRetryAfterMs,
    });
  });

  it.each([200, 201, 202, 204, 299])('takes HTTP %i for an acceptance', async (status) => {
    const { url, fail } = await receiver();
    fail({ status });
    await open(target(url), allowing(url)).send(batch, idle);
  });

  it('are read only up to a bound', async () => {
    const { url, fail } = await receiver();
    let written = 0;
    fail((response) => {
      response.writeHead(200);
      const more = () => {
        if (response.destroyed) return;
        written += maxAnswerBytes;
        response.write(Buffer.alloc(maxAnswerBytes), () => setImmediate(more));
      };
      more();
    });
    const destination = open(target(url), allowing(url));
    await destination.send(batch, idle);
    await destination.send(batch, idle);
    // What the network holds, besides what is read.
    expect(written).toBeLessThan(200 * maxAnswerBytes);
  });

  it('count by their status, however long the rest takes', async () => {
    const { url, fail } = await receiver();
    fail((response) => response.writeHead(200).write('{'));
    await open(target(url), allowing(url)).send(batch, idle);
  });

  it('are heard although they come before the delivery was read', async () => {
    const hasty = await started(
      serveHttp((request, response) => {
        response.writeHead(413).end();
        request.resume();
      }),
    );
    const long = { ...batch, lines: Buffer.alloc(1_000_000, 'x') };
    expect(await errorOf(open(target(hasty.url), allowing(hasty.url)).send(long, idle))).toMatchObject({
      code: 'batchTooLarge',
    });
  });

  it('must begin in time, not only drip', async () => {
    const drips = await started(
      serveTcp((socket) => {
        const drip = setInterval(() => socket.write('x'), 20);
        socket.on('error', () => undefined).on('close', () => clearInterval(drip));
        socket.write('HTTP/1.1 200 OK\r\nX-Slow: ');
      }),
    );
    const destination = open(target(drips.url), allowing(drips.url), { deadlineMs: 300 });
    expect(await errorOf(destination.send(batch, idle))).toMatchObject({ code: 'noAnswer', isTransient: true });
  });

  it('use a connection again', async () => {
    const sockets = new Set<unknown>();
    const { url, fail } = await receiver();
    const remember = (response: { socket: unknown; writeHead(status: number): { end(): void } }) => {
      sockets.add(response.socket);
      response.writeHead(200).end();
    };
    fail(remember, remember, remember);
    const destination = open(target(url), allowing(url));
    for (const _ of [1, 2, 3]) await destination.send(batch, idle);
    expect(sockets.size).toBe(1);
  });
});

describe('TLS', () => {
  afterEach(() => setDefaultCACertificates([]));

  const behindTls = async () => {
    const hook = await receiver();
    const secure = await started(serveTls(testCertificate, hook.url, (host) => host));
    return { hook, url: namedUrl(secure) };
  };

  it('is spoken with who has a certificate of a known authority', async () => {
    setDefaultCACertificates([testAuthority]);
    const { hook, url } = await behindTls();
    await open(target(url), allowing(url)).send(batch, idle);
    expect(hook.accepted).toHaveLength(1);
  });

  it('is refused to who has one of an unknown authority, with no row sent', async () => {
    setDefaultCACertificates([]);
    const { hook, url } = await behindTls();
    expect(await errorOf(open(target(url), allowing(url)).send(batch, idle))).toMatchObject({
      code: 'certificateNotTrusted',
      isTransient: false,
    });
    expect(hook.requests).toEqual([]);
  });
});

describe('secrets', () => {
  it('are in no error, whatever the receiver and the token service repeat', async () => {
    const tokens = await tokenService();
    const hook = await receiver(() => false);
    const outbound = allowing(hook.url, tokens.url);
    const { signingSecret } = canaries;
    const kinds: [settings: Readonly<Record<string, unknown>>, secrets: Partial<typeof canaries>][] = [
      [{}, {}],
      [{ authentication: 'basic', userName: 'ada' }, { password: canaries.password }],
      [{ authentication: 'bearer' }, { token: canaries.token }],
      [{ authentication: 'apiKey', headerName: 'X-API-Key' }, { apiKey: canaries.apiKey }],
      [{ authentication: 'query' }, { query: canaries.query }],
      [
        { authentication: 'oauth2', tokenUrl: tokens.tokenUrl, clientId: 'junction', sendsSecretInBody: true },
        { clientSecret: canaries.clientSecret },
      ],
    ];
    const said: string[] = [];
    for (const [settings, secrets] of kinds) {
      for (const status of [307, 400, 401, 500]) {
        for (const failing of [hook, tokens]) {
          const destination = open(target(hook.url, settings, { ...secrets, signingSecret }), outbound);
          failing.fail({ status, echoes: true }, { status, echoes: true });
          const errors = await Promise.all([
            errorOf(destination.send(batch, idle)),
            errorOf(destination.finish(closing, idle)),
          ]);
          said.push(
            ...errors.map((error) => JSON.stringify([error, error.message, error.stack, error.remedy, error.cause])),
          );
          said.push(destination.locationOf());
        }
      }
    }
    const spellings = [...Object.values(canaries), 'canary-access-token'].flatMap((secret) => [
      secret,
      encodeURIComponent(secret),
      Buffer.from(secret).toString('base64'),
      secret.replace('whsec_', ''),
    ]);
    for (const text of said) for (const spelling of spellings) expect(text).not.toContain(spelling);
    for (const text of said) expect(text).not.toContain('Köln');
  });
});
