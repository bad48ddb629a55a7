import ssh2, { type ParsedKey } from 'ssh2';
import { SftpFailure } from '../failure.ts';

/** `ssh-keygen` uses 16 or 24. Each costs some ten milliseconds, in which nothing else runs. */
const mostRounds = 32;

const bodyOf = (key: string): Buffer => Buffer.from(key.replace(/-----[^-]+-----/g, ''), 'base64');

/** How slow an encrypted key of OpenSSH is made on purpose. https://github.com/openssh/openssh-portable/blob/master/PROTOCOL.key */
const roundsOf = (key: string): number => {
  const body = bodyOf(key);
  const field = (at: number): { start: number; end: number } => {
    const start = at + 4;
    return { start, end: start + body.readUInt32BE(at) };
  };
  try {
    const cipher = field('openssh-key-v1\0'.length);
    const kdf = field(cipher.end);
    const salt = field(field(kdf.end).start);
    return body.toString('latin1', kdf.start, kdf.end) === 'bcrypt' ? body.readUInt32BE(salt.end) : 0;
  } catch {
    return 0;
  }
};

/** ssh2 says only in words why it cannot read a key; none of them is of the key itself. */
const failureOf = ({ message }: Error): SftpFailure => {
  if (/no passphrase given/i.test(message)) return new SftpFailure('passphraseMissing');
  return new SftpFailure(/bad passphrase|bad decrypt/i.test(message) ? 'passphraseWrong' : 'keyUnreadable');
};

const parse = (key: string, passphrase?: string): ParsedKey | Error => {
  try {
    const parsed = ssh2.utils.parseKey(key, passphrase) as ParsedKey | ParsedKey[] | Error;
    const one = Array.isArray(parsed) ? parsed[0] : parsed;
    return one ?? new Error('There is no key.');
  } catch (error) {
    return error instanceof Error ? error : new Error('The key cannot be parsed.');
  }
};

/** Opens a private key. A passphrase that is not needed does not matter. */
export const readPrivateKey = (key: string, passphrase: string | undefined): ParsedKey => {
  const bare = parse(key);
  const isEncrypted = bare instanceof Error && failureOf(bare).code === 'passphraseMissing';
  const rounds = isEncrypted ? roundsOf(key) : 0;
  if (rounds > mostRounds) throw new SftpFailure('passphraseTooSlow', { what: String(rounds) });
  const opened = isEncrypted && passphrase !== undefined ? parse(key, passphrase) : bare;
  if (opened instanceof Error) throw failureOf(opened);
  if (!opened.isPrivateKey()) throw new SftpFailure('keyUnreadable');
  return opened;
};
