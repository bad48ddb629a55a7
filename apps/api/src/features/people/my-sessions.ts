import type * as contract from '@junction/contracts';
import type { Actor, MySession } from '@junction/contracts';
import type { House } from '../../house.ts';
import type { Asked } from '../../http/asked.ts';
import { notFound } from '../../platform/app-error.ts';
import { requireVersion, versionTag } from '../../platform/versions.ts';
import { recordActivity } from '../activity/index.ts';
import { liveSessions } from './session.ts';

/** A session is made once and never edited. */
const onlyVersion = 1;

/** Where the signed-in person is signed in, the latest used first. */
export const listMySessions = async (
  house: Pick<House, 'db' | 'clock' | 'env'>,
  actor: Actor,
): Promise<{ value: MySession[] }> => {
  const sessions = await house.db.session.findMany({
    where: { personId: actor.id, ...liveSessions(house) },
    orderBy: [{ lastSeenAt: 'desc' }, { id: 'desc' }],
  });
  return {
    value: sessions.map(({ id, createdAt, lastSeenAt, expiresAt, address, client }) => ({
      id,
      current: id === actor.sessionId,
      createdAt: createdAt.toISOString(),
      lastSeenAt: lastSeenAt.toISOString(),
      expiresAt: expiresAt.toISOString(),
      address,
      client,
      etag: versionTag(onlyVersion),
    })),
  };
};

/** Ends one of the signed-in person's sessions; somebody else's is not found. Ending the one at hand is signing out. */
export const deleteMySession = async (
  { db }: Pick<House, 'db'>,
  actor: Actor,
  { params: { sessionId }, expectedVersion, from, setSession }: Asked<typeof contract.deleteMySession>,
): Promise<void> => {
  await db.$transaction(async (tx) => {
    const session = await tx.session.findFirst({ where: { id: sessionId, personId: actor.id } });
    if (session === null) throw notFound('session');
    requireVersion(expectedVersion, onlyVersion);
    await tx.session.deleteMany({ where: { id: sessionId } });
    await recordActivity(tx, {
      kind: 'session.deleted',
      environmentId: null,
      by: actor,
      from: from.address,
      subject: { type: 'person', id: actor.id, name: actor.name },
      before: { address: session.address, client: session.client },
    });
  });
  if (sessionId === actor.sessionId) setSession(null);
};
