import { generateKeyPairSync } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { SftpFailure } from '../failure.ts';
import { newKeyPair } from '../testing/keys.ts';
import { readPrivateKey } from './private-key.ts';

const passphrase = 'open sesame';
const codeOf = (key: string, given?: string): string | undefined => {
  try {
    readPrivateKey(key, given);
    return undefined;
  } catch (error) {
    if (!(error instanceof SftpFailure)) throw error;
    expect(JSON.stringify([error.message, error.about])).not.toContain(given ?? 'open sesame');
    return error.code;
  }
};

const pem = (protection: { cipher?: string; passphrase?: string } = {}): string => {
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  return String(privateKey.export({ type: 'pkcs1', format: 'pem', ...protection }));
};

describe('a private key', () => {
  it.each(['ed25519', 'rsa', 'ecdsa'] as const)('of type %s opens', (type) => {
    expect(codeOf(newKeyPair(type).privateKey)).toBeUndefined();
  });

  it('opens in PEM', () => {
    expect(codeOf(pem())).toBeUndefined();
  });

  it('opens whatever the passphrase when it is not encrypted', () => {
    expect(codeOf(newKeyPair().privateKey, passphrase)).toBeUndefined();
    expect(codeOf(pem(), passphrase)).toBeUndefined();
  });

  it.each([
    ['of OpenSSH', newKeyPair('ed25519', { passphrase, cipher: 'aes256-ctr', rounds: 4 }).privateKey],
    ['in PEM', pem({ cipher: 'aes-256-cbc', passphrase })],
  ])('%s that is encrypted needs its passphrase', (_format, key) => {
    expect(codeOf(key, passphrase)).toBeUndefined();
    expect(codeOf(key)).toBe('passphraseMissing');
    expect(codeOf(key, 'wrong')).toBe('passphraseWrong');
  });

  it('that would take minutes to open is not even tried', () => {
    const { privateKey } = newKeyPair('ed25519', { passphrase, cipher: 'aes256-ctr', rounds: 1 });
    const [head, ...lines] = privateKey.trim().split('\n');
    const body = Buffer.from(lines.slice(0, -1).join(''), 'base64');
    // The rounds follow the salt of 16 bytes.
    const salt = body.indexOf('bcrypt') + 'bcrypt'.length + 8;
    body.writeUInt32BE(1_000_000, salt + 16);
    expect(codeOf([head, body.toString('base64'), lines.at(-1)].join('\n'), passphrase)).toBe('passphraseTooSlow');
  });

  it('that is cut short, or something else, cannot be read', () => {
    const { privateKey, publicKey } = newKeyPair();
    const lines = privateKey.split('\n');
    for (const text of [lines.toSpliced(1, 1).join('\n'), publicKey, 'nothing', privateKey.slice(0, 100)])
      expect(codeOf(text)).toBe('keyUnreadable');
  });
});
