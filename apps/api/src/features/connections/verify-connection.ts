import type { CheckResult } from '@junction/contracts';
import type { House } from '../../house.ts';
import { retrying } from '../../platform/transactions.ts';
import { checkStored } from './check-stored.ts';
import { tellHealth } from './health-notices.ts';
import { factsAfter } from './rules.ts';
import { findConnection, keepCheck, type StoredConnection } from './store.ts';

type Needs = Pick<House, 'db' | 'connectors' | 'vault' | 'clock' | 'outbound' | 'checkLimits' | 'log' | 'env'>;

/** Checks a connection without anybody asking, keeps what came of it, and tells what it makes news. */
export const probeStored = async (house: Needs, row: StoredConnection, signal: AbortSignal): Promise<CheckResult> => {
  const result = await checkStored(house, row, { personId: null, signal });
  const now = house.clock.now();
  const facts = factsAfter(result, row, {
    now,
    probeMinutes: house.env.JUNCTION_PROBE_MINUTES,
    random: Math.random(),
  });
  await retrying(house.db, async (tx) => {
    if (!(await keepCheck(tx, row, { result, facts, trigger: 'probe', by: null }))) return;
    if (!row.isPaused) await tellHealth(tx, row, facts, now);
  });
  return result;
};

/** Checks a connection like a probe, for whoever is about to rest on it. Undefined when it is not there any more. */
export const verifyConnection = async (
  house: Needs,
  { environmentId, connectionId }: { environmentId: string; connectionId: string },
  signal: AbortSignal,
): Promise<CheckResult | undefined> => {
  const row = await findConnection(house.db, environmentId, connectionId);
  return row === null ? undefined : probeStored(house, row, signal);
};
