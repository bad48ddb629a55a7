import { createHash } from 'node:crypto';
import ssh2, { type ParsedKey } from 'ssh2';

/** A pair of keys as `ssh-keygen` writes them. */
export type KeyPair = { privateKey: string; publicKey: string; fingerprint: string };

type Protected = { passphrase: string; cipher: 'aes256-ctr'; rounds: number };

const fingerprintOf = (key: ParsedKey): string =>
  `SHA256:${createHash('sha256').update(key.getPublicSSH()).digest('base64').replace(/=+$/, '')}`;

/** A new pair; encrypted when there is a passphrase. */
export const newKeyPair = (type: 'ed25519' | 'rsa' | 'ecdsa' = 'ed25519', protection?: Protected): KeyPair => {
  const bits = { ed25519: undefined, rsa: 2048, ecdsa: 256 }[type];
  for (;;) {
    const pair = ssh2.utils.generateKeyPairSync(type as 'ecdsa', { bits: bits as 256, ...protection });
    const parsed = ssh2.utils.parseKey(pair.public);
    // ssh2 spoils one key of some hundred, those that have a zero in front.
    if (!(parsed instanceof Error))
      return { privateKey: pair.private, publicKey: pair.public, fingerprint: fingerprintOf(parsed as ParsedKey) };
  }
};
