import type { Db, Tx } from './db.ts';
import { Prisma } from './prisma/client.ts';

/** A transaction that lost against another one is run again this often; two that met once rarely meet again. */
const attempts = 4;
/** Both losers of a meeting wait differently long before they try again. */
const pauseMs = 20;

/** Deadlock (40P01) and serialization failure (40001), as Prisma and the drivers say them. */
const lostCodes = ['40P01', '40001'];

const isLost = (error: unknown): boolean => {
  if (error instanceof Prisma.PrismaClientKnownRequestError && error.code === 'P2034') return true;
  const text = JSON.stringify((error as { meta?: unknown; code?: unknown }).meta ?? (error as { code?: unknown }).code);
  return lostCodes.some((code) => text?.includes(code) === true);
};

/**
 * Runs a transaction, again from its start when the database ended it in favour of another one. `work` must have no effect
 * outside the transaction. After the last attempt the database's error is thrown.
 */
export const retrying = async <T>(
  db: Db,
  work: (tx: Tx) => Promise<T>,
  options?: { maxWait?: number; timeout?: number; isolationLevel?: Prisma.TransactionIsolationLevel },
): Promise<T> => {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await db.$transaction(work, options);
    } catch (error) {
      if (attempt === attempts || !isLost(error)) throw error;
      await new Promise((resolve) => setTimeout(resolve, pauseMs * attempt * (0.5 + Math.random())));
    }
  }
};
