import type * as contract from '@junction/contracts';
import type { Actor, Me } from '@junction/contracts';
import type { House } from '../../house.ts';
import type { Asked } from '../../http/asked.ts';
import { requireVersion } from '../../platform/versions.ts';
import { changes, recordActivity } from '../activity/index.ts';
import { meOf } from './read-me.ts';
import { lockPerson } from './store.ts';

/** Changes the signed-in person's name, theme or time zone. */
export const updateMe = (
  house: Pick<House, 'db' | 'clock' | 'identityProviders'>,
  actor: Actor,
  { body: input, expectedVersion, from }: Asked<typeof contract.updateMe>,
): Promise<Me> =>
  house.db.$transaction(async (tx) => {
    const person = await lockPerson(tx, actor.id);
    requireVersion(expectedVersion, person.version);
    const { before, after } = changes(person, input);
    if (Object.keys(after).length === 0) return meOf(tx, house, actor.id);
    const changed = await tx.person.update({ where: { id: actor.id }, data: { ...after, version: { increment: 1 } } });
    await recordActivity(tx, {
      kind: 'person.updated',
      environmentId: null,
      by: actor,
      from: from.address,
      subject: { type: 'person', id: actor.id, name: changed.name },
      before,
      after,
    });
    return meOf(tx, house, actor.id);
  });
