import type * as contract from '@junction/contracts';
import type { Actor } from '@junction/contracts';
import type { House } from '../../house.ts';
import type { Asked } from '../../http/asked.ts';
import { recordActivity } from '../activity/index.ts';

/** Ends the session at hand. */
export const signOut = async (
  { db }: Pick<House, 'db'>,
  actor: Actor,
  { from, setSession }: Asked<typeof contract.deleteSession>,
): Promise<{ providerUrl: string | null }> => {
  await db.$transaction(async (tx) => {
    await tx.session.deleteMany({ where: { id: actor.sessionId } });
    await recordActivity(tx, {
      kind: 'session.deleted',
      environmentId: null,
      by: actor,
      from: from.address,
      subject: { type: 'person', id: actor.id, name: actor.name },
    });
  });
  setSession(null);
  return { providerUrl: null };
};
