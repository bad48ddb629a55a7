import type { Manifest } from '@junction/connectors/manifests';
import type { CheckResult } from '@junction/contracts';
import type { House } from '../../house.ts';
import { retrying } from '../../platform/transactions.ts';
import { recordActivity } from '../activity/index.ts';
import { type Values, withLearned } from './rules.ts';
import { keepSettings, type StoredConnection } from './store.ts';
import { loggedChange, loggedValues } from './tell-activity.ts';

/**
 * Keeps what a check of a stored connection has found out, such as the key of a host that was away when the connection was saved. Nobody
 * asked for it, so the activity log has it from Junction itself.
 */
export const keepLearned = async (
  { db }: Pick<House, 'db'>,
  row: StoredConnection,
  manifest: Manifest,
  result: CheckResult,
): Promise<void> => {
  const settings = withLearned(manifest, row.settings as Values, result);
  if (settings === row.settings) return;
  await retrying(db, async (tx) => {
    if (!(await keepSettings(tx, row, settings))) return;
    await recordActivity(tx, {
      kind: 'connection.updated',
      environmentId: row.environmentId,
      by: null,
      from: null,
      subject: { type: 'connection', id: row.id, name: row.name },
      ...loggedChange(loggedValues(row), loggedValues({ ...row, settings })),
    });
  });
};
