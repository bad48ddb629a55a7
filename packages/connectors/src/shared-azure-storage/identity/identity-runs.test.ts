import { afterAll, afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openLakeTree } from '../../adls-gen2/lake-tree.ts';
import { adlsGen2Manifest } from '../../adls-gen2/manifest.ts';
import { openBlobLister } from '../../azure-blob/blob-lister.ts';
import { openBlobTree } from '../../azure-blob/blob-tree.ts';
import type { FileDestination, SourceFiles, Target } from '../../connector.ts';
import { createOutbound } from '../../outbound/outbound.ts';
import { flatAccount, lakeAccount } from '../../testing/lake-subject.ts';
import type { RawTarget } from '../../testing/run-check.ts';
import { storeErrorOf } from '../../testing/store-errors.ts';
import { type OpenTree, openStorageDestination } from '../destination/open-destination.ts';
import { openLakeLister } from '../source/lake-lister.ts';
import { type OpenLister, openStorageSource } from '../source/open-source.ts';
import { application, clientSecret, openIdentityWorld, wrongClientSecret } from '../testing/identity-world.ts';

const world = await openIdentityWorld();
const { lake, tenant, guard, withSecret, withCertificate, assign, change } = world;
const opened: { close(): void }[] = [];
const signal = AbortSignal.timeout(120_000);

beforeEach(() => {
  assign('Storage Blob Data Contributor');
  assign('Storage Blob Data Contributor', { account: flatAccount });
});
afterEach(async () => {
  for (const one of opened.splice(0)) one.close();
  await world.tidy();
});
afterAll(() => world.close());

/** As the API does it. */
const parsed = ({ settings, secrets }: RawTarget): Target<typeof adlsGen2Manifest> => ({
  settings: adlsGen2Manifest.settings.parse(settings),
  secrets: adlsGen2Manifest.secrets.parse(secrets),
});

const patience = { maxTries: 3, firstPauseMs: 1, longestPauseMs: 1_500 };

const destinationOf = (openTree: OpenTree, target: RawTarget): FileDestination => {
  const context = { outbound: createOutbound(guard), now: () => new Date() };
  const destination = openStorageDestination(openTree, { patience, blockBytes: 64, pageSize: 3 })(
    parsed(target),
    context,
  );
  opened.push(destination);
  return destination;
};

const sourceOf = (openLister: OpenLister, target: RawTarget): SourceFiles => {
  const context = { outbound: createOutbound(guard), now: () => new Date() };
  const source = openStorageSource(openLister, { pageSize: 3, pieceBytes: 100 })(parsed(target), context);
  opened.push(source);
  return source;
};

const collected = async <Item>(items: AsyncIterable<Item>): Promise<Item[]> => {
  const all: Item[] = [];
  for await (const item of items) all.push(item);
  return all;
};

const expectNoSecret = (output: unknown): void => {
  const text = JSON.stringify(output);
  for (const secret of [clientSecret, wrongClientSecret, 'eyJ']) expect(text).not.toContain(secret);
};

const services: [name: string, account: string, openTree: OpenTree, openLister: OpenLister][] = [
  ['Data Lake', lakeAccount, openLakeTree, openLakeLister],
  ['Blob', flatAccount, openBlobTree, openBlobLister],
  ['Blob with real folders', lakeAccount, openBlobTree, openBlobLister],
];

describe.each(services)('%s', (_name, accountName, openTree, openLister) => {
  it.each([
    ['a client secret', withSecret],
    ['a certificate', withCertificate],
  ])('puts, moves, lists, reads and removes with %s', async (_kind, targetOf) => {
    const target = targetOf({ accountName, baseFolder: 'runs' });
    const destination = destinationOf(openTree, target);
    const long = 'abcdefghij'.repeat(50);
    await destination.put('staging/a/one.csv', Buffer.from('1\n'), signal);
    await destination.put('staging/a/long.csv', Buffer.from(long), signal);
    expect(await destination.moveFile('staging/a/one.csv', 'staging/a/two.csv', { replaces: false }, signal)).toBe(
      'moved',
    );
    expect(await destination.moveFolder('staging/a', 'published/a', signal)).toBe('moved');
    const source = sourceOf(openLister, target);
    const files = (await collected(source.list('runs/published/a', signal))).filter(({ isFolder }) => !isFolder);
    expect(files.map(({ name }) => name).sort()).toEqual(['long.csv', 'two.csv']);
    const file = files.find(({ name }) => name === 'long.csv');
    expect(String(await source.read('runs/published/a/two.csv', 100, signal))).toBe('1\n');
    const pieces = await collected(source.stream(file?.path ?? '', file?.etag ?? '', signal));
    expect(Buffer.concat(pieces).toString()).toBe(long);
    await destination.removeFile('published/a/two.csv', signal);
    await destination.removeFolder('published', signal);
    expect(await destination.exists('published/a', signal)).toBe(false);
    await destination.removeFolder('staging', signal);
  });

  it('says in the words of the check who may not write', async () => {
    await world.tidy();
    assign('Storage Blob Data Reader', { account: accountName });
    const put = destinationOf(openTree, withSecret({ accountName })).put('x', Buffer.from('x'), signal);
    const error = await storeErrorOf(put, expectNoSecret);
    expect(error).toMatchObject({ code: 'roleTooWeak', isTransient: false });
    expect(error.message).toContain(application.clientId);
    expect(error.remedy).toContain(application.objectId);
  });
});

describe('a token', () => {
  const read = (target: RawTarget) => {
    const source = sourceOf(openLakeLister, target);
    return collected(source.list('', signal));
  };

  it('is kept for as long as it is good, by whoever opens the store', async () => {
    await read(withSecret());
    const end = tenant.addFault({ status: 503 });
    await expect(read(withSecret())).resolves.toEqual(expect.anything());
    end();
  });

  it('is never kept past a change of the secret', async () => {
    await read(withSecret());
    const error = await storeErrorOf(read(withSecret({}, wrongClientSecret)), expectNoSecret);
    expect(error).toMatchObject({ code: 'clientSecretWrong', isTransient: false });
    expect(error.message).toContain(application.clientId);
  });

  it('is got anew after storage has not taken it', async () => {
    await read(withSecret());
    await tenant.rotateKeys({ isOldKept: false });
    expect(await storeErrorOf(read(withSecret()), expectNoSecret)).toMatchObject({ code: 'tokenRefused' });
    await expect(read(withSecret())).resolves.toEqual(expect.anything());
  });

  it('is asked for again when the authority is down for a moment', async () => {
    await tenant.rotateKeys({ isOldKept: false });
    await storeErrorOf(read(withSecret()), expectNoSecret);
    const end = tenant.addFault({ status: 503, times: 1 });
    await destinationOf(openLakeTree, withSecret()).exists('x', signal);
    end();
  });

  it('that is not given is a failure with a name, and no retry helps against what is wrong', async () => {
    change({ isBlockedByConditionalAccess: true });
    const target = withCertificate({
      clientId: application.clientId.toUpperCase(),
      tenantId: 'contoso.onmicrosoft.com',
    });
    const before = lake.requests().length;
    const error = await storeErrorOf(read(target), expectNoSecret);
    expect(error).toMatchObject({ code: 'conditionalAccess', isTransient: false });
    expect(lake.requests().length).toBe(before);
  });

  it('over http is not even asked for', async () => {
    const target = withSecret({ endpoint: lake.url.replace('https:', 'http:') });
    expect(await storeErrorOf(read(target), expectNoSecret)).toMatchObject({ code: 'identityNeedsHttps' });
  });
});
