import { createHash } from 'node:crypto';
import ssh2, { type ParsedKey } from 'ssh2';

/** A pair of keys as `ssh-keygen` writes them. */
export type KeyPair = { privateKey: string; publicKey: string; fingerprint: string };

type Protected = { passphrase: string; cipher: 'aes256-ctr'; rounds: number };

/** A new pair; encrypted when there is a passphrase. */
export const newKeyPair = (type: 'ed25519' | 'rsa' | 'ecdsa' = 'ed25519', protection?: Protected): KeyPair => {
  const bits = { ed25519: undefined, rsa: 2048, ecdsa: 256 }[type];
  const pair = ssh2.utils.generateKeyPairSync(type as 'ecdsa', { bits: bits as 256, ...protection });
  const parsed = ssh2.utils.parseKey(pair.public) as ParsedKey;
  const digest = createHash('sha256').update(parsed.getPublicSSH()).digest('base64').replace(/=+$/, '');
  return { privateKey: pair.private, publicKey: pair.public, fingerprint: `SHA256:${digest}` };
};
