import { describe, expect, it } from 'vitest';
import { requiredSecrets } from '../manifest.ts';
import { sftpManifest } from './manifest.ts';
import { placeOf, urlOf } from './place.ts';
import { newKeyPair } from './testing/keys.ts';

const basic = { host: 'files.contoso.com', userName: 'ada', authentication: 'password' };
const parse = (settings: Record<string, unknown>) => sftpManifest.settings.parse({ ...basic, ...settings });
const problemOf = (settings: Record<string, unknown>): string | undefined =>
  sftpManifest.settings.safeParse({ ...basic, ...settings }).error?.issues[0]?.message;
const fingerprint = `SHA256:${'a'.repeat(43)}`;

describe('the settings', () => {
  it('take port 22 for the one that is not said', () => {
    for (const port of [undefined, '', ' 22 ', 22]) expect(parse({ port }).port).toBe(22);
    for (const port of ['0', '65536', 'ssh', '2.5', -1]) expect(problemOf({ port })).toMatch(/1 to 65535/);
  });

  it.each([
    ['Files.Contoso.COM', 'files.contoso.com'],
    [' 10.1.2.3 ', '10.1.2.3'],
    ['[FD00::1]', 'fd00::1'],
    ['fd00::1', 'fd00::1'],
    ['sftp://ada@files.contoso.com:2222/exports', 'files.contoso.com'],
    ['files_1.internal', 'files_1.internal'],
  ])('take %j for a host', (typed, host) => {
    expect(parse({ host: typed }).host).toBe(host);
  });

  it.each(['', 'files.contoso.com:22', 'https://files.contoso.com', 'a b', '-a', 'a..b', 'a/b', 'ada@files', ':'])(
    'take %j for no host',
    (typed) => {
      expect(problemOf({ host: typed })).toMatch(/^Enter the host/);
    },
  );

  it.each([
    ['/exports/2026/', '/exports/2026'],
    ['exports\\2026', 'exports/2026'],
    ['~/exports', 'exports'],
    ['~', ''],
    ['/', '/'],
    ['//a//b', '/a/b'],
    ['', undefined],
  ])('take %j for a folder', (typed, folder) => {
    expect(parse({ folder: typed }).folder).toBe(folder);
  });

  it.each(['..', '/a/../b', 'a/./b', 'a\nb', '~ada/exports/..'])('take %j for no folder', (typed) => {
    expect(problemOf({ folder: typed })).toBeDefined();
  });

  it.each([
    fingerprint,
    ` ${fingerprint}= `,
    `256 ${fingerprint} root@files (ED25519)`,
    `ED25519 key fingerprint is ${fingerprint}.`,
  ])('take %j for a fingerprint', (typed) => {
    expect(parse({ hostKeyFingerprint: typed }).hostKeyFingerprint).toBe(fingerprint);
  });

  it.each(['SHA256:short', `MD5:${'ab:'.repeat(15)}ab`, 'yes', `${fingerprint}a`])(
    'take %j for no fingerprint',
    (typed) => {
      expect(problemOf({ hostKeyFingerprint: typed })).toMatch(/ssh-keygen/);
    },
  );

  it('stay the same when they are read again', () => {
    for (const folder of ['/', '~', 'a/b', '/a']) {
      const settings = parse({ folder, host: '[fd00::1]', hostKeyFingerprint: fingerprint });
      expect(sftpManifest.settings.parse(settings)).toEqual({ ...settings, folder: settings.folder || undefined });
    }
  });
});

describe('the place of the secrets', () => {
  const endpointOf = (settings: Record<string, unknown>) => sftpManifest.endpointOf(parse(settings));

  it('is user, host and port', () => {
    expect(endpointOf({})).toBe('sftp://ada@files.contoso.com:22');
    expect(endpointOf({ host: 'fd00::1', userName: 'ada@contoso.com' })).toBe('sftp://ada%40contoso.com@[fd00::1]:22');
  });

  it('is the same whatever the folder and the host key', () => {
    expect(endpointOf({ folder: '/a', hostKeyFingerprint: fingerprint })).toBe(endpointOf({}));
    for (const other of [{ host: 'files.fabrikam.com' }, { port: 23 }, { userName: 'bob' }])
      expect(endpointOf(other)).not.toBe(endpointOf({}));
  });
});

describe('a pasted URL', () => {
  it.each([
    ['sftp://files.contoso.com', { host: 'files.contoso.com', port: '22' }],
    [
      'sftp://ada@files.contoso.com:2222/exports/a%20b',
      { host: 'files.contoso.com', port: '2222', userName: 'ada', folder: '/exports/a b' },
    ],
    ['sftp://files.contoso.com/~/exports', { host: 'files.contoso.com', port: '22', folder: '~/exports' }],
    ['sftp://[fd00::1]/', { host: 'fd00::1', port: '22' }],
    ['sftp://ada;fingerprint=ssh-rsa-aa@files.contoso.com', { host: 'files.contoso.com', port: '22', userName: 'ada' }],
  ])('%j fills in the form', (text, settings) => {
    expect(sftpManifest.readPasted?.(text)).toEqual({ settings, secrets: {} });
    expect(sftpManifest.settings.safeParse({ ...basic, ...settings }).success).toBe(true);
  });

  it('may bring the password', () => {
    expect(sftpManifest.readPasted?.('sftp://ada:p%40ss@files.contoso.com')).toEqual({
      settings: { host: 'files.contoso.com', port: '22', userName: 'ada', authentication: 'password' },
      secrets: { password: 'p@ss' },
    });
  });

  it.each(['files.contoso.com', 'https://files.contoso.com', 'sftp://', 'sftp://a b', 'ada@files.contoso.com'])(
    '%j is none',
    (text) => {
      expect(sftpManifest.readPasted?.(text)).toBeUndefined();
    },
  );
});

describe('the secrets', () => {
  const problem = (secrets: Record<string, string>) =>
    sftpManifest.secrets.safeParse(secrets).error?.issues[0]?.message;

  it('are those of the chosen authentication; a passphrase is never required', () => {
    expect(requiredSecrets(sftpManifest, { authentication: 'password' })).toEqual(['password']);
    expect(requiredSecrets(sftpManifest, { authentication: 'privateKey' })).toEqual(['privateKey']);
  });

  it('take a password as it is, blanks included', () => {
    expect(sftpManifest.secrets.parse({ password: ' a b ' }).password).toBe(' a b ');
    expect(problem({ password: 'a\nb' })).toMatch(/line breaks/);
  });

  it('take a private key with any line ends', () => {
    const { privateKey } = newKeyPair();
    const typed = `\r\n${privateKey.replaceAll('\n', '\r\n')}\r\n`;
    expect(sftpManifest.secrets.parse({ privateKey: typed }).privateKey).toBe(`${privateKey.trim()}\n`);
  });

  it('say what is wrong with what is no private key', () => {
    expect(problem({ privateKey: newKeyPair().publicKey })).toMatch(/public key/);
    expect(problem({ privateKey: 'PuTTY-User-Key-File-3: ssh-ed25519' })).toMatch(/PuTTYgen/);
    expect(problem({ privateKey: 'correct horse' })).toMatch(/whole file/);
  });
});

describe('the name of a path', () => {
  const at = (settings: Record<string, unknown>, path: string) =>
    urlOf(placeOf({ settings: parse(settings), secrets: {} }), path);

  it('is a URL that others understand, without user name', () => {
    expect(at({ folder: '/exports' }, 'a b#1.csv')).toBe('sftp://files.contoso.com/exports/a%20b%231.csv');
    expect(at({ folder: '/', port: 2222 }, 'a.csv')).toBe('sftp://files.contoso.com:2222/a.csv');
    expect(at({ folder: 'exports' }, 'a.csv')).toBe('sftp://files.contoso.com/~/exports/a.csv');
    expect(at({}, 'a.csv')).toBe('sftp://files.contoso.com/~/a.csv');
  });
});
