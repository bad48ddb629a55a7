import type { House } from '../../house.ts';
import type { Tx } from '../../platform/db.ts';
import { retrying } from '../../platform/transactions.ts';
import { ended, readSource, type SourceRead } from './read-source.ts';
import { type Claim, keepReading, releaseClaim, renewClaim, renewClaimEveryMs } from './store.ts';

type Needs = Pick<House, 'db' | 'connectors' | 'vault' | 'outbound' | 'clock' | 'log' | 'checkLimits'>;
/** Runs in the transaction that stores a reading. */
type Also = (tx: Tx, read: SourceRead) => Promise<void>;

/** Thousands of wide entities take the embedded database a few seconds. */
const keepTimeoutMs = 30_000;

/** Makes a claim longer for as long as somebody reads. */
const holdClaim = ({ db, clock }: Needs, claim: Claim) => {
  let held = claim;
  let renewing = Promise.resolve();
  const renew = async () => {
    // A database that does not answer may do so the next time; one that says that the claim was lost says so again.
    held = (await renewClaim(db, clock.now(), held).catch(() => undefined)) ?? held;
  };
  const beats = setInterval(() => {
    renewing = renewing.then(renew);
  }, renewClaimEveryMs);
  return {
    /** The claim as it stays from now on. */
    settle: async (): Promise<Claim> => {
      clearInterval(beats);
      await renewing;
      return held;
    },
  };
};

type Kept = { claim: Claim; readAt: Date };

/** Stores a reading; one that cannot be stored becomes a failed one, so that it is not tried over and over. */
const keep = async ({ db, clock, log }: Needs, read: SourceRead, kept: Kept, also: Also): Promise<void> => {
  const store = ({ source, outcome }: SourceRead) =>
    retrying(
      db,
      async (tx) => {
        if (await keepReading(tx, source, outcome, { ...kept, now: clock.now() })) await also(tx, { source, outcome });
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
 * that was changed or removed meanwhile is thrown away, and so is what was read by somebody who stood still for so long that another one
 * reads it. The claim is over in any case.
 */
export const readClaimed = async (
  house: Needs,
  claim: Claim,
  signal: AbortSignal,
  also: Also = async () => {},
): Promise<void> => {
  const holding = holdClaim(house, claim);
  try {
    await house.checkLimits.inTurn(signal, async () => {
      const readAt = house.clock.now();
      const read = await readSource(house, claim, signal);
      if (read !== undefined) await keep(house, read, { claim: await holding.settle(), readAt }, also);
    });
  } finally {
    await releaseClaim(house.db, await holding.settle());
  }
};
