import type * as contract from '@junction/contracts';
import type { Actor } from '@junction/contracts';
import type { House } from '../../house.ts';
import type { Asked } from '../../http/asked.ts';
import { invalidField } from '../../platform/app-error.ts';
import { retrying } from '../../platform/transactions.ts';
import { requireVersion } from '../../platform/versions.ts';
import { recordActivity } from '../activity/index.ts';
import { lockEnvironment } from './store.ts';

/** Deletes an environment and everything in it but its activity. Whoever asks repeats the name, as nothing brings it back. */
export const deleteEnvironment = (
  { db }: Pick<House, 'db'>,
  actor: Actor,
  {
    params: { environmentId },
    query: { confirmName },
    expectedVersion,
    from,
  }: Asked<typeof contract.deleteEnvironment>,
): Promise<void> =>
  retrying(db, async (tx) => {
    const { name, type, version } = await lockEnvironment(tx, environmentId);
    requireVersion(expectedVersion, version);
    if (confirmName !== name)
      throw invalidField('confirmName', 'not_the_name', "Type the environment's name exactly as it is shown.");
    await tx.environment.delete({ where: { id: environmentId }, select: { id: true } });
    await recordActivity(tx, {
      kind: 'environment.deleted',
      environmentId,
      by: actor,
      from: from.address,
      subject: { type: 'environment', id: environmentId, name },
      before: { name, type },
    });
  });
