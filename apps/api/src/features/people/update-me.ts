import type * as contract from '@junction/contracts';
import type { Actor, Me } from '@junction/contracts';
import type { House } from '../../house.ts';
import type { Asked } from '../../http/asked.ts';
import { requireVersion } from '../../platform/versions.ts';
import { changes, recordActivity } from '../activity/index.ts';
import { lockPerson } from './store.ts';
import { toMe } from './views.ts';

/** Changes the signed-in person's name, theme or time zone. */
export const updateMe = (
  { db }: Pick<House, 'db'>,
  actor: Actor,
  { body: input, expectedVersion, from }: Asked<typeof contract.updateMe>,
): Promise<Me> =>
  db.$transaction(async (tx) => {
    const person = await lockPerson(tx, actor.id);
    requireVersion(expectedVersion, person.version);
    const { before, after } = changes(person, input);
    if (Object.keys(after).length === 0) return toMe(person, actor.memberships);
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
    return toMe(changed, actor.memberships);
  });
