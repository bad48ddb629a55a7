import type * as contract from '@junction/contracts';
import type { Actor, ProfileImport } from '@junction/contracts';
import type { House } from '../../../house.ts';
import type { Asked } from '../../../http/asked.ts';
import { retrying } from '../../../platform/transactions.ts';
import { byOf, recordActivity } from '../../activity/index.ts';
import { requireRunning } from '../../environments/index.ts';
import { lockProfileConnection } from '../access/with-profiles.ts';
import { noImport, readImport } from './get-import.ts';
import { requestImport } from './request-imports.ts';

type Needs = Pick<House, 'db' | 'connectors' | 'runFollower' | 'wakeRuns'>;

/** Imports the profile data of a connection now, changed or not. Asking while an import is under way is content with that one. */
export const startProfileImport = async (
  house: Needs,
  actor: Actor,
  { params, from }: Pick<Asked<typeof contract.startProfileImport>, 'params' | 'from'>,
): Promise<ProfileImport> => {
  const by = byOf(actor);
  const isNew = await retrying(house.db, async (tx) => {
    const connection = await lockProfileConnection(house, tx, params);
    if ((await tx.profileImport.count({ where: { connectionId: connection.id } })) === 0) throw noImport();
    await requireRunning(tx, connection.environmentId);
    const runId = await requestImport(house, tx, connection, { trigger: 'manual', by });
    if (runId === undefined) return false;
    await recordActivity(tx, {
      kind: 'import.requested',
      environmentId: connection.environmentId,
      by,
      from: from.address,
      subject: { type: 'connection', id: connection.id, name: connection.name },
      after: { run: runId },
    });
    return true;
  });
  if (isNew) house.wakeRuns();
  return readImport(house, params.connectionId);
};
