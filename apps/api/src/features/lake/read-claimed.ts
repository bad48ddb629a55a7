import type { House } from '../../house.ts';
import type { Tx } from '../../platform/db.ts';
import { retrying } from '../../platform/transactions.ts';
import { ended, readSource, type SourceRead } from './read-source.ts';
import { type Claim, keepReading, releaseClaim } from './store.ts';

type Needs = Pick<House, 'db' | 'connectors' | 'vault' | 'outbound' | 'clock' | 'log' | 'checkLimits'>;
/** Runs in the transaction that stores a reading. */
type Also = (tx: Tx, read: SourceRead) => Promise<void>;

/** Thousands of wide entities take the embedded database a few seconds. */
const keepTimeoutMs = 30_000;

/** Stores a reading; one that cannot be stored becomes a failed one, so that it is not tried over and over. */
const keep = async ({ db, clock, log }: Needs, read: SourceRead, readAt: Date, also: Also): Promise<void> => {
  const store = ({ source, outcome }: SourceRead) =>
    retrying(
      db,
      async (tx) => {
        if (await keepReading(tx, source, outcome, { readAt, now: clock.now() })) await also(tx, { source, outcome });
      },
      { timeout: keepTimeoutMs },
    );
  await store(read).catch((error: unknown) => {
    log.error({ err: error, connectionId: read.source.id }, 'storing a catalog broke');
    return store({ source: read.source, outcome: { failed: ended('keepBroke') } });
  });
};

/**
 * Reads a claimed source in its turn, among the checks of this process, and stores what came of it. What was read of a connection
 * that was changed or removed meanwhile is thrown away. The claim is over in any case.
 */
export const readClaimed = async (
  house: Needs,
  claim: Claim,
  signal: AbortSignal,
  also: Also = async () => {},
): Promise<void> => {
  try {
    await house.checkLimits.inTurn(signal, async () => {
      const readAt = house.clock.now();
      const read = await readSource(house, claim, signal);
      if (read !== undefined) await keep(house, read, readAt, also);
    });
  } finally {
    await releaseClaim(house.db, claim);
  }
};
