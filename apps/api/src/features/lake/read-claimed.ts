import type { House } from '../../house.ts';
import type { Tx } from '../../platform/db.ts';
import { retrying } from '../../platform/transactions.ts';
import { readSource, type SourceRead } from './read-source.ts';
import { type Claim, keepReading, releaseClaim } from './store.ts';

type Needs = Pick<House, 'db' | 'connectors' | 'vault' | 'outbound' | 'clock' | 'log' | 'checkLimits'>;

/** Thousands of wide entities take the embedded database a few seconds. */
const keepTimeoutMs = 30_000;

/**
 * Reads a claimed source in its turn, among the checks of this process, and stores what came of it. What was read of a connection
 * that was changed or removed meanwhile is thrown away. The claim is over in any case. `also` runs in the transaction that stores.
 */
export const readClaimed = async (
  house: Needs,
  claim: Claim,
  signal: AbortSignal,
  also: (tx: Tx, read: SourceRead) => Promise<void> = async () => {},
): Promise<void> => {
  const { db, clock, checkLimits } = house;
  try {
    await checkLimits.inTurn(signal, async () => {
      const readAt = clock.now();
      const read = await readSource(house, claim, signal);
      if (read === undefined) return;
      await retrying(
        db,
        async (tx) => {
          if (await keepReading(tx, read.source, read.outcome, { readAt, now: clock.now() })) await also(tx, read);
        },
        { timeout: keepTimeoutMs },
      );
    });
  } finally {
    await releaseClaim(db, claim);
  }
};
