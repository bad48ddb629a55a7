import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { DEMO_ACCOUNT } from './accounts.ts';
import { type LakeEmulator, startLakeEmulator } from './emulator.ts';
import { failureOf, listNames, readFile, type Target, targetOf, writeFile } from './testing/target.ts';

let emulator: LakeEmulator;
let target: Target;

beforeAll(async () => {
  emulator = await startLakeEmulator({ accounts: [DEMO_ACCOUNT] });
  target = targetOf(emulator, DEMO_ACCOUNT);
  await target.lake.getFileSystemClient('files').create();
  await writeFile(files(), 'a.csv', 'x'.repeat(10_000));
});

afterEach(() => emulator.clearFaults());
afterAll(() => emulator.close());

const files = () => target.lake.getFileSystemClient('files');

describe('what a fault does', () => {
  it('answers a storage error, with Azure’s status and text', async () => {
    emulator.addFault({ match: { path: '/files' }, fault: { code: 'AuthorizationFailure' } });
    expect(await failureOf(files().listPaths().next())).toBe('403 AuthorizationFailure');
    expect(await failureOf(target.blob.getContainerClient('files').getProperties())).toBe('403 AuthorizationFailure');
  });

  it('answers any status and code', async () => {
    emulator.addFault({ match: {}, fault: { status: 409, code: 'ContainerBeingDeleted', message: 'later' } });
    await expect(files().create()).rejects.toMatchObject({ statusCode: 409, code: 'ContainerBeingDeleted' });
  });

  it('throttles with Retry-After', async () => {
    emulator.addFault({ match: {}, fault: { retryAfterSeconds: 7 } });
    const answer = await fetch(`${emulator.endpointOf(DEMO_ACCOUNT.name)}/files?restype=container`);
    expect(answer.status).toBe(503);
    expect(answer.headers.get('retry-after')).toBe('7');
    expect(answer.headers.get('x-ms-error-code')).toBe('ServerBusy');
  });

  it('waits before the real answer', async () => {
    emulator.addFault({ match: {}, fault: { latencyMs: 150 } });
    const before = performance.now();
    expect(await listNames(files())).toEqual(['a.csv']);
    expect(performance.now() - before).toBeGreaterThanOrEqual(145);
  });

  it('resets the connection', async () => {
    emulator.addFault({ match: {}, fault: { reset: true } });
    await expect(files().listPaths().next()).rejects.toMatchObject({ code: 'ECONNRESET' });
  });

  it('breaks off the body', async () => {
    emulator.addFault({ match: { method: 'GET', path: '/files/a.csv' }, fault: { truncateBodyAfterBytes: 100 } });
    const answer = await files().getFileClient('a.csv').read(0, undefined, { maxRetryRequests: 0 });
    expect(answer.contentLength).toBe(10_000);
    let received = 0;
    const drain = async () => {
      for await (const chunk of answer.readableStreamBody ?? []) received += chunk.length;
    };
    await expect(drain()).rejects.toThrow();
    expect(received).toBe(100);
  });

  it('answers as something that is not storage', async () => {
    emulator.addFault({
      match: {},
      fault: { body: '<html>Sign in to the guest network</html>', headers: { 'content-type': 'text/html' } },
    });
    const answer = await fetch(`${emulator.url}/contosolake/files`);
    expect(answer.status).toBe(200);
    expect(await answer.text()).toContain('guest network');
    expect(answer.headers.get('x-ms-request-id')).toBeNull();
  });

  it('never answers', async () => {
    emulator.addFault({ match: {}, fault: { hang: true } });
    await expect(fetch(`${emulator.url}/contosolake/files`, { signal: AbortSignal.timeout(200) })).rejects.toThrow(
      /timeout/i,
    );
  });
});

describe('which requests it hits', () => {
  it('the n-th only', async () => {
    emulator.addFault({ match: { path: '/files', nth: 2 }, fault: { code: 'ServerBusy' } });
    expect(await listNames(files())).toEqual(['a.csv']);
    expect(await failureOf(files().listPaths().next())).toBe('503 ServerBusy');
    expect(await listNames(files())).toEqual(['a.csv']);
  });

  it('so many times', async () => {
    emulator.addFault({ match: { times: 2 }, fault: { code: 'ServerBusy' } });
    expect(await failureOf(files().listPaths().next())).toBe('503 ServerBusy');
    expect(await failureOf(files().listPaths().next())).toBe('503 ServerBusy');
    expect(await listNames(files())).toEqual(['a.csv']);
  });

  it('by method, by path and by query', async () => {
    emulator.addFault({
      match: { method: 'PUT', path: /^\/files\/probe/ },
      fault: { code: 'AuthorizationPermissionMismatch' },
    });
    emulator.addFault({ match: { path: '/files?resource=filesystem' }, fault: { code: 'OperationTimedOut' } });
    expect(await readFile(files(), 'a.csv')).toHaveLength(10_000);
    expect(await failureOf(files().getFileClient('probe-1').create())).toBe('403 AuthorizationPermissionMismatch');
    await files().getFileClient('other').create();
    expect(await failureOf(files().listPaths().next())).toBe('500 OperationTimedOut');
    await files().getFileClient('other').delete();
  });

  it('none of another account', async () => {
    emulator.addFault({ match: { account: 'somebodyelse' }, fault: { reset: true } });
    expect(await listNames(files())).toEqual(['a.csv']);
  });

  it('none once it is disarmed', async () => {
    const disarm = emulator.addFault({ match: {}, fault: { code: 'ServerBusy' } });
    disarm();
    expect(await listNames(files())).toEqual(['a.csv']);
  });
});

describe('requests()', () => {
  it('tells what came and what was answered, without signatures', async () => {
    await fetch(`${emulator.url}/contosolake/files/seen%20file?sp=r&sig=topsecret&sv=1`);
    const last = emulator.requests().at(-1);
    expect(last).toMatchObject({
      method: 'GET',
      account: 'contosolake',
      path: '/files/seen file',
      status: 403,
      protocol: 'blob',
    });
    expect(JSON.stringify(emulator.requests())).not.toContain('topsecret');
  });

  it('forgets the oldest beyond a thousand', async () => {
    for (let count = 0; count < 1100; count += 1)
      await fetch(`${emulator.url}/contosolake`).then((answer) => answer.text());
    expect(emulator.requests()).toHaveLength(1000);
  }, 30_000);
});
