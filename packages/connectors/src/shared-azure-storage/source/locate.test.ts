import { describe, expect, it } from 'vitest';
import { createOutbound } from '../../outbound/outbound.ts';
import { placeOf, type StorageTarget } from '../storage-place.ts';
import { locateIn } from './locate.ts';

const placeAt = (settings: Partial<StorageTarget['settings']> = {}) =>
  placeOf(
    {
      settings: { accountName: 'contosolake', container: 'files', authentication: 'sharedKey', ...settings },
      secrets: { accountKey: 'a2V5' },
    },
    { outbound: createOutbound({ allowedHosts: [] }), now: () => new Date() },
  );
const azure = placeAt();

describe('a location in the own container', () => {
  it.each([
    ['https://contosolake.dfs.core.windows.net/files/ci/a.csv', 'ci/a.csv'],
    ['https://contosolake.blob.core.windows.net/files/ci/a.csv', 'ci/a.csv'],
    ['HTTPS://ContosoLake.DFS.core.windows.net:443/files/ci/A.csv', 'ci/A.csv'],
    ['http://contosolake.dfs.core.windows.net/files/a.csv', 'a.csv'],
    ['https://contosolake.privatelink.blob.core.windows.net/files/a.csv', 'a.csv'],
    ['https://contosolake.dfs.core.windows.net/files/a%20b/c%2Bd+e%25.csv', 'a b/c+d+e%.csv'],
    ['https://contosolake.dfs.core.windows.net/files/Käse 東京.csv', 'Käse 東京.csv'],
    ['https://contosolake.blob.core.windows.net/files/a.csv?snapshot=2026-01-01T00:00:00Z', 'a.csv'],
    ['https://contosolake.dfs.core.windows.net/files/x/../a.csv', 'a.csv'],
    ['abfss://files@contosolake.dfs.core.windows.net/ci/a.csv', 'ci/a.csv'],
    ['https://contosolake.dfs.core.windows.net/files', ''],
  ])('%s', (url, path) => expect(locateIn(azure)(url)).toEqual({ path }));

  it.each([
    ['core.chinacloudapi.cn', 'https://contosolake.blob.core.chinacloudapi.cn/files/a.csv'],
    ['https://contosolake.z12.dfs.storage.azure.net', 'https://contosolake.z12.blob.storage.azure.net/files/a.csv'],
    ['http://127.0.0.1:10004', 'http://127.0.0.1:10004/contosolake/files/a.csv'],
    ['https://proxy.contoso.com/lake', 'https://proxy.contoso.com/lake/files/a.csv'],
    ['https://contosolake.contoso.com', 'https://contosolake.contoso.com/files/a.csv'],
    // Written for the account itself, read through what stands for it.
    ['http://127.0.0.1:10004', 'https://contosolake.dfs.core.windows.net/files/a.csv'],
  ])('with the endpoint %s: %s', (endpoint, url) => {
    expect(locateIn(placeAt({ endpoint }))(url)).toEqual({ path: 'a.csv' });
  });
});

describe('a location somewhere else', () => {
  it.each([
    ['https://fabrikam.dfs.core.windows.net/files/a.csv?sig=canary', 'another account (fabrikam)'],
    ['https://contosolake.dfs.core.chinacloudapi.cn/files/a.csv', 'another account (contosolake)'],
    ['https://contosolake.dfs.core.windows.net/other/a.csv?sig=canary', 'another container (other)'],
    ['https://contosolake.dfs.core.windows.net/', 'no container'],
    ['https://example.com/files/a.csv', 'another store (example.com)'],
    ['https://contosolake.dfs.core.windows.net@example.com/files/a.csv', 'another store (example.com)'],
    ['abfss://files@fabrikam.dfs.core.windows.net/a.csv', 'another account (fabrikam)'],
    ['adl://contosolake.azuredatalakestore.net/a.csv', 'something that is no http URL'],
    ['https://', 'something that is no http URL'],
    ['https://contosolake.dfs.core.windows.net/files/%E0%A4', 'no container'],
  ])('%s', (url, elsewhere) => expect(locateIn(azure)(url)).toEqual({ elsewhere }));

  it('is another account of the same emulator', () => {
    const locate = locateIn(placeAt({ endpoint: 'http://127.0.0.1:10004' }));
    expect(locate('http://127.0.0.1:10004/contosolake2/files/a.csv')).toEqual({
      elsewhere: 'another store (127.0.0.1:10004)',
    });
    expect(locate('http://127.0.0.1:10005/contosolake/files/a.csv')).toHaveProperty('elsewhere');
  });
});
