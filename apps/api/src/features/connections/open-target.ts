import type { Connector } from '@junction/connectors/runtime';
import type { House } from '../../house.ts';
import { VaultError } from '../../platform/vault.ts';
import { type Plan, planTarget } from './rules.ts';
import type { Target } from './run-check.ts';
import { openSecrets } from './secrets.ts';
import { findConnection, findConnectionOrRemoved, type StoredConnection } from './store.ts';
import { storedTarget } from './stored-target.ts';

/** Why a stored connection cannot even be tried. */
export const unusable = {
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

export type Opened = { connector: Connector; target: Target } | { unusable: keyof typeof unusable };

/** A stored connection's settings and secrets in the clear, or why they cannot be had. */
export const openStored = (house: Pick<House, 'connectors' | 'vault'>, row: StoredConnection): Opened => {
  const connector = house.connectors.find(({ manifest }) => manifest.type === row.type);
  if (!connector) return { unusable: 'connectorMissing' };
  let plan: Plan;
  try {
    plan = planTarget(connector.manifest, storedTarget(row), {});
  } catch {
    return { unusable: 'settingsOutdated' };
  }
  try {
    const secrets = openSecrets(house, row, plan.kept, plan.endpoint);
    return { connector, target: { settings: plan.settings, secrets } };
  } catch (error) {
    if (error instanceof VaultError) return { unusable: 'secretUnreadable' };
    throw error;
  }
};

type Problem = { code: string; message: string; remedy?: string };
type OpenedConnection =
  | { connector: Connector; target: Target; row: StoredConnection }
  | { problem: Problem; row: StoredConnection };

type Which = { environmentId: string; connectionId: string };
type Needs = Pick<House, 'db' | 'connectors' | 'vault'>;

const openRow = (house: Needs, row: StoredConnection | null): OpenedConnection | undefined => {
  if (row === null) return undefined;
  const opened = openStored(house, row);
  if (!('unusable' in opened)) return { ...opened, row };
  const { message, remedy } = unusable[opened.unusable];
  return { problem: { code: opened.unusable, message, remedy: remedy.text }, row };
};

/** The same by its id, for other slices; undefined when there is no such connection in the environment, or it is removed. */
export const openTarget = async (
  house: Needs,
  { environmentId, connectionId }: Which,
): Promise<OpenedConnection | undefined> => openRow(house, await findConnection(house.db, environmentId, connectionId));

/** The same as long as it is not purged, for who has to bring something to an end there; undefined afterwards. */
export const openRemovedTarget = async (
  house: Needs,
  { environmentId, connectionId }: Which,
): Promise<OpenedConnection | undefined> =>
  openRow(house, await findConnectionOrRemoved(house.db, environmentId, connectionId));
