import { type IdentityProvider, ProviderError } from '@junction/identity-providers';
import type { House } from '../../house.ts';
import { retrying } from '../../platform/transactions.ts';
import { recordActivities } from '../activity/index.ts';
import { providerOf } from './provider-of.ts';
import { logProviderError } from './provider-problems.ts';
import { isStorable } from './values-of.ts';

type Needs = Pick<House, 'db' | 'log' | 'identityProviders'>;

/** Who a token says that it is from, which is believed only once that provider has verified it. */
const claimedIssuer = (token: string): string | undefined => {
  try {
    const claims: unknown = JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString());
    const { iss } = (claims ?? {}) as { iss?: unknown };
    return typeof iss === 'string' ? iss : undefined;
  } catch {
    return undefined;
  }
};

type Ended = { issuer: string; subject: string | null; sid: string | null };

/** Ends the one session of the provider that it names, or all that it began for the person when it names none. */
const end = (house: Needs, { name }: IdentityProvider, { issuer, subject, sid }: Ended, from: string): Promise<void> =>
  retrying(house.db, async (tx) => {
    const identity = sid === null ? { issuer, subject: subject ?? '' } : { issuer };
    const sessions = await tx.session.findMany({
      where: { startedBy: 'provider', person: { identity }, ...(sid === null ? {} : { providerSid: sid }) },
      include: { person: { select: { id: true, name: true } } },
    });
    await tx.session.deleteMany({ where: { id: { in: sessions.map(({ id }) => id) } } });
    const happenings = sessions.map(({ person, address, client }) => ({
      kind: 'session.deleted' as const,
      environmentId: null,
      by: null,
      from,
      subject: { type: 'person', id: person.id, name: person.name },
      before: { address, client },
      after: { with: name },
    }));
    if (happenings.length > 0) await recordActivities(tx, happenings);
  });

/**
 * Ends the sessions that a provider says are over (OpenID Connect Back-Channel Logout 1.0 §2.5). False when the token is not from a configured
 * provider, or could not be verified; a token of sessions that are over already is fine.
 */
export const endSessionsByProvider = async (house: Needs, token: string, from: string): Promise<boolean> => {
  const issuer = claimedIssuer(token);
  const provider = issuer === undefined ? undefined : providerOf(house, issuer);
  if (provider === undefined) return false;
  try {
    const ended = await provider.readLogoutToken(token);
    // Nobody is kept under such a name.
    if (![ended.subject ?? '', ended.sid ?? ''].every(isStorable)) return false;
    await end(house, provider, ended, from);
    return true;
  } catch (error) {
    if (!(error instanceof ProviderError)) throw error;
    logProviderError(house, provider, error, 'a logout token was not accepted');
    return false;
  }
};
