import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isListedAccount, parseServerIdentityAccounts } from './server-identity.ts';

describe('the list of accounts', () => {
  it('is read, with one sentence for each entry that is none', () => {
    expect(
      parseServerIdentityAccounts(' contosolake, https://127.0.0.1:10014/contosolake/\nhttps://lake.contoso.com '),
    ).toEqual({
      accounts: ['contosolake', 'https://127.0.0.1:10014/contosolake', 'https://lake.contoso.com'],
      errors: [],
    });
    for (const entry of [
      '*',
      'Contoso',
      'a',
      '*.dfs.core.windows.net',
      'http://127.0.0.1/x',
      'https://a:b@c',
      'https://a?b',
      'contoso-lake',
    ]) {
      const { accounts, errors } = parseServerIdentityAccounts(entry);
      expect([accounts, errors]).toEqual([[], [expect.stringContaining(`"${entry}"`)]]);
    }
  });
});

describe('an account in the list', () => {
  const isListed = (endpoint: string, accounts: string[], account = 'contosolake') =>
    isListedAccount({ accounts }, account, endpoint);

  it.each([
    'https://contosolake.dfs.core.windows.net',
    'https://contosolake.blob.core.windows.net',
    'https://contosolake.blob.core.chinacloudapi.cn',
    'https://contosolake.dfs.core.usgovcloudapi.net',
    'https://contosolake.z12.blob.storage.azure.net',
    'https://contosolake.privatelink.dfs.core.windows.net',
  ])('by its name is at %s', (endpoint) => expect(isListed(endpoint, ['contosolake'])).toBe(true));

  it.each([
    'http://contosolake.dfs.core.windows.net',
    'https://contosolake.dfs.core.windows.net:8443',
    'https://contosolake.dfs.core.windows.net/contosolake',
    'https://contosolake.dfs.core.windows.net.example.com',
    'https://contosolake.example.dfs.core.windows.net',
    'https://contosolake.dfs.example.com',
    'https://fabrikam.dfs.core.windows.net',
    'https://127.0.0.1:10014/contosolake',
  ])('by its name is not at %s', (endpoint) => expect(isListed(endpoint, ['contosolake'])).toBe(false));

  it('by its endpoint is there alone', () => {
    const accounts = ['https://127.0.0.1:10014/contosolake'];
    expect(isListed('https://127.0.0.1:10014/contosolake', accounts)).toBe(true);
    expect(isListed('https://127.0.0.1:10015/contosolake', accounts)).toBe(false);
    expect(isListed('https://127.0.0.1:10014/fabrikam', accounts, 'fabrikam')).toBe(false);
    expect(isListed('https://contosolake.dfs.core.windows.net', accounts)).toBe(false);
  });

  it('is never at a host that is not Azure’s', () => {
    fc.assert(
      fc.property(fc.webUrl({ validSchemes: ['https'] }), (url) => {
        fc.pre(!/\.(?:windows|usgovcloudapi|azure)\.net$|\.chinacloudapi\.cn$/.test(new URL(url).hostname));
        expect(isListed(url, ['contosolake'], 'contosolake')).toBe(false);
      }),
    );
  });
});
