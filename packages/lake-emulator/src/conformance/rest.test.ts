import { randomUUID } from 'node:crypto';
import {
  AccountSASPermissions,
  StorageSharedKeyCredential as BlobKey,
  generateAccountSASQueryParameters,
} from '@azure/storage-blob';
import type { DataLakeFileSystemClient } from '@azure/storage-file-datalake';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { isReal, newFilesystem, openTarget, type Target, writeFile } from '../testing/target.ts';

/** What the JavaScript SDK sends through Blob, other clients (ABFS, Go, Python) send through DFS. */
let target: Target;
let filesystem: DataLakeFileSystemClient;
let sas: string;

beforeAll(async () => {
  target = await openTarget('hierarchical');
  filesystem = await newFilesystem(target);
  await writeFile(filesystem, 'dir/file', '0123456789');
  sas = generateAccountSASQueryParameters(
    {
      permissions: AccountSASPermissions.parse('rwdlacup'),
      resourceTypes: 'sco',
      services: 'b',
      expiresOn: new Date(Date.now() + 600_000),
    },
    new BlobKey(target.account, target.key),
  ).toString();
});

afterAll(async () => {
  await filesystem.delete();
  await target.close();
});

type Init = { method?: string; headers?: Record<string, string>; body?: string };

const call = (path: string, query: string, { method = 'GET', headers = {}, body }: Init = {}): Promise<Response> =>
  fetch(`${target.dfsUrl}/${path}?${[query, sas].filter((part) => part !== '').join('&')}`, {
    method,
    body,
    headers: { 'x-ms-version': '2023-11-03', accept: 'application/json', ...headers },
  });

const outcome = async (answer: Promise<Response>): Promise<string> => {
  const { status, headers } = await answer;
  return `${status} ${headers.get('x-ms-error-code') ?? ''}`.trim();
};

const pairs = (text: string): string => `name=${Buffer.from(text).toString('base64')}`;

describe('filesystem operations', () => {
  it('create, describe, change, list and delete', async () => {
    const name = `t-${randomUUID()}`;
    const created = await call(name, 'resource=filesystem', {
      method: 'PUT',
      headers: { 'x-ms-properties': pairs('é') },
    });
    expect(created.status).toBe(201);
    expect(created.headers.get('x-ms-namespace-enabled')).toBe('true');
    expect(await outcome(call(name, 'resource=filesystem', { method: 'PUT' }))).toBe('409 FilesystemAlreadyExists');
    const read = await call(name, 'resource=filesystem', { method: 'HEAD' });
    expect(read.headers.get('x-ms-properties')).toBe(pairs('é'));
    expect(
      await outcome(call(name, 'resource=filesystem', { method: 'PATCH', headers: { 'x-ms-properties': pairs('b') } })),
    ).toBe('200');
    const list = (await (await call('', `resource=account&prefix=${name}`)).json()) as {
      filesystems: { name: string }[];
    };
    expect(list.filesystems.map((one) => one.name)).toEqual([name]);
    expect(await outcome(call(name, 'resource=filesystem', { method: 'DELETE' }))).toBe('202');
    expect(await outcome(call(name, 'resource=filesystem', { method: 'HEAD' }))).toBe('404 FilesystemNotFound');
  });

  it('refuses a name that cannot be', async () => {
    expect(await outcome(call('no--good', 'resource=filesystem', { method: 'PUT' }))).toBe('400 InvalidResourceName');
  });
});

describe('path operations', () => {
  const file = () => `${filesystem.name}/dir/file`;

  it('answers properties', async () => {
    await call(file(), 'action=setProperties', {
      method: 'PATCH',
      headers: { 'x-ms-properties': pairs('v'), 'x-ms-content-type': 'text/csv' },
    });
    const answer = await call(file(), '', { method: 'HEAD' });
    expect(answer.status).toBe(200);
    expect(answer.headers.get('content-length')).toBe('10');
    expect(answer.headers.get('content-type')).toBe('text/csv');
    expect(answer.headers.get('x-ms-properties')).toBe(pairs('v'));
    expect(answer.headers.get('x-ms-resource-type')).toBe('file');
    expect(answer.headers.get('x-ms-permissions')).toBe('rw-r-----');
    const status = await call(`${filesystem.name}/dir`, 'action=getStatus', { method: 'HEAD' });
    expect(status.headers.get('x-ms-resource-type')).toBe('directory');
    expect(status.headers.get('x-ms-properties')).toBeNull();
  });

  it('reads, in part too, and under conditions', async () => {
    expect(await (await call(file(), '')).text()).toBe('0123456789');
    const part = await call(file(), '', { headers: { range: 'bytes=2-4' } });
    expect([part.status, part.headers.get('content-range'), await part.text()]).toEqual([206, 'bytes 2-4/10', '234']);
    expect(await outcome(call(file(), '', { headers: { range: 'bytes=10-' } }))).toBe('416 InvalidRange');
    const etag = part.headers.get('etag') ?? '';
    expect((await call(file(), '', { headers: { 'if-none-match': etag } })).status).toBe(304);
    expect(await outcome(call(file(), '', { headers: { 'if-match': '"0x1"' } }))).toBe('412 ConditionNotMet');
    const future = new Date(Date.now() + 60_000).toUTCString();
    expect((await call(file(), '', { headers: { 'if-modified-since': future } })).status).toBe(304);
  });

  it('appends and flushes in one call', async () => {
    const path = `${filesystem.name}/dir/quick`;
    expect(await outcome(call(path, 'resource=file', { method: 'PUT' }))).toBe('201');
    expect(await outcome(call(path, 'action=append&position=0&flush=true', { method: 'PATCH', body: 'abc' }))).toBe(
      '202',
    );
    expect(await (await call(path, '')).text()).toBe('abc');
  });

  it('takes a range that means nothing for none', async () => {
    for (const range of ['bytes=5-2', 'bytes=-5', 'bytes=a-b']) {
      const answer = await call(file(), '', { headers: { range } });
      expect([range, answer.status, await answer.text()]).toEqual([range, 200, '0123456789']);
    }
  });

  it('keeps only properties that Blob can answer as headers', async () => {
    const set = (properties: string) =>
      outcome(call(file(), 'action=setProperties', { method: 'PATCH', headers: { 'x-ms-properties': properties } }));
    expect(await set(pairs('日本'))).toBe('400 InvalidHeaderValue');
    expect(await set(`two words=${Buffer.from('x').toString('base64')}`)).toBe('400 InvalidHeaderValue');
    expect(await set(pairs('Zürich'))).toBe('200');
    expect(await outcome(call(file(), '', { method: 'HEAD', headers: { accept: 'application/xml' } }))).toBe('200');
  });

  it('says what is wrong with a request', async () => {
    const name = filesystem.name;
    expect(await outcome(call(`${name}/none`, ''))).toBe('404 PathNotFound');
    expect(await outcome(call(`${name}/x`, 'resource=file', { method: 'PUT', body: 'x' }))).toBe(
      '400 ContentLengthMustBeZero',
    );
    expect(await outcome(call(`${name}/x`, 'resource=link', { method: 'PUT' }))).toBe('400 InvalidQueryParameterValue');
    expect(await outcome(call(file(), 'action=dance', { method: 'PATCH' }))).toBe('400 InvalidQueryParameterValue');
    expect(await outcome(call(file(), 'action=flush', { method: 'PATCH' }))).toBe('400 MissingRequiredQueryParameter');
    expect(await outcome(call(file(), 'action=flush&position=10', { method: 'PATCH', body: 'x' }))).toBe(
      '400 ContentLengthMustBeZero',
    );
    const noMd5 = { 'content-md5': 'zzz' };
    expect(
      await outcome(call(file(), 'action=append&position=10', { method: 'PATCH', headers: noMd5, body: 'x' })),
    ).toBe('400 InvalidMd5');
    expect(await outcome(call(name, 'resource=filesystem'))).toBe('400 MissingRequiredQueryParameter');
    expect(await outcome(call(name, 'resource=filesystem&recursive=true&maxResults=0'))).toBe(
      '400 InvalidQueryParameterValue',
    );
    expect(await outcome(call(`${name}/x`, '', { method: 'PUT', headers: { 'x-ms-rename-source': 'no-slash' } }))).toBe(
      '400 InvalidSourceUri',
    );
  });
});

if (!isReal('hierarchical')) {
  it('refuses by name what this emulator does not do', async () => {
    const path = `${filesystem.name}/dir/file`;
    const lease = { 'x-ms-lease-action': 'acquire', 'x-ms-lease-duration': '15' };
    expect(await outcome(call(path, '', { method: 'POST', headers: lease }))).toBe('501 NotImplemented');
    expect(await outcome(call(path, 'action=checkAccess&fsAction=r--', { method: 'HEAD' }))).toBe('501 NotImplemented');
    const rename = { 'x-ms-source-container-name': filesystem.name };
    expect(
      await outcome(call('t-renamed', 'restype=container&comp=rename', { method: 'PUT', headers: rename, body: '' })),
    ).toBe('501 NotImplemented');
    const key = { 'x-ms-encryption-key': 'k' };
    expect(await outcome(call(path, 'resource=file', { method: 'PUT', headers: key }))).toBe('400 UnsupportedHeader');
  });
}
