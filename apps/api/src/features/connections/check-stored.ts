import type { CheckResult } from '@junction/contracts';
import type { House } from '../../house.ts';
import { VaultError } from '../../platform/vault.ts';
import { type Plan, planTarget } from './rules.ts';
import { type Checking, failedResult, runCheck } from './run-check.ts';
import { openSecrets } from './secrets.ts';
import type { StoredConnection } from './store.ts';
import { storedTarget } from './stored-target.ts';

type Needs = Pick<House, 'connectors' | 'vault' | 'clock' | 'outbound' | 'checkLimits' | 'log'>;

const unusable = {
  connectorMissing: {
    message: 'This version of Junction has no connector of this type.',
    remedy: { text: 'Start the version that has it, or remove the connection.' },
  },
  settingsOutdated: {
    message: 'The stored settings or secrets are not complete for this version of Junction.',
    remedy: { text: 'Edit the connection, fill in what is missing, and save.' },
  },
  secretUnreadable: {
    message: 'A stored secret cannot be opened: it was sealed with another key or for another place.',
    remedy: { text: 'Edit the connection, enter its secrets again, and save.' },
  },
} as const;

/** Checks a connection as it is stored. One that cannot even be tried gets a result that says why. */
export const checkStored = async (house: Needs, row: StoredConnection, checking: Checking): Promise<CheckResult> => {
  const connector = house.connectors.find(({ manifest }) => manifest.type === row.type);
  const end = (code: keyof typeof unusable): CheckResult => {
    const step = connector?.manifest.steps[0]?.step ?? 'endpoint';
    const failed = { step, status: 'failed' as const, durationMs: 0, code, ...unusable[code] };
    return failedResult(failed, house.clock.now(), 'actionRequired');
  };
  if (!connector) return end('connectorMissing');
  let plan: Plan;
  try {
    plan = planTarget(connector.manifest, storedTarget(row), {});
  } catch {
    return end('settingsOutdated');
  }
  try {
    const secrets = openSecrets(house, row, plan.kept, plan.endpoint);
    return await runCheck(house, connector, { settings: plan.settings, secrets }, checking);
  } catch (error) {
    if (error instanceof VaultError) return end('secretUnreadable');
    throw error;
  }
};
