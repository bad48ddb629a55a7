import type { Actor } from '@junction/contracts';
import type { House } from '../../house.ts';
import { recordActivity } from '../activity/index.ts';

/** Ends the session at hand. */
export const signOut = ({ db }: Pick<House, 'db'>, actor: Actor, address: string): Promise<void> =>
  db.$transaction(async (tx) => {
    await tx.session.deleteMany({ where: { id: actor.sessionId } });
    await recordActivity(tx, {
      kind: 'session.deleted',
      environmentId: null,
      by: actor,
      from: address,
      subject: { type: 'person', id: actor.id, name: actor.name },
    });
  });
