import { afterAll, afterEach, describe, expect, it } from 'vitest';
import { adlsGen2Connector } from '../../adls-gen2/connector.ts';
import { openBlobLister } from '../../azure-blob/blob-lister.ts';
import { azureBlobConnector } from '../../azure-blob/connector.ts';
import { type Connector, type SourceFiles, StoreError } from '../../connector.ts';
import { createOutbound } from '../../outbound/outbound.ts';
import {
  accountSas,
  container,
  containerOf,
  containerSas,
  flatAccount,
  lakeAccount,
  lakeKey,
  startLake,
} from '../../testing/lake-subject.ts';
import { serveHttp } from '../../testing/servers.ts';
import { openLakeLister } from './lake-lister.ts';
import { type OpenLister, openStorageSource } from './open-source.ts';

const lake = await startLake();
const idle = new AbortController().signal;
const opened: SourceFiles[] = [];
afterEach(() => lake.clearFaults());
afterAll(async () => {
  for (const files of opened) files.close();
  await lake.close();
});

const services: [name: string, connector: Connector, lister: OpenLister][] = [
  ['Data Lake', adlsGen2Connector, openLakeLister],
  ['Blob', azureBlobConnector, openBlobLister],
];

type Given = { settings?: Record<string, unknown>; sasToken?: string; now?: () => Date };

const open = (connector: Connector, { settings, sasToken, now = () => new Date() }: Given = {}): SourceFiles => {
  const raw = {
    accountName: lakeAccount,
    container,
    authentication: sasToken === undefined ? 'sharedKey' : 'sas',
    endpoint: lake.url,
    ...settings,
  };
  const target = {
    settings: connector.manifest.settings.parse(raw),
    secrets: connector.manifest.secrets.parse(sasToken === undefined ? { accountKey: lakeKey } : { sasToken }),
  };
  const outbound = createOutbound({ allowedHosts: [String(raw.endpoint)] });
  const files = connector.openSource?.(target, { outbound, now });
  if (files === undefined) throw new Error('Not a source.');
  opened.push(files);
  return files;
};

const put = async (path: string, content: Buffer | string, options = {}, account = lakeAccount): Promise<void> => {
  const bytes = Buffer.from(content);
  await containerOf(lake, account).getBlockBlobClient(path).upload(bytes, bytes.length, options);
};

const list = async (files: SourceFiles, folder: string) => {
  const found: string[] = [];
  for await (const { path, isFolder } of files.list(folder, idle)) found.push(isFolder ? `${path}/` : path);
  return found.sort();
};

const failureOf = async (work: Promise<unknown>): Promise<StoreError> => {
  const error = await work.catch((reason: unknown) => reason);
  if (!(error instanceof StoreError)) throw new Error(`Not a StoreError: ${String(error)}`);
  expect(error.remedy).toBeTruthy();
  expect(`${error.message} ${error.remedy} ${error.stack}`).not.toMatch(/sig=|https?:\/\/127|canary/);
  return error;
};

await put('ci/model.json', '{}');
await put('ci/Customer/a.csv', 'x');

describe.each(services)('reading over %s', (_name, connector, lister) => {
  it('lists nothing of a folder that is empty but there', async () => {
    await put('hollow/a', 'x');
    await containerOf(lake, lakeAccount).deleteBlob('hollow/a');
    expect(await list(open(connector), 'hollow')).toEqual([]);
  });

  it('reads a long file in pieces of one version', async () => {
    const content = Buffer.alloc(9 * 1024 * 1024 + 1, 'abcdefg');
    await put('long.bin', content);
    const before = lake.requests().length;
    const bytes = await open(connector).read('long.bin', content.length, idle);
    expect(Buffer.compare(Buffer.from(bytes), content)).toBe(0);
    expect(lake.requests().length - before).toBe(3);
  });

  it('does not join pieces of two versions', async () => {
    const first = Buffer.alloc(4 * 1024 * 1024, 'a');
    const wanted: (string | undefined)[] = [];
    // The file gets another version after its first piece was sent.
    const changing = await serveHttp((request, response) => {
      const isFirst = wanted.push(request.headers['if-match']) === 1;
      response.setHeader('x-ms-request-id', 'r');
      if (isFirst) {
        const range = `bytes 0-${first.length - 1}/${first.length + 1}`;
        response.writeHead(206, { etag: '"1"', 'content-length': first.length, 'content-range': range });
        response.end(first);
      } else {
        const code = request.headers['if-match'] === '"1"' ? 'ConditionNotMet' : 'InternalError';
        response.writeHead(code === 'ConditionNotMet' ? 412 : 500, { 'x-ms-error-code': code }).end();
      }
    });
    const files = open(connector, { settings: { endpoint: changing.url } });
    const error = await failureOf(files.read('changing.bin', first.length + 1, idle));
    expect(error).toMatchObject({ code: 'fileChanged', isTransient: true });
    expect(wanted).toEqual([undefined, '"1"']);
    await changing.close();
  });

  it('is cut short: that may pass', async () => {
    lake.addFault({ match: { path: '/ci/model.json' }, fault: { truncateBodyAfterBytes: 1 } });
    expect(await failureOf(open(connector).read('ci/model.json', 100, idle))).toMatchObject({
      code: 'connectionReset',
      isTransient: true,
    });
  });

  it.each([
    ['throttled', true, { retryAfterSeconds: 3 }],
    ['serverError', true, { status: 500, code: 'InternalError' }],
    ['containerBeingDeleted', true, { status: 409, code: 'ContainerBeingDeleted' }],
    ['connectionReset', true, { reset: true }],
    ['accountDisabled', false, { status: 403, code: 'AccountIsDisabled' }],
    ['firewallBlocked', false, { status: 403, code: 'AuthorizationFailure' }],
    ['accountKeyRefused', false, { status: 403, code: 'AuthorizationPermissionMismatch' }],
    ['readRefused', false, { status: 403, code: 'SomethingNew' }],
    ['notStorage', false, { status: 200, body: '<html>Sign in</html>', headers: { 'content-type': 'text/html' } }],
    ['redirected', false, { status: 302, body: '', headers: { location: 'https://example.com/' } }],
    ['unexpected', false, { status: 409, code: 'SomethingNew' }],
  ])('%s', async (code, isTransient, fault) => {
    lake.addFault({ match: {}, fault });
    const files = open(connector);
    expect(await failureOf(list(files, 'ci'))).toMatchObject({ code, isTransient });
    expect(await failureOf(files.read('ci/model.json', 100, idle))).toMatchObject({ code, isTransient });
  });

  it('says which container or account is missing', async () => {
    const noContainer = open(connector, { settings: { container: 'nowhere' } });
    expect(await failureOf(list(noContainer, ''))).toMatchObject({ code: 'containerMissing' });
    expect(await failureOf(noContainer.read('a', 1, idle))).toMatchObject({ code: 'containerMissing' });
    const noAccount = open(connector, { settings: { accountName: 'nobody' } });
    expect(await failureOf(list(noAccount, ''))).toMatchObject({ code: 'accountNotFound' });
  });

  it('works with a SAS that may read and list, and says which of them is missing', async () => {
    expect(await list(open(connector, { sasToken: containerSas({ permissions: 'rl' }) }), 'ci')).toEqual([
      'ci/Customer/',
      'ci/model.json',
    ]);
    const blind = open(connector, { sasToken: containerSas({ permissions: 'r' }) });
    expect(await failureOf(list(blind, 'ci'))).toMatchObject({
      code: 'sasPermissionMissing',
      message: expect.stringContaining('list'),
    });
    const mute = open(connector, { sasToken: containerSas({ permissions: 'l' }) });
    expect(await failureOf(mute.read('ci/model.json', 10, idle))).toMatchObject({
      code: 'sasPermissionMissing',
      message: expect.stringContaining('read'),
    });
    const old = open(connector, { sasToken: accountSas({ expiresInDays: -1 }) });
    expect(await failureOf(list(old, 'ci'))).toMatchObject({ code: 'sasExpired' });
  });

  it('gives a request only so long', async () => {
    const target = {
      settings: { accountName: lakeAccount, container, authentication: 'sharedKey' as const, endpoint: lake.url },
      secrets: { accountKey: lakeKey },
    };
    const context = { outbound: createOutbound({ allowedHosts: [lake.url] }), now: () => new Date() };
    const files = openStorageSource(lister, { deadlineMs: 200 })(target, context);
    opened.push(files);
    expect(await list(files, 'ci')).not.toEqual([]);
    lake.addFault({ match: {}, fault: { hang: true } });
    expect(await failureOf(list(files, 'ci'))).toMatchObject({ code: 'noAnswer', isTransient: true });
    expect(await failureOf(files.read('ci/model.json', 10, idle))).toMatchObject({ code: 'noAnswer' });
  });

  it('does not take a file for a folder', async () => {
    expect(await failureOf(list(open(connector), 'ci/model.json'))).toMatchObject({ code: 'folderMissing' });
  });

  it('opens a new connection when the old one is gone', async () => {
    const server = await serveHttp((_request, response) => response.end());
    const files = open(connector, { settings: { endpoint: server.url } });
    expect(await failureOf(list(files, ''))).toMatchObject({ code: 'notStorage' });
    await server.close();
    expect(await failureOf(list(files, ''))).toMatchObject({ code: 'connectionRefused', isTransient: true });
  });
});

describe('reading over Blob without a hierarchical namespace', () => {
  it('lists each folder once where it has a mark of its own, and leaves a mark without a name out', async () => {
    const metadata = { hdi_isfolder: 'true' };
    await put('marked/dir', '', { metadata }, flatAccount);
    await put('marked/dir-1.csv', 'x', {}, flatAccount);
    await put('marked/dir/a.csv', 'x', {}, flatAccount);
    await put('marked/lonely', '', { metadata }, flatAccount);
    const files = open(azureBlobConnector, { settings: { accountName: flatAccount } });
    expect(await list(files, 'marked')).toEqual(['marked/dir-1.csv', 'marked/dir/', 'marked/lonely/']);
    expect(await list(files, 'marked/lonely')).toEqual([]);
    await put('slash/', '', {}, flatAccount);
    expect(await list(files, 'slash')).toEqual([]);
  });
});
