import type * as contract from '@junction/contracts';
import type { Actor } from '@junction/contracts';
import type { House } from '../../house.ts';
import type { Asked } from '../../http/asked.ts';
import { recordActivity } from '../activity/index.ts';

type Needs = Pick<House, 'db' | 'log' | 'publicUrl' | 'identityProviders'>;

/** Whoever signs out waits no longer than this for where to go on at the provider. */
const askWithinMs = 1_500;

/** Where one goes to sign out at the provider too; null for a session that it did not begin, or when it does not answer in time. */
const providerUrlOf = async (
  { db, log, publicUrl, identityProviders }: Needs,
  { id, sessionId }: Pick<Actor, 'id' | 'sessionId'>,
): Promise<string | null> => {
  const session = await db.session.findUnique({ where: { id: sessionId, startedBy: 'provider' } });
  const identity = session && (await db.identity.findUnique({ where: { personId: id } }));
  const provider = identityProviders.find(({ issuer }) => issuer === identity?.issuer);
  if (identity === null || provider === undefined) return null;
  const { email } = identity;
  const returnTo = new URL('/sign-in', publicUrl).href;
  const late = Promise.withResolvers<null>();
  const timer = setTimeout(() => late.resolve(null), askWithinMs);
  const asked = provider
    .signOutUrl({ email, returnTo, signal: AbortSignal.timeout(askWithinMs) })
    .catch((error: unknown) => {
      log.warn({ err: error, provider: provider.id }, 'the provider does not say where to sign out');
      return null;
    });
  return Promise.race([asked, late.promise]).finally(() => clearTimeout(timer));
};

/** Ends the session at hand. */
export const signOut = async (
  house: Needs,
  actor: Actor,
  { from, setSession }: Asked<typeof contract.deleteSession>,
): Promise<{ providerUrl: string | null }> => {
  const providerUrl = await providerUrlOf(house, actor);
  await house.db.$transaction(async (tx) => {
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
  return { providerUrl };
};
