import { hash, verify } from '@node-rs/argon2';

/** The library's number for argon2id; its enum exists in types only. */
const argon2id = 2;

/** OWASP's first recommendation for argon2id: 19 MiB, 2 passes, 1 lane. */
const cost = { algorithm: argon2id, memoryCost: 19_456, timeCost: 2, parallelism: 1 };

/** Hashes a password with argon2id on a thread of the pool; the salt and the cost are part of the result. */
export const hashPassword = (password: string): Promise<string> => hash(password, cost);

let decoy: Promise<string> | undefined;

/**
 * Whether the password fits the hash. Where there is no hash (no such account, or no password yet) the same work is done
 * on a decoy, so that the time taken tells nothing.
 */
export const verifyPassword = async (storedHash: string | null, password: string): Promise<boolean> => {
  decoy ??= hashPassword('decoy');
  const fits = await verify(storedHash ?? (await decoy), password);
  return storedHash !== null && fits;
};
