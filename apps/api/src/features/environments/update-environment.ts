import type * as contract from '@junction/contracts';
import type { Actor, Environment } from '@junction/contracts';
import type { House } from '../../house.ts';
import type { Asked } from '../../http/asked.ts';
import { invalidField } from '../../platform/app-error.ts';
import { requireVersion } from '../../platform/versions.ts';
import { changes, recordActivity } from '../activity/index.ts';
import { readEnvironment } from './get-environment.ts';
import { lockEnvironment } from './store.ts';

/** Renames an environment, pauses or resumes its runs, or makes another of its admins the owner. */
export const updateEnvironment = (
  { db, clock }: Pick<House, 'db' | 'clock'>,
  actor: Actor,
  { params: { environmentId }, body: input, expectedVersion, from }: Asked<typeof contract.updateEnvironment>,
): Promise<Environment> =>
  db.$transaction(async (tx) => {
    const environment = await lockEnvironment(tx, environmentId);
    requireVersion(expectedVersion, environment.version);
    const { before, after } = changes({ ...environment, isPaused: environment.pausedAt !== null }, input);
    if (Object.keys(after).length === 0) return readEnvironment(tx, actor, environmentId);
    if (after.ownerId !== undefined) {
      const isAdmin = await tx.member.count({
        where: { environmentId, personId: input.ownerId, role: 'admin', person: { kind: 'person' } },
      });
      if (isAdmin === 0)
        throw invalidField(
          'ownerId',
          'not_an_admin',
          'Only a person who is an admin of this environment can become its owner.',
        );
    }
    const { isPaused, ...values } = after;
    const pause = isPaused === undefined ? {} : { pausedAt: isPaused ? clock.now() : null };
    await tx.environment.update({
      where: { id: environmentId },
      data: { ...values, ...pause, version: { increment: 1 } },
      select: { id: true },
    });
    await recordActivity(tx, {
      kind: 'environment.updated',
      environmentId,
      by: actor,
      from: from.address,
      subject: { type: 'environment', id: environmentId, name: input.name ?? environment.name },
      before,
      after,
    });
    return readEnvironment(tx, actor, environmentId);
  });
