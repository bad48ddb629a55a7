import type { CheckResult } from '@junction/contracts';
import type { House } from '../../house.ts';
import { keepLearned } from './keep-learned.ts';
import { openStored, unusable } from './open-target.ts';
import { type Checking, failedResult, runCheck } from './run-check.ts';
import type { StoredConnection } from './store.ts';

type Needs = Pick<House, 'db' | 'connectors' | 'vault' | 'clock' | 'outbound' | 'checkLimits' | 'log'>;

/** Checks a connection as it is stored, and keeps what is found out about it. One that cannot even be tried gets a result that says why. */
export const checkStored = async (house: Needs, row: StoredConnection, checking: Checking): Promise<CheckResult> => {
  const opened = openStored(house, row);
  if (!('unusable' in opened)) {
    const result = await runCheck(house, opened.connector, opened.target, checking);
    await keepLearned(house, row, opened.connector.manifest, result);
    return result;
  }
  const connector = house.connectors.find(({ manifest }) => manifest.type === row.type);
  const step = connector?.manifest.steps[0]?.step ?? 'endpoint';
  const failed = {
    step,
    status: 'failed' as const,
    durationMs: 0,
    code: opened.unusable,
    ...unusable[opened.unusable],
  };
  return failedResult(failed, house.clock.now(), 'actionRequired');
};
