import type * as contract from '@junction/contracts';
import type { Actor, ProfileImport } from '@junction/contracts';
import type { House } from '../../../house.ts';
import type { Asked } from '../../../http/asked.ts';
import { AppError } from '../../../platform/app-error.ts';
import { retrying } from '../../../platform/transactions.ts';
import { byOf } from '../../activity/index.ts';
import { cancelRuns } from '../../runs/index.ts';
import { lockProfileConnection } from '../access/with-profiles.ts';
import { readImport } from './get-import.ts';

type Needs = Pick<House, 'db' | 'connectors' | 'clock' | 'runFollower'>;

const publishing = () =>
  new AppError('runOver', 'The report is being replaced at this moment: wait for the end of the import.');

/** Cancels the import that is waiting or under way; the report stays as it is. Without one there is nothing to do. */
export const cancelProfileImport = async (
  house: Needs,
  actor: Actor,
  { params, from }: Pick<Asked<typeof contract.cancelProfileImport>, 'params' | 'from'>,
): Promise<ProfileImport> => {
  const by = byOf(actor);
  await retrying(house.db, async (tx) => {
    const { id } = await lockProfileConnection(house, tx, params);
    const why = { because: 'person' as const, by, at: house.clock.now(), from: from.address };
    const { publishing: late } = await cancelRuns(house, tx, { subjectIds: [id] }, why);
    if (late.length > 0) throw publishing();
  });
  return readImport(house, params.connectionId);
};
