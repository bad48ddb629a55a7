import { request } from 'node:https';
import { ClientSecretCredential } from '@azure/identity';
import { DataLakeServiceClient } from '@azure/storage-file-datalake';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { DEMO_ACCOUNT } from '../accounts.ts';
import type { StorageRole } from '../auth/roles.ts';
import { DEMO_TENANT } from '../tenant/demo.ts';
import { APP, clientsWith, OTHER_ACCOUNT, type Secured, startSecured, tokenOf, trusting } from '../testing/secured.ts';
import { failureOf, listNames, readFile, writeFile } from '../testing/target.ts';

const MISMATCH = '403 AuthorizationPermissionMismatch';
const KEEPER = 'bbbbbbbb-0000-4000-8000-0000000000ee';
const account = DEMO_ACCOUNT.name;

let secured: Secured;
let takeAway: () => void = () => {};

const assign = (role: StorageRole, container?: string, of = account): void => {
  takeAway = secured.emulator.assignRole({ principalId: APP.objectId, role, account: of, container });
};

const mine = () => clientsWith(secured, tokenOf(secured));
const keepers = () => clientsWith(secured, tokenOf(secured, KEEPER));

beforeAll(async () => {
  secured = await startSecured();
  secured.emulator.assignRole({ principalId: KEEPER, role: 'Storage Blob Data Owner', account });
  for (const name of ['mine', 'theirs']) await keepers().lake.getFileSystemClient(name).create();
});
afterAll(() => secured.close());

beforeEach(async () => {
  takeAway();
  takeAway = () => {};
  for (const name of ['mine', 'theirs']) {
    await writeFile(keepers().lake.getFileSystemClient(name), 'dir/file', 'x');
  }
});

type Clients = ReturnType<typeof mine>;

const on = ({ lake, blob }: Clients) => {
  const filesystem = lake.getFileSystemClient('mine');
  const container = blob.getContainerClient('mine');
  return {
    filesystem,
    container,
    file: filesystem.getFileClient('dir/file'),
    block: container.getBlockBlobClient('dir/file'),
  };
};

const OWNER_ONLY = { read: true, write: true, execute: false };
const NOTHING = { read: false, write: false, execute: false };

/** What somebody may want to do, on both protocols, by the least role that lets them. */
const DEEDS: Readonly<
  Record<'reader' | 'contributor' | 'owner' | 'nobody', [string, (c: Clients) => Promise<unknown>][]>
> = {
  reader: [
    ['list filesystems', ({ lake }) => lake.listFileSystems().next()],
    ['properties of a filesystem', (c) => on(c).filesystem.getProperties()],
    ['list paths', (c) => on(c).filesystem.listPaths().next()],
    ['properties of a path', (c) => on(c).file.getProperties()],
    ['read', (c) => on(c).file.readToBuffer()],
    ['access control', (c) => on(c).file.getAccessControl()],
    ['list containers', ({ blob }) => blob.listContainers().next()],
    ['list blobs', (c) => on(c).container.listBlobsFlat().next()],
    ['read a blob', (c) => on(c).block.downloadToBuffer()],
    ['blocks of a blob', (c) => on(c).container.getBlockBlobClient('dir/file').getBlockList('committed')],
  ],
  contributor: [
    ['metadata of a filesystem', (c) => on(c).filesystem.setMetadata({ a: 'b' })],
    [
      'create and delete a container',
      async ({ lake }) => {
        const filesystem = lake.getFileSystemClient(`t-${crypto.randomUUID()}`);
        await filesystem.create();
        await filesystem.delete();
      },
    ],
    ['write', (c) => on(c).filesystem.getFileClient('new').upload(Buffer.from('y'))],
    ['make a directory', (c) => on(c).filesystem.getDirectoryClient('d').create()],
    ['metadata', (c) => on(c).file.setMetadata({ a: 'b' })],
    ['rename', (c) => on(c).filesystem.getFileClient('dir/file').move('mine', 'renamed')],
    ['delete', (c) => on(c).file.delete()],
    ['write a blob', (c) => on(c).block.upload('z', 1)],
    ['metadata of a blob', (c) => on(c).block.setMetadata({ a: 'b' })],
    [
      'lease a blob',
      async (c) => {
        const lease = on(c).block.getBlobLeaseClient();
        await lease.acquireLease(15);
        await lease.releaseLease();
      },
    ],
    [
      'lease a container',
      async (c) => {
        const lease = on(c).container.getBlobLeaseClient();
        await lease.acquireLease(15);
        await lease.releaseLease();
      },
    ],
    ['copy a blob', (c) => on(c).container.getBlobClient('copy').beginCopyFromURL(on(c).block.url)],
    ['delete a blob', (c) => on(c).block.delete()],
  ],
  owner: [
    [
      'permissions',
      (c) =>
        on(c).file.setPermissions({
          owner: OWNER_ONLY,
          group: NOTHING,
          other: NOTHING,
          stickyBit: false,
          extendedAcls: false,
        }),
    ],
    ['owner', (c) => on(c).file.setAccessControl([], { owner: APP.objectId })],
    ['access policy', (c) => on(c).container.getAccessPolicy()],
    ['tags', (c) => on(c).block.setTags({ a: 'b' })],
  ],
  nobody: [
    ['kind of account', ({ blob }) => blob.getAccountInfo()],
    ['properties of the service', ({ blob }) => blob.getProperties()],
  ],
};

const outcomeOf = (deed: Promise<unknown>): Promise<string> =>
  deed.then(
    () => 'done',
    (error: unknown) => failureOf(Promise.reject(error)),
  );

const MAY: readonly [StorageRole | 'no role', readonly (keyof typeof DEEDS)[]][] = [
  ['no role', []],
  ['Storage Blob Data Reader', ['reader']],
  ['Storage Blob Data Contributor', ['reader', 'contributor']],
  ['Storage Blob Data Owner', ['reader', 'contributor', 'owner']],
];

describe.each(MAY)('%s', (role, allowed) => {
  const all = (Object.keys(DEEDS) as (keyof typeof DEEDS)[]).flatMap((least) =>
    DEEDS[least].map(([name, deed]) => ({ name, deed, outcome: allowed.includes(least) ? 'done' : MISMATCH })),
  );
  it.each(all)('$name: $outcome', async ({ deed, outcome }) => {
    if (role !== 'no role') assign(role);
    expect(await outcomeOf(deed(mine()))).toBe(outcome);
  });
});

describe('a role on one container', () => {
  beforeEach(() => assign('Storage Blob Data Contributor', 'mine'));

  it('is good there and nowhere else', async () => {
    const { lake, blob } = mine();
    expect(await listNames(lake.getFileSystemClient('mine'))).toContain('dir/file');
    expect(await failureOf(lake.getFileSystemClient('theirs').listPaths().next())).toBe(MISMATCH);
    expect(await failureOf(blob.getContainerClient('theirs').getBlobClient('dir/file').downloadToBuffer())).toBe(
      MISMATCH,
    );
    expect(await failureOf(lake.listFileSystems().next())).toBe(MISMATCH);
    expect(await failureOf(blob.listContainers().next())).toBe(MISMATCH);
    expect(await failureOf(lake.getFileSystemClient('missing').listPaths().next())).toBe(MISMATCH);
  });

  it('renames neither out of it nor into it', async () => {
    const out = mine().lake.getFileSystemClient('mine').getFileClient('dir/file');
    expect(await failureOf(out.move('theirs', 'moved'))).toBe(MISMATCH);
    const into = mine().lake.getFileSystemClient('theirs').getFileClient('dir/file');
    expect(await failureOf(into.move('mine', 'moved'))).toBe(MISMATCH);
    expect(await readFile(keepers().lake.getFileSystemClient('theirs'), 'dir/file')).toBe('x');
  });

  it('copies nothing from where it is not', async () => {
    const source = mine().blob.getContainerClient('theirs').getBlobClient('dir/file').url;
    const target = mine().blob.getContainerClient('mine').getBlobClient('stolen');
    expect(await failureOf(target.beginCopyFromURL(source))).toBe(MISMATCH);
  });
});

describe('a copy by host name', () => {
  const copy = async (source: string): Promise<number | undefined> => {
    const host = `${account}.blob.localhost`;
    const headers = {
      host,
      authorization: `Bearer ${await tokenOf(secured)()}`,
      'x-ms-version': '2023-11-03',
      'x-ms-copy-source': `https://${host}/${source}`,
    };
    const target = { host: '127.0.0.1', port: secured.emulator.port, servername: host, ca: secured.ca.cert };
    return new Promise((resolve, reject) => {
      request({ ...target, method: 'PUT', path: '/mine/copied', headers }, (answer) => {
        answer.resume();
        resolve(answer.statusCode);
      })
        .on('error', reject)
        .end();
    });
  };

  it('reads where the role lets it', async () => {
    assign('Storage Blob Data Contributor', 'mine');
    expect(await copy('mine/dir/file')).toBe(202);
    expect(await copy('theirs/dir/file')).toBe(403);
    expect(await readFile(keepers().lake.getFileSystemClient('mine'), 'copied')).toBe('x');
  });
});

it('is asked for at every request', async () => {
  const filesystem = mine().lake.getFileSystemClient('mine');
  expect(await failureOf(filesystem.listPaths().next())).toBe(MISMATCH);
  assign('Storage Blob Data Reader');
  expect((await filesystem.listPaths().next()).done).toBe(false);
  takeAway();
  expect(await failureOf(filesystem.listPaths().next())).toBe(MISMATCH);
});

it('is good on its account alone', async () => {
  assign('Storage Blob Data Owner', undefined, OTHER_ACCOUNT.name);
  expect(await failureOf(mine().lake.listFileSystems().next())).toBe(MISMATCH);
  const elsewhere = clientsWith(secured, tokenOf(secured), OTHER_ACCOUNT.name);
  expect((await elsewhere.lake.listFileSystems().next()).done).toBe(true);
});

it('refuses assignments that cannot be', () => {
  const assignment = { principalId: KEEPER, role: 'Storage Blob Data Reader' } as const;
  expect(() => secured.emulator.assignRole({ ...assignment, account: 'nobody' })).toThrow('"nobody"');
  const wrong = { ...assignment, account, role: 'Reader' as StorageRole };
  expect(() => secured.emulator.assignRole(wrong)).toThrow('Storage Blob Data Owner');
});

it('works from secret to file with the SDKs alone', async () => {
  assign('Storage Blob Data Contributor');
  const { tlsOptions } = trusting(secured);
  const options = { tlsOptions, authorityHost: secured.tenant.url, disableInstanceDiscovery: true };
  const credential = new ClientSecretCredential(DEMO_TENANT.id, APP.clientId, 'the-secret-of-the-app', options);
  const lake = new DataLakeServiceClient(secured.emulator.endpointOf(account), credential, trusting(secured));
  await writeFile(lake.getFileSystemClient('mine'), 'from/secret', 'hello');
  expect(await readFile(lake.getFileSystemClient('mine'), 'from/secret')).toBe('hello');
});
