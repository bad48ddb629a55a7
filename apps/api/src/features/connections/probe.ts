import type { House } from '../../house.ts';
import { AppError } from '../../platform/app-error.ts';
import { claimDue, findConnection } from './store.ts';
import { probeStored } from './verify-connection.ts';

type Needs = Pick<House, 'db' | 'connectors' | 'vault' | 'clock' | 'outbound' | 'checkLimits' | 'log' | 'env'>;
type Claim = { id: string; environmentId: string };

/** Probes that run at the same time: half of all checks, so that people never wait behind probes alone. */
export const probesAtOnce = 8;

/** Checks one claimed connection and keeps what came of it. */
const probe = async (house: Needs, { id, environmentId }: Claim, signal: AbortSignal): Promise<void> => {
  const row = await findConnection(house.db, environmentId, id);
  if (row === null || row.isPaused) return;
  await probeStored(house, row, signal);
};

/**
 * Checks every connection that is due, a few at a time, until none is left or the signal fires. Each is claimed by moving its
 * next check on, so several processes never probe one twice, and one that crashes costs its connections a single round.
 */
export const probeDue = async (house: Needs, signal: AbortSignal): Promise<void> => {
  const claim = (limit: number) =>
    claimDue(house.db, { now: house.clock.now(), intervalMinutes: house.env.JUNCTION_PROBE_MINUTES, limit });
  const lane = async (first: Claim): Promise<void> => {
    for (let due: Claim | undefined = first; due && !signal.aborted; [due] = await claim(1)) {
      await probe(house, due, signal).catch((error: unknown) => {
        if (signal.aborted || error instanceof AppError) return;
        house.log.error({ err: error, connectionId: due?.id }, 'a probe broke');
      });
    }
  };
  if (signal.aborted) return;
  await Promise.all((await claim(probesAtOnce)).map(lane));
};
