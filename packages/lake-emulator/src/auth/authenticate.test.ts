import { request as httpRequest } from 'node:http';
import { connect } from 'node:net';
import { StorageSharedKeyCredential as BlobKey, BlobServiceClient } from '@azure/storage-blob';
import { DataLakeServiceClient, StorageSharedKeyCredential } from '@azure/storage-file-datalake';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DEMO_ACCOUNT, type LakeAccount } from '../accounts.ts';
import { type LakeEmulator, startLakeEmulator } from '../emulator.ts';
import { failureOf, targetOf, writeFile } from '../testing/target.ts';
import { sign } from './shared-key.ts';

const LOCKED: LakeAccount = { ...DEMO_ACCOUNT, name: 'lockedlake', sharedKeyAccess: false };
const { name } = DEMO_ACCOUNT;
let emulator: LakeEmulator;

beforeAll(async () => {
  emulator = await startLakeEmulator({ accounts: [DEMO_ACCOUNT, LOCKED] });
  const target = targetOf(emulator, DEMO_ACCOUNT);
  await target.lake.getFileSystemClient('files').create();
  await writeFile(target.lake.getFileSystemClient('files'), 'dir/file', 'x');
});

afterAll(() => emulator.close());

type Raw = { status: number; headers: Record<string, string | string[] | undefined>; body: string };

/** A request whose every header is under control, Host and Date too. */
const send = (path: string, headers: Record<string, string>, method = 'GET'): Promise<Raw> =>
  new Promise((resolve, reject) => {
    const request = httpRequest({ host: '127.0.0.1', port: emulator.port, path, method, headers }, (answer) => {
      let body = '';
      answer.on('data', (chunk: Buffer) => {
        body += chunk.toString('utf8');
      });
      answer.on('end', () => resolve({ status: answer.statusCode ?? 0, headers: answer.headers, body }));
    });
    request.on('error', reject);
    request.end();
  });

/** Signs a GET with only x-ms-date and x-ms-version, by the documented recipe. */
const signedHeaders = (path: string, query: Record<string, string>, date: Date): Record<string, string> => {
  const stamp = date.toUTCString();
  const parameters = Object.keys(query)
    .sort()
    .map((parameter) => `\n${parameter}:${query[parameter]}`)
    .join('');
  const text = `GET${'\n'.repeat(12)}x-ms-date:${stamp}\nx-ms-version:2023-11-03\n/${name}${path}${parameters}`;
  return {
    'x-ms-date': stamp,
    'x-ms-version': '2023-11-03',
    authorization: `SharedKey ${name}:${sign(DEMO_ACCOUNT, text)}`,
  };
};

const LIST = { resource: 'filesystem', recursive: 'true' };
const listPath = `/${name}/files?resource=filesystem&recursive=true`;

describe('SharedKey', () => {
  it('accepts a signature made by the documented recipe', async () => {
    const answer = await send(listPath, signedHeaders(`/${name}/files`, LIST, new Date()));
    expect(answer.status).toBe(200);
    expect(JSON.parse(answer.body)).toMatchObject({
      paths: [{ name: 'dir', isDirectory: 'true' }, { name: 'dir/file' }],
    });
  });

  it.each([-16, 16])('refuses a request %d minutes off', async (minutes) => {
    const date = new Date(Date.now() + minutes * 60_000);
    const answer = await send(listPath, signedHeaders(`/${name}/files`, LIST, date));
    expect(answer.status).toBe(403);
    expect(answer.headers['x-ms-error-code']).toBe('AuthenticationFailed');
    expect(JSON.parse(answer.body).error.detail.AuthenticationErrorDetail).toMatch(
      /^Request date header too (old|new)/,
    );
  });

  it('accepts 14 minutes', async () => {
    const date = new Date(Date.now() - 14 * 60_000);
    expect((await send(listPath, signedHeaders(`/${name}/files`, LIST, date))).status).toBe(200);
  });

  it('refuses a request without a date', async () => {
    const { authorization = '' } = signedHeaders(`/${name}/files`, LIST, new Date());
    const answer = await send(listPath, { authorization });
    expect(answer.headers['x-ms-error-code']).toBe('AuthenticationFailed');
  });

  it('refuses a signature for another path', async () => {
    const answer = await send(listPath, signedHeaders(`/${name}/other`, LIST, new Date()));
    expect(answer.status).toBe(403);
  });

  it('refuses a wrong key on both protocols', async () => {
    const wrong = Buffer.alloc(64, 3).toString('base64');
    const options = { retryOptions: { maxTries: 1 } };
    const lake = new DataLakeServiceClient(
      emulator.endpointOf(name),
      new StorageSharedKeyCredential(name, wrong),
      options,
    );
    const blob = new BlobServiceClient(emulator.endpointOf(name), new BlobKey(name, wrong), options);
    expect(await failureOf(lake.getFileSystemClient('files').listPaths().next())).toBe('403 AuthenticationFailed');
    expect(await failureOf(blob.getContainerClient('files').getProperties())).toBe('403 AuthenticationFailed');
  });

  it('signs headers with hyphens in either order of sorting', async () => {
    const target = targetOf(emulator, DEMO_ACCOUNT);
    const file = target.lake.getFileSystemClient('files').getFileClient('metadata');
    await target.blob
      .getContainerClient('files')
      .getBlockBlobClient('metadata')
      .upload('x', 1, { metadata: { ab: '1', a_b: '2', abc: '3' } });
    expect((await file.getProperties()).metadata).toEqual({ ab: '1', a_b: '2', abc: '3' });
  });

  it('is refused where key access is disabled, SAS signed with the key too', async () => {
    const { lake, blob } = targetOf(emulator, LOCKED);
    expect(await failureOf(lake.getFileSystemClient('a').create())).toBe('403 KeyBasedAuthenticationNotPermitted');
    expect(await failureOf(lake.getFileSystemClient('a').listPaths().next())).toBe(
      '403 KeyBasedAuthenticationNotPermitted',
    );
    const answer = await send(`/${LOCKED.name}/a?sv=2022-11-02&sr=c&sp=r&se=2099-01-01&sig=x&restype=container`, {});
    expect(answer.headers['x-ms-error-code']).toBe('KeyBasedAuthenticationNotPermitted');
    expect(await failureOf(blob.getAccountInfo())).toBe('403 KeyBasedAuthenticationNotPermitted');
  });
});

describe('other ways to ask', () => {
  it('asks who has not signed at all to sign', async () => {
    const dfs = await send(listPath, {});
    expect([dfs.status, dfs.headers['x-ms-error-code']]).toEqual([401, 'NoAuthenticationInformation']);
    expect(dfs.headers['www-authenticate']).toBe('SharedKey');
    const blob = await send(`/${name}/files?restype=container`, {});
    expect([blob.status, blob.headers['x-ms-error-code']]).toEqual([401, 'NoAuthenticationInformation']);
  });

  it('takes no tokens over plain HTTP', async () => {
    const answer = await send(listPath, { authorization: 'Bearer abc', 'x-ms-version': '2023-11-03' });
    expect([answer.status, answer.headers['x-ms-error-code']]).toEqual([403, 'AuthenticationFailed']);
    expect(answer.body).toContain('Authentication scheme Bearer is not allowed with HTTP.');
  });

  it('knows only its accounts', async () => {
    const answer = await send('/nobody/files?restype=container', {});
    expect([answer.status, answer.headers['x-ms-error-code']]).toEqual([404, 'ResourceNotFound']);
  });

  it('lets anybody read a container that was made public', async () => {
    const container = targetOf(emulator, DEMO_ACCOUNT).blob.getContainerClient('public-container');
    await container.create({ access: 'blob' });
    await container.getBlockBlobClient('open').upload('open', 4);
    expect((await send(`/${name}/public-container/open`, {})).body).toBe('open');
    expect((await send(`/${name}/public-container?restype=container&comp=list`, {})).status).toBe(401);
  });

  it('lists with a directory SAS the directory it names', async () => {
    const fields = ['rl', '', '2099-01-01T00:00:00Z', `/blob/${name}/files/dir`, '', '', '', '2022-11-02', 'd'];
    const sig = sign(DEMO_ACCOUNT, [...fields, '', '', '', '', '', '', ''].join('\n'));
    const sas = `sp=rl&se=2099-01-01T00:00:00Z&sv=2022-11-02&sr=d&sdd=1&sig=${encodeURIComponent(sig)}`;
    const inside = await send(`${listPath}&directory=dir&${sas}`, {});
    expect(JSON.parse(inside.body).paths).toHaveLength(1);
    expect((await send(`${listPath}&${sas}`, {})).status).toBe(403);
  });

  it('knows an account by host name', async () => {
    const headers = signedHeaders('/files', LIST, new Date());
    const answer = await send('/files?resource=filesystem&recursive=true', {
      ...headers,
      host: `${name}.dfs.localhost`,
    });
    expect(answer.status).toBe(200);
    const blob = await send('/files/dir/file', {
      ...signedHeaders('/files/dir/file', {}, new Date()),
      host: `${name}.blob.localhost`,
    });
    expect(blob.body).toBe('x');
  });
});

describe('errors', () => {
  it('are JSON on DFS and XML on Blob, with a request id', async () => {
    const dfs = await send(
      `/${name}/missing-one?${'resource=filesystem&recursive=true'}`,
      signedHeaders(`/${name}/missing-one`, LIST, new Date()),
    );
    expect(dfs.headers['content-type']).toMatch(/^application\/json/);
    expect(JSON.parse(dfs.body).error.code).toBe('FilesystemNotFound');
    expect(dfs.headers['x-ms-request-id']).toMatch(/^[0-9a-f-]{36}$/);
    expect(dfs.headers['x-ms-version']).toBe('2023-11-03');
    const blob = await send(`/${name}/files/none`, signedHeaders(`/${name}/files/none`, {}, new Date()));
    expect(blob.headers['content-type']).toMatch(/^application\/xml/);
    expect(blob.body).toContain('<Code>BlobNotFound</Code>');
    expect(blob.headers['x-ms-request-id']).toBeDefined();
  });

  it('refuse what is not implemented by name', async () => {
    const { lake } = targetOf(emulator, DEMO_ACCOUNT);
    const file = lake.getFileSystemClient('files').getFileClient('dir/file');
    expect(await failureOf(file.setExpiry('NeverExpire'))).toMatch(/^(400|501) /);
    expect(await failureOf(lake.getFileSystemClient('files').listDeletedPaths().next())).toMatch(/^(400|501) /);
    expect(
      await failureOf(
        file.append('x', 1, 1, {
          leaseAction: 'acquire',
          leaseDurationInSeconds: 15,
          proposedLeaseId: crypto.randomUUID(),
        }),
      ),
    ).toBe('400 UnsupportedHeader');
  });

  it('tell somebody who may not read nothing about what is there', async () => {
    const answer = await send(`/${name}/files/dir/file`, {});
    expect(answer.status).toBe(401);
    expect(answer.headers['x-ms-resource-type']).toBeUndefined();
    expect(answer.headers['x-ms-owner']).toBeUndefined();
  });

  it('answer an HTTP/1.0 request without a host', async () => {
    const answer = await new Promise<string>((resolve, reject) => {
      const socket = connect(emulator.port, '127.0.0.1', () => socket.write(`GET /${name}/files HTTP/1.0\r\n\r\n`));
      let text = '';
      socket.on('data', (chunk: Buffer) => {
        text += chunk.toString('utf8');
      });
      socket.on('error', reject);
      socket.on('close', () => resolve(text));
    });
    expect(answer).toMatch(/^HTTP\/1.1 400 /);
    expect(answer).toContain('MissingRequiredHeader');
  });

  it('answer a malformed URL without falling over', async () => {
    const answer = await send('/%E0%A4%A/x', {});
    expect([answer.status, answer.headers['x-ms-error-code']]).toEqual([400, 'InvalidUri']);
  });
});
