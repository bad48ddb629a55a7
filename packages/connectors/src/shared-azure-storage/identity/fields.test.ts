import { createHash, generateKeyPairSync } from 'node:crypto';
import { makeClientCertificate } from '@junction/lake-emulator';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type * as z from 'zod';
import { adlsGen2Manifest } from '../../adls-gen2/manifest.ts';
import { audienceInsightsManifest } from '../../audience-insights/manifest.ts';
import { azureBlobManifest } from '../../azure-blob/manifest.ts';
import { requiredSecrets } from '../../manifest.ts';
import { readClientCertificate } from './client-certificate.ts';
import { Authority, Certificate, ClientId, ClientSecret, ExpiresOn, TenantId } from './fields.ts';

const { cert, key } = await makeClientCertificate('Junction');
const pem = `${key}${cert}`;

const id = '01234567-89ab-cdef-0123-456789abcdef';
const refused = (part: string) => ({ refused: expect.stringContaining(part) });

const parse = (schema: z.ZodType, typed: string) => {
  const parsed = schema.safeParse(typed);
  return parsed.success ? parsed.data : { refused: parsed.error.issues[0]?.message };
};

describe('tenant and client', () => {
  it.each([
    [id, id],
    [` {${id.toUpperCase()}} `, id],
    ['Contoso.onmicrosoft.com', 'contoso.onmicrosoft.com'],
    ['contoso.com', 'contoso.com'],
    ['', undefined],
    ['common', refused('Directory (tenant) ID')],
    ['organizations', refused('Directory (tenant) ID')],
    ['https://login.microsoftonline.com/contoso.com', refused('Directory (tenant) ID')],
    ['contoso.com/../x', refused('Directory (tenant) ID')],
    ['127.0.0.1', refused('Directory (tenant) ID')],
  ])('tenant %j → %j', (typed, expected) => expect(parse(TenantId, typed)).toEqual(expected));

  it.each([
    [id.toUpperCase(), id],
    ['', undefined],
    ['junction', refused('Application (client) ID')],
    [`${id}0`, refused('Application (client) ID')],
  ])('client %j → %j', (typed, expected) => expect(parse(ClientId, typed)).toEqual(expected));
});

describe('authority', () => {
  it.each([
    ['', undefined],
    ['https://login.contoso.com', 'https://login.contoso.com'],
    ['HTTPS://Login.Contoso.com:443/', 'https://login.contoso.com'],
    ['https://127.0.0.1:10015/', 'https://127.0.0.1:10015'],
    ['http://127.0.0.1:10015', refused('https://')],
    ['login.microsoftonline.com', refused('https://')],
    [`https://login.microsoftonline.com/${id}`, refused('field of its own')],
    ['https://login.microsoftonline.com?x', refused('field of its own')],
    ['https://a:b@login.microsoftonline.com', refused('user name')],
  ])('%j → %j', (typed, expected) => expect(parse(Authority, typed)).toEqual(expected));
});

describe('the day that a secret ends', () => {
  it.each([
    ['', undefined],
    ['2027-06-30', '2027-06-30'],
    ['2027-06-30T10:11:12Z', '2027-06-30'],
    ['2028-02-29', '2028-02-29'],
    ['2027-02-29', refused('year-month-day')],
    ['6/30/2027', refused('year-month-day')],
    ['30.06.2027', refused('year-month-day')],
    ['2027-13-01', refused('year-month-day')],
  ])('%j → %j', (typed, expected) => expect(parse(ExpiresOn, typed)).toEqual(expected));
});

describe('client secret', () => {
  it.each([
    ['abc8Q~example.of-a_secret', 'abc8Q~example.of-a_secret'],
    [' abc8Q~example.of-a_secret\n', 'abc8Q~example.of-a_secret'],
    [id, refused('ID of a secret')],
    [id.toUpperCase(), refused('ID of a secret')],
    ['••••••••', refused('placeholder')],
    ['****', refused('placeholder')],
    ['Abc******************', refused('placeholder')],
    [Buffer.alloc(64, 1).toString('base64'), refused('account key')],
    ['?sv=2024-01-01&se=2030-01-01&sig=abc', refused('SAS token')],
    [pem, refused('certificate')],
    ['two words', refused('one line')],
    ['', refused('Enter the client secret')],
  ])('%j → %j', (typed, expected) => expect(parse(ClientSecret, typed)).toEqual(expected));
});

/** The beginning of a PKCS#12 file with a length of as many bytes as given: a sequence, and version 3. */
const pkcs12 = (length: number[]): string =>
  Buffer.concat([Buffer.from([0x30, ...length, 0x02, 0x01, 0x03, 0x30, 0x82]), Buffer.alloc(300, 7)]).toString(
    'base64',
  );

describe('certificate', () => {
  const body = (label: string) => `-----BEGIN ${label}-----\nMIIB\n-----END ${label}-----\n`;
  const elliptic = generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey;
  const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey;

  it.each([
    ['key and certificate', pem, pem],
    ['certificate and key', `${cert}${key}`, `${cert}${key}`],
    ['Windows line ends', pem.replaceAll('\n', '\r\n'), pem],
    ['what keychains write between', `Bag Attributes\n  friendlyName: x\n${key}Bag Attributes\n${cert}`, pem],
    ['a key of the older form', `${rsa.export({ type: 'pkcs1', format: 'pem' })}${cert}`, expect.any(String)],
    ['a certificate alone', cert, refused('private key is missing')],
    ['a key alone', key, refused('certificate is missing')],
    ['two keys', `${key}${key}${cert}`, refused('more than one private key')],
    ['an encrypted key', `${body('ENCRYPTED PRIVATE KEY')}${cert}`, refused('passphrase')],
    ['a key that is not RSA', `${elliptic.export({ type: 'pkcs8', format: 'pem' })}${cert}`, refused('RSA')],
    [
      'a key that is not RSA, of the older form',
      `${elliptic.export({ type: 'sec1', format: 'pem' })}${cert}`,
      refused('RSA'),
    ],
    ['a PKCS#12 file', pkcs12([0x82, 0x0a, 0x11]), refused('openssl pkcs12 -in')],
    ['a long PKCS#12 file', pkcs12([0x83, 0x01, 0x0a, 0x11]), refused('openssl pkcs12 -in')],
    ['a PKCS#12 file without a length', pkcs12([0x80]), refused('openssl pkcs12 -in')],
    ['its path', 'C:\\certificate.pfx', refused('openssl pkcs12 -in')],
    ['a mask', '••••••••', refused('placeholder')],
    ['nothing', '', refused('Enter the certificate')],
  ])('%s', (_what, typed, expected) => expect(parse(Certificate, typed)).toEqual(expected));

  it('stays as it is once it is stored', () => {
    const between = fc.string().filter((text) => !text.includes('-----'));
    fc.assert(
      fc.property(between, between, fc.constantFrom('\n', '\r\n'), (first, second, end) => {
        const typed = `${first}\n${key}${second}\n${cert}`.replaceAll('\n', end);
        expect(Certificate.parse(typed)).toBe(pem);
        expect(Certificate.parse(Certificate.parse(typed))).toBe(pem);
      }),
    );
  });

  it('that nobody could read is refused or found out, and never throws', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 2_000 }), (typed) => {
        Certificate.safeParse(typed);
        expect(readClientCertificate(typed, new Date()).problem).toBe('clientCertificateUnreadable');
      }),
    );
  });

  it('is read with its end, and with whether the key is its own', async () => {
    const now = new Date();
    expect(readClientCertificate(pem, now).problem).toBeUndefined();
    expect(readClientCertificate(pem, now).expiresAt?.getTime()).toBeGreaterThan(now.getTime());
    const other = await makeClientCertificate('Other');
    expect(readClientCertificate(`${other.key}${cert}`, now).problem).toBe('clientCertificateKeyMismatch');
    expect(readClientCertificate(pem, new Date('2100-01-01')).problem).toBe('clientCertificateExpired');
  });
});

describe.each([
  ['adls-gen2', adlsGen2Manifest],
  ['azure-blob', azureBlobManifest],
  ['audience-insights', audienceInsightsManifest],
])('%s', (_type, manifest) => {
  const settings = (authentication: string, more = {}) => ({
    accountName: 'contosolake',
    ...(manifest === audienceInsightsManifest
      ? { environmentId: id, environmentFolder: `customerinsights/ci_${id}` }
      : { container: 'exports' }),
    authentication,
    ...more,
  });
  const endpointOf = (authentication: string, more = {}): string =>
    manifest.endpointOf(manifest.settings.parse(settings(authentication, more)) as never);
  const service = manifest === azureBlobManifest ? 'blob' : 'dfs';
  const ofAccount = `https://contosolake.${service}.core.windows.net`;
  const application = { tenantId: 'contoso.com', clientId: id };

  it('asks for the secret of what was chosen, and for no other', () => {
    const secretsOf = (authentication: string) => requiredSecrets(manifest as never, { authentication });
    expect(secretsOf('sharedKey')).toEqual(['accountKey']);
    expect(secretsOf('sas')).toEqual(['sasToken']);
    expect(secretsOf('servicePrincipalSecret')).toEqual(['clientSecret']);
    expect(secretsOf('servicePrincipalCertificate')).toEqual(['certificate']);
    expect(secretsOf('serverIdentity')).toEqual([]);
  });

  it.each(['servicePrincipalSecret', 'servicePrincipalCertificate'])('needs tenant and client for %s', (kind) => {
    const missing = manifest.settings.safeParse(settings(kind)).error?.issues.map(({ path }) => path.join('.'));
    expect(missing).toEqual(['tenantId', 'clientId']);
    expect(manifest.settings.safeParse(settings(kind, application)).success).toBe(true);
  });

  it.each(['sharedKey', 'sas', 'serverIdentity'])('sends what %s has to the account alone', (kind) => {
    expect(endpointOf(kind)).toBe(ofAccount);
    expect(endpointOf(kind, { ...application, authority: 'https://login.example.com' })).toBe(ofAccount);
  });

  it('sends the secret of a service principal to one authority, for one tenant', () => {
    const at = (more = {}) => endpointOf('servicePrincipalSecret', { ...application, ...more });
    expect(at()).toBe(`${ofAccount}#https://login.microsoftonline.com/contoso.com`);
    const places = [
      at(),
      at({ tenantId: id }),
      at({ authority: 'https://login.example.com' }),
      at({ accountName: 'fabrikam' }),
      at({ endpoint: 'core.chinacloudapi.cn' }),
      at({ endpoint: 'core.usgovcloudapi.net' }),
      endpointOf('sharedKey'),
    ];
    expect(new Set(places).size).toBe(places.length);
    expect(at({ clientSecretExpiresOn: '2030-01-01' })).toBe(at());
  });

  it.each([
    ['core.chinacloudapi.cn', 'https://login.partner.microsoftonline.cn'],
    ['core.usgovcloudapi.net', 'https://login.microsoftonline.us'],
    ['https://contosolake.z12.dfs.storage.azure.net', 'https://login.microsoftonline.com'],
    ['https://core.chinacloudapi.cn.example.com', 'https://login.microsoftonline.com'],
  ])('asks the authority of the cloud: %s, %s', (endpoint, authority) => {
    const [, place] = endpointOf('servicePrincipalCertificate', { ...application, endpoint }).split('#');
    expect(place).toBe(`${authority}/contoso.com`);
  });
});

it('names of kept tokens say nothing about secrets', async () => {
  const { tokenName } = await import('./kept-tokens.ts');
  const name = tokenName(['a', 'secret']);
  expect(name).not.toBe(
    createHash('sha256')
      .update(JSON.stringify(['a', 'secret']))
      .digest('base64'),
  );
  expect(tokenName(['a', 'secret'])).toBe(name);
  expect(tokenName(['a', 'other'])).not.toBe(name);
});
