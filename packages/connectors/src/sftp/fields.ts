import * as z from 'zod';
import { folderFrom, folderProblem } from '../shared-fields/folder-field.ts';
import { optional, text } from '../shared-fields/text-field.ts';
import { readFingerprint } from './fingerprint.ts';
import { readSftpUrl } from './sftp-url.ts';

/** Longer than any key of people: RSA with 16,384 bits has 13,000 characters. */
const keyMaxChars = 20_000;

const hostFrom = (typed: string): string => {
  const host = readSftpUrl(typed)?.host ?? typed.trim().replace(/^\[(.*)\]$/, '$1');
  return host.toLowerCase();
};

/** RFC 1123 §2.1, underscores as some internal names have them. */
const namePattern =
  /^(?=.{1,253}$)[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9])?(?:\.[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9])?)*$/;
const ipv6Pattern = /^(?=.*:.*:)[0-9a-f:.]{2,45}$/;

export const Host = text('Enter the host.', hostFrom, (host) =>
  namePattern.test(host) || ipv6Pattern.test(host)
    ? undefined
    : 'Enter the host alone, such as files.contoso.com, or its address.',
);

const usualPort = 22;
const portProblem = 'A port is a number from 1 to 65535.';

const asNumber = (value: unknown): unknown => {
  if (typeof value !== 'string') return value;
  const typed = value.trim();
  if (typed === '') return undefined;
  return /^\d+$/.test(typed) ? Number(typed) : value;
};

export const Port = z
  .preprocess(
    asNumber,
    z.int({ error: portProblem }).min(1, { error: portProblem }).max(65_535, { error: portProblem }).default(usualPort),
  )
  .default(usualPort);

export const UserName = text(
  'Enter the user name.',
  (typed) => typed.trim(),
  (name) => (/\p{Cc}/u.test(name) ? 'A user name has no line breaks.' : undefined),
);

/** `/a/b` from the top of the server, `a/b` from the folder that one is in after signing in. */
const serverFolderFrom = (typed: string): string => {
  const path = typed.trim().replace(/^~(?=\/|$)/, '');
  return `${typed.trim().startsWith('/') ? '/' : ''}${folderFrom(path)}`;
};

export const Folder = optional(
  text('Enter a folder such as /exports/2026.', serverFolderFrom, (folder, typed) => {
    if (folder === '/' || (folder === '' && typed.trim().startsWith('~'))) return undefined;
    return folderProblem(folder.replace(/^\//, ''), 'the login folder');
  }),
);

export const Authentication = z.enum(['password', 'privateKey'], { error: 'Choose Password or Private key.' });

export const HostKeyFingerprint = optional(
  text(
    'Enter a fingerprint.',
    (typed) => readFingerprint(typed) ?? typed.trim(),
    (fingerprint) =>
      readFingerprint(fingerprint) === undefined
        ? 'A fingerprint is SHA256: and 43 characters, as "ssh-keygen -lf" prints it.'
        : undefined,
  ),
);

export const Password = text(
  'Enter the password.',
  (typed) => typed,
  (password) => (/[\r\n\0]/.test(password) ? 'A password has no line breaks.' : undefined),
);

const keyFrom = (typed: string): string => `${typed.trim().replace(/\r\n?/g, '\n')}\n`;

/** What can be seen without opening the key. */
const keyProblem = (key: string): string | undefined => {
  if (/^(?:ssh-|ecdsa-|sk-)\S+ AAAA|BEGIN (?:SSH2 )?PUBLIC KEY/.test(key))
    return 'That is the public key. Paste the private one, which begins with -----BEGIN.';
  if (/^PuTTY-User-Key-File-3/.test(key))
    return 'Keys of PuTTY in format 3 cannot be read. Export it in PuTTYgen with Conversions > Export OpenSSH key.';
  return /^(?:-----BEGIN [A-Z0-9 ]*PRIVATE KEY-----|PuTTY-User-Key-File-2:)/.test(key)
    ? undefined
    : 'Paste the whole file of the private key, which begins with -----BEGIN … PRIVATE KEY-----.';
};

export const PrivateKey = text('Enter the private key.', keyFrom, keyProblem, keyMaxChars);

export const Passphrase = text(
  'Enter the passphrase.',
  (typed) => typed,
  () => undefined,
);
