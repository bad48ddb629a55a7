import { createHash } from 'node:crypto';

/** The key that a host shows, as `ssh-keygen -lf` prints it. */
export type HostKey = { fingerprint: string; type: string };

const typeNames: Readonly<Record<string, string>> = {
  'ssh-ed25519': 'ED25519',
  'ssh-rsa': 'RSA',
  'ssh-dss': 'DSA',
  'ecdsa-sha2-nistp256': 'ECDSA',
  'ecdsa-sha2-nistp384': 'ECDSA',
  'ecdsa-sha2-nistp521': 'ECDSA',
};

/** A key begins with its type. https://www.rfc-editor.org/rfc/rfc4253#section-6.6 */
const typeOf = (key: Buffer): string => {
  const length = key.length < 4 ? 0 : key.readUInt32BE(0);
  return typeNames[key.toString('latin1', 4, 4 + length)] ?? 'unknown';
};

export const readHostKey = (key: Buffer): HostKey => ({
  fingerprint: `SHA256:${createHash('sha256').update(key).digest('base64').replace(/=+$/, '')}`,
  type: typeOf(key),
});
