import * as contract from '@junction/contracts';
import { expect, test, vi } from 'vitest';
import { aMe, anEnvironment, anId } from '../testing/fixtures.ts';
import { mockApi, refuse, streamOf } from '../testing/mock-api.ts';
import { call, callEvents, callNext } from './call.ts';
import { reachable, sessionLost } from './connectivity.ts';
import { ApiProblem, Offline, UnexpectedAnswer } from './errors.ts';

const member = { environmentId: anId(), memberId: anId() };

test('fills params in, sends the query and gives back the parsed answer', async () => {
  const api = mockApi();
  const environment = anEnvironment();
  api.on(contract.listEnvironments, () => ({ value: [environment] }));
  const answer = await call(contract.listEnvironments, { query: { search: 'con toso', maxpagesize: 7 } });
  expect(answer.value).toEqual([environment]);
  expect(api.asked(contract.listEnvironments)[0]?.query).toEqual({ search: 'con toso', maxpagesize: 7 });
});

test('names the version to change', async () => {
  const api = mockApi();
  api.on(contract.deleteMember, () => undefined);
  await call(contract.deleteMember, { params: member, ifMatch: '"7"' });
  expect(api.asked(contract.deleteMember)[0]?.headers.get('if-match')).toBe('"7"');
  expect(api.asked(contract.deleteMember)[0]?.params).toEqual(member);
});

test('gives each POST a key of its own, and no key to the rest', async () => {
  const api = mockApi();
  api.on(contract.createSession, () => aMe());
  api.on(contract.getMe, () => aMe());
  const body = { email: 'admin@contoso.example', password: 'x' };
  await call(contract.createSession, { body });
  await call(contract.createSession, { body });
  await call(contract.getMe, {});
  const keys = api.asked(contract.createSession).map(({ headers }) => headers.get('idempotency-key'));
  expect(keys[0]).toMatch(/^[0-9a-f]{32}$/);
  expect(keys[1]).not.toBe(keys[0]);
  expect(api.asked(contract.getMe)[0]?.headers.has('idempotency-key')).toBe(false);
});

test('a refusal says what is wrong, where, and how long to wait', async () => {
  const api = mockApi();
  const errors = [{ field: 'email', code: 'invalid', message: 'Enter an e-mail address.' }];
  api.on(contract.createSession, () => refuse('tooManyRequests', { detail: 'Wait.', errors, retryAfterSeconds: 30 }));
  const error = await call(contract.createSession, { body: { email: 'a@b.example', password: 'x' } }).catch((e) => e);
  expect(error).toBeInstanceOf(ApiProblem);
  expect(error).toMatchObject({
    message: 'Wait.',
    code: 'tooManyRequests',
    fieldErrors: errors,
    retryAfterSeconds: 30,
  });
});

test('an ended session is announced; wrong credentials are not an ended session', async () => {
  const api = mockApi();
  const listener = vi.fn();
  const stop = sessionLost.listen(listener);
  api.on(contract.createSession, () => refuse('wrongCredentials'));
  await call(contract.createSession, { body: { email: 'a@b.example', password: 'x' } }).catch(() => undefined);
  expect(listener).not.toHaveBeenCalled();
  api.on(contract.getMe, () => refuse('unauthenticated'));
  await call(contract.getMe, {}).catch(() => undefined);
  expect(listener).toHaveBeenCalledOnce();
  stop();
});

test('a network that fails is Offline until something answers again', async () => {
  const api = mockApi();
  api.on(contract.getMe, () => aMe());
  api.setOffline(true);
  await expect(call(contract.getMe, {})).rejects.toBeInstanceOf(Offline);
  expect(reachable.get()).toBe(false);
  api.setOffline(false);
  await call(contract.getMe, {});
  expect(reachable.get()).toBe(true);
});

test('a proxy that speaks for a dead server counts as Offline', async () => {
  vi.stubGlobal('fetch', async () => new Response('<h1>Bad gateway</h1>', { status: 502 }));
  await expect(call(contract.getMe, {})).rejects.toBeInstanceOf(Offline);
});

test('an answer of another shape is not let in', async () => {
  vi.stubGlobal('fetch', async () => Response.json({ id: 'not a person' }));
  await expect(call(contract.getMe, {})).rejects.toBeInstanceOf(UnexpectedAnswer);
  vi.stubGlobal('fetch', async () => new Response('<h1>500</h1>', { status: 500 }));
  await expect(call(contract.getMe, {})).rejects.toBeInstanceOf(UnexpectedAnswer);
});

test('a request given up is no failure of the network', async () => {
  const abort = new AbortController();
  vi.stubGlobal('fetch', async (_: unknown, { signal }: RequestInit) => {
    abort.abort();
    signal?.throwIfAborted();
  });
  await expect(call(contract.getMe, { signal: abort.signal })).rejects.toMatchObject({ name: 'AbortError' });
  expect(reachable.get()).toBe(true);
});

test('follows a nextLink as it is, but nowhere else than to the API', async () => {
  const api = mockApi();
  api.on(contract.listEnvironments, () => ({ value: [] }));
  await callNext(contract.listEnvironments, '/api/v1/environments?skiptoken=abc&maxpagesize=5');
  expect(api.asked(contract.listEnvironments)[0]?.query).toMatchObject({ skiptoken: 'abc', maxpagesize: 5 });
  await expect(callNext(contract.listEnvironments, 'https://elsewhere.example/x')).rejects.toBeInstanceOf(
    UnexpectedAnswer,
  );
});

const draft = { params: { environmentId: anId() }, body: { type: 'adls-gen2', settings: {} } };

test('hands events over as they arrive', async () => {
  const api = mockApi();
  const arrived: string[] = [];
  let goOn = () => {};
  const pause = new Promise<void>((resolve) => {
    goOn = resolve;
  });
  api.on(contract.checkDraft, () =>
    streamOf<typeof contract.checkDraft>(
      (async function* () {
        yield { event: 'started', step: 'endpoint' } as const;
        await pause;
        yield { event: 'started', step: 'connect' } as const;
      })(),
    ),
  );
  const done = callEvents(contract.checkDraft, draft, (event) => {
    arrived.push(event.event === 'started' ? event.step : event.event);
    goOn();
  });
  await done;
  expect(arrived).toEqual(['endpoint', 'connect']);
});

test('an event may come in pieces, and several in one', async () => {
  const text = '{"event":"started","step":"endpoint"}\n{"event":"started","step":"éa"}\n';
  const bytes = new TextEncoder().encode(text);
  const chunks = [bytes.slice(0, 10), bytes.slice(10, 66), bytes.slice(66)];
  vi.stubGlobal(
    'fetch',
    async () =>
      new Response(
        new ReadableStream({
          start: (stream) => {
            for (const chunk of chunks) stream.enqueue(chunk);
            stream.close();
          },
        }),
      ),
  );
  const steps: unknown[] = [];
  await callEvents(contract.checkDraft, draft, (event) => steps.push(event));
  expect(steps).toEqual([
    { event: 'started', step: 'endpoint' },
    { event: 'started', step: 'éa' },
  ]);
});

test('a stream that breaks off is Offline', async () => {
  vi.stubGlobal(
    'fetch',
    async () => new Response(new ReadableStream({ start: (stream) => stream.error(new TypeError('reset')) })),
  );
  await expect(callEvents(contract.checkDraft, draft, () => undefined)).rejects.toBeInstanceOf(Offline);
});
