import type { House } from '../../house.ts';
import { AppError } from '../../platform/app-error.ts';
import { readClaimed } from './read-claimed.ts';
import { type Claim, claimDue, forgetUnmarked } from './store.ts';

type Needs = Pick<House, 'db' | 'connectors' | 'vault' | 'outbound' | 'clock' | 'log' | 'checkLimits'>;

/** Sources that one process reads in the background at the same time: a catalog is in memory as a whole while it is read. */
const readingsAtOnce = 2;

/**
 * Reads every source that is due, a few at a time, until none is left or the signal fires. A source whose connection was just
 * saved or probed is due, so nobody has to tell this job of it. Each is claimed, so several processes never read one twice.
 */
export const readDueCatalogs = async (house: Needs, signal: AbortSignal): Promise<void> => {
  if (signal.aborted) return;
  await forgetUnmarked(house.db, house.clock.now());
  const claim = (limit: number) => claimDue(house.db, house.clock.now(), limit);
  const lane = async (first: Claim): Promise<void> => {
    for (let due: Claim | undefined = first; due; [due] = signal.aborted ? [] : await claim(1)) {
      try {
        await readClaimed(house, due, signal);
      } catch (error) {
        if (signal.aborted || error instanceof AppError) return;
        house.log.error({ err: error, connectionId: due.connectionId }, 'reading a catalog broke');
        return;
      }
    }
  };
  await Promise.all((await claim(readingsAtOnce)).map(lane));
};
