import { setTimeout as wait } from 'node:timers/promises';
import type { House } from '../../house.ts';
import { isClaimed } from './store.ts';

/** While another reader is at it, possibly in another process, its end is looked for this often. */
const lookEveryMs = 200;

/** Waits until nobody reads the source any more, or its reader must have crashed. */
export const untilRead = async (
  { db, clock }: Pick<House, 'db' | 'clock'>,
  connectionId: string,
  signal: AbortSignal,
): Promise<void> => {
  do await wait(lookEveryMs, undefined, { signal });
  while (await isClaimed(db, clock.now(), connectionId));
};
