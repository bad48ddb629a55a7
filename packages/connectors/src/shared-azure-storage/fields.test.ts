import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type * as z from 'zod';
import { adlsGen2Manifest } from '../adls-gen2/manifest.ts';
import { azureBlobManifest } from '../azure-blob/manifest.ts';
import { isAskedFor, metaOf } from '../manifest.ts';
import { AccountKey, AccountName, BaseFolder, Container, Endpoint, SasToken } from './fields.ts';
import { readPasted } from './pasted.ts';

const key = Buffer.alloc(64, 1).toString('base64');
const sas = 'sv=2024-11-04&sp=rl&se=2030-01-01T00:00:00Z&sig=ab%2Bc%2Fd%3D';

/** The parsed value, or the one message. */
const parse = (schema: z.ZodType, text: unknown): unknown => {
  const parsed = schema.safeParse(text);
  if (parsed.success) return parsed.data;
  expect(parsed.error.issues).toHaveLength(1);
  return new Error(parsed.error.issues[0]?.message);
};

const refused = (part: string) => expect.objectContaining({ message: expect.stringContaining(part) });

describe('account name', () => {
  it.each([
    ['contosolake', 'contosolake'],
    ['  ContosoLake ', 'contosolake'],
    ['https://contosolake.dfs.core.windows.net/exports?sv=1', 'contosolake'],
    ['contosolake.blob.core.windows.net', 'contosolake'],
    ['http://127.0.0.1:10004/contosolake', 'contosolake'],
    [
      `DefaultEndpointsProtocol=https;AccountName=contosolake;AccountKey=${key};EndpointSuffix=core.windows.net`,
      'contosolake',
    ],
    ['', refused('Enter the name')],
    [undefined, refused('Enter the name')],
    ['ab', refused('3 to 24')],
    ['contoso-lake', refused('3 to 24')],
    ['https://example.com', refused('3 to 24')],
    ['x'.repeat(9_000), refused('too long')],
  ])('%j → %j', (text, expected) => expect(parse(AccountName, text)).toEqual(expected));
});

describe('container', () => {
  it.each([
    ['exports', 'exports'],
    [' Exports/ ', 'exports'],
    ['https://contosolake.dfs.core.windows.net/exports/folder', 'exports'],
    ['', refused('Enter the name')],
    ['ab', refused('3 to 63')],
    ['a'.repeat(64), refused('3 to 63')],
    ['my_exports', refused('letters, digits and hyphens')],
    ['-exports', refused('begins and ends')],
    ['my--exports', refused('two hyphens')],
    ['exports/2026', refused('Base folder')],
  ])('%j → %j', (text, expected) => expect(parse(Container, text)).toEqual(expected));
});

describe('base folder', () => {
  it.each([
    ['a/b', 'a/b'],
    ['/a//b/', 'a/b'],
    ['\\a\\b', 'a/b'],
    ['Exporte 2026/Kunden', 'Exporte 2026/Kunden'],
    ['https://contosolake.dfs.core.windows.net/exports/a/b', 'a/b'],
    ['', undefined],
    ['   ', undefined],
    [undefined, undefined],
    ['/', refused('Leave this empty')],
    ['a/../b', refused('".."')],
    ['..\\a', refused('".."')],
    ['./a', refused('".."')],
    ['a/b.', refused('dot')],
    ['a\u0000b', refused('control characters')],
    [`a/${'b'.repeat(255)}`, refused('254')],
    ['ab/'.repeat(200), refused('400')],
    ['a/'.repeat(60), refused('40 levels')],
  ])('%j → %j', (text, expected) => expect(parse(BaseFolder, text)).toEqual(expected));
});

describe('entities folder', () => {
  const folderOf = (entities: Record<string, unknown>) => {
    const settings = { accountName: 'contosolake', container: 'exports', authentication: 'sharedKey', ...entities };
    return [adlsGen2Manifest, azureBlobManifest].map((manifest) =>
      manifest.entityFolderOf?.(manifest.settings.parse(settings)),
    );
  };

  it.each([
    [{}, undefined],
    [{ readsEntities: false, entityFolder: 'ci' }, undefined],
    [{ readsEntities: true }, ''],
    [{ readsEntities: true, entityFolder: ' ' }, ''],
    [{ readsEntities: true, entityFolder: '/ci//prod/' }, 'ci/prod'],
    [{ readsEntities: true, entityFolder: 'https://contosolake.dfs.core.windows.net/exports/ci%20prod' }, 'ci prod'],
  ])('%j → %j', (entities, expected) => expect(folderOf(entities)).toEqual([expected, expected]));

  it('is refused where it would lead out of the container, and so is a word for the switch', () => {
    expect(() => folderOf({ readsEntities: true, entityFolder: '../other' })).toThrow('without');
    expect(() => folderOf({ readsEntities: 'yes' })).toThrow('true or false');
  });

  it('is asked for only while entities are read, and may stay empty', () => {
    const meta = metaOf(adlsGen2Manifest.settings.shape.entityFolder);
    expect(
      [true, 'true', false, 'false', undefined].map((readsEntities) => isAskedFor(meta, { readsEntities })),
    ).toEqual([true, true, false, false, false]);
    expect(meta.isOptional).toBe(true);
  });
});

describe('endpoint', () => {
  const endpointsOf = (endpoint: string) => {
    const settings = { accountName: 'contosolake', container: 'exports', authentication: 'sharedKey', endpoint };
    return [adlsGen2Manifest, azureBlobManifest].map((manifest) =>
      manifest.endpointOf(manifest.settings.parse(settings)),
    );
  };

  it.each([
    ['', 'https://contosolake.dfs.core.windows.net', 'https://contosolake.blob.core.windows.net'],
    [
      'core.chinacloudapi.cn',
      'https://contosolake.dfs.core.chinacloudapi.cn',
      'https://contosolake.blob.core.chinacloudapi.cn',
    ],
    [
      '.dfs.core.usgovcloudapi.net',
      'https://contosolake.dfs.core.usgovcloudapi.net',
      'https://contosolake.blob.core.usgovcloudapi.net',
    ],
    [
      'https://contosolake.z12.blob.storage.azure.net/',
      'https://contosolake.z12.dfs.storage.azure.net',
      'https://contosolake.z12.blob.storage.azure.net',
    ],
    [
      'https://contosolake.dfs.core.windows.net',
      'https://contosolake.dfs.core.windows.net',
      'https://contosolake.blob.core.windows.net',
    ],
    ['http://127.0.0.1:10004', 'http://127.0.0.1:10004/contosolake', 'http://127.0.0.1:10004/contosolake'],
    ['http://127.0.0.1:10004/contosolake/', 'http://127.0.0.1:10004/contosolake', 'http://127.0.0.1:10004/contosolake'],
    ['HTTP://LocalHost:10004', 'http://localhost:10004/contosolake', 'http://localhost:10004/contosolake'],
    ['http://[::1]:10004', 'http://[::1]:10004/contosolake', 'http://[::1]:10004/contosolake'],
    [
      'http://contosolake.dfs.localhost:10004',
      'http://contosolake.dfs.localhost:10004',
      'http://contosolake.blob.localhost:10004',
    ],
    ['https://lake.contoso.com:443', 'https://lake.contoso.com/contosolake', 'https://lake.contoso.com/contosolake'],
  ])('%j leads to %s and %s', (endpoint, dfs, blob) => expect(endpointsOf(endpoint)).toEqual([dfs, blob]));

  it.each([
    ['ftp://contosolake', refused('https://')],
    ['127.0.0.1:10004', refused('begins with https://')],
    ['https://', refused('begins with https://')],
    ['https://a b', refused('complete URL')],
    ['https://u:p@contosolake.dfs.core.windows.net', refused('user name')],
    ['https://contosolake.dfs.core.windows.net/exports', refused('fields of their own')],
    ['http://127.0.0.1:10004/contosolake/exports', refused('fields of their own')],
    ['https://contosolake.dfs.core.windows.net?x=1', refused('"?"')],
    [`https://contosolake.dfs.core.windows.net?${sas}`, refused('SAS token')],
  ])('%j is refused', (text, expected) => expect(parse(Endpoint, text)).toEqual(expected));

  it('that is accepted always makes a URL', () => {
    const part = fc.oneof(
      fc.webUrl(),
      fc.domain(),
      fc.string(),
      fc.constantFrom('http://', 'https://', ':', '/', '@', '?', '.', '[::1]'),
    );
    fc.assert(
      fc.property(fc.array(part, { maxLength: 4 }), (parts) => {
        const parsed = Endpoint.safeParse(parts.join(''));
        if (!parsed.success) return;
        const settings = {
          accountName: 'contosolake',
          container: 'exports',
          authentication: 'sas' as const,
          readsEntities: false,
          endpoint: parsed.data,
        };
        expect(() => new URL(adlsGen2Manifest.endpointOf(settings))).not.toThrow();
        expect(Endpoint.parse(parsed.data)).toBe(parsed.data);
      }),
    );
  });
});

describe('secrets', () => {
  it.each([
    [key, key],
    [` "${key}"\n`, key],
    [`AccountName=contosolake;AccountKey=${key};`, key],
    [`?${sas}`, refused('looks like a SAS token')],
    ['hunter2', refused('88 characters')],
    [Buffer.alloc(63, 1).toString('base64'), refused('88 characters')],
    ['****', refused('placeholder')],
    ['••••••••', refused('placeholder')],
    ['', refused('Enter the account key')],
  ])('account key %j → %j', (text, expected) => expect(parse(AccountKey, text)).toEqual(expected));

  it.each([
    [sas, sas],
    [`?${sas}`, sas],
    [` "${sas}" `, sas],
    [`https://contosolake.blob.core.windows.net/exports?restype=container&comp=list&${sas}`, sas],
    [`BlobEndpoint=https://contosolake.blob.core.windows.net/;SharedAccessSignature=${sas}`, sas],
    ['sv=1&se=2030-01-01&sig=a+b/c=', 'sv=1&se=2030-01-01&sig=a%2Bb/c='],
    ['sv=1&si=policy&sig=abc', 'sv=1&si=policy&sig=abc'],
    [key, refused('looks like an account key')],
    ['sv=1&sig=abc', refused('"se=…"')],
    ['sp=rl&se=2030-01-01', refused('Paste it whole')],
    ['sv=1&se=2030-01-01 &sig=a\nb', refused('one line')],
    ['****', refused('placeholder')],
    ['sv=1&se=2030-01-01&sig=••••', refused('placeholder')],
    ['', refused('Enter the SAS token')],
  ])('SAS token %j → %j', (text, expected) => expect(parse(SasToken, text)).toEqual(expected));
});

describe('a pasted text', () => {
  it.each([
    [
      `DefaultEndpointsProtocol=https;AccountName=contosolake;AccountKey=${key};EndpointSuffix=core.windows.net`,
      { settings: { accountName: 'contosolake', authentication: 'sharedKey' }, secrets: { accountKey: key } },
    ],
    [
      `AccountName=contosolake;AccountKey=${key};EndpointSuffix=core.chinacloudapi.cn`,
      {
        settings: { accountName: 'contosolake', authentication: 'sharedKey', endpoint: 'core.chinacloudapi.cn' },
        secrets: { accountKey: key },
      },
    ],
    [
      `BlobEndpoint=http://127.0.0.1:10004/contosolake;AccountName=contosolake;AccountKey=${key}`,
      {
        settings: {
          accountName: 'contosolake',
          authentication: 'sharedKey',
          endpoint: 'http://127.0.0.1:10004/contosolake',
        },
        secrets: { accountKey: key },
      },
    ],
    [
      `https://contosolake.blob.core.windows.net/exports/a/b?${sas}`,
      {
        settings: { accountName: 'contosolake', container: 'exports', baseFolder: 'a/b', authentication: 'sas' },
        secrets: { sasToken: sas },
      },
    ],
    [
      'abfss://exports@contosolake.dfs.core.windows.net/a',
      { settings: { accountName: 'contosolake', container: 'exports', baseFolder: 'a' }, secrets: {} },
    ],
    ['contosolake.dfs.core.windows.net', { settings: { accountName: 'contosolake' }, secrets: {} }],
    ['contosolake', undefined],
    ['exports/2026', undefined],
    [key, undefined],
    ['https://example.com', undefined],
    ['some words = nothing', undefined],
  ])('%j', (text, expected) => expect(readPasted(text)).toEqual(expected));

  it('fills in the development account that every emulator has', () => {
    const pasted = readPasted('UseDevelopmentStorage=true');
    expect(pasted?.settings).toMatchObject({ accountName: 'devstoreaccount1', endpoint: 'http://127.0.0.1:10000' });
    expect(AccountKey.safeParse(pasted?.secrets.accountKey).success).toBe(true);
  });

  it('fills in only what the form then accepts', () => {
    const { settings, secrets } = readPasted(`https://contosolake.z1.dfs.storage.azure.net/exports?${sas}`) ?? {};
    expect(adlsGen2Manifest.settings.safeParse(settings).success).toBe(true);
    expect(adlsGen2Manifest.secrets.safeParse(secrets).success).toBe(true);
  });
});
