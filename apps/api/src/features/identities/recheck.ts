import type { ProvenIdentity } from '@junction/identity-providers';
import { type IdentityProvider, ProviderError } from '@junction/identity-providers';
import type { House } from '../../house.ts';
import { retrying } from '../../platform/transactions.ts';
import { wait } from '../../platform/wait.ts';
import { recordActivity } from '../activity/index.ts';
import { followGroups, lockEnvironmentsOf, lockIdentity } from '../environments/index.ts';
import { endProviderSessions } from '../people/index.ts';
import { asProviderError, logProviderError } from './provider-problems.ts';
import { openRefreshToken } from './refresh-tokens.ts';
import { type ClaimedIdentity, claimIdentity, findFacts, keepConfirmed, keepLost, keepUnanswered } from './store.ts';
import { groupsOf, valuesOf } from './values-of.ts';

/** How long a request waits for the provider; then it goes on with what is known, and the answer is kept when it comes. */
export const waitForProviderMs = 5_000;
/** After this long nobody listens to the provider any more. */
const answerWithinMs = 20_000;
/** How long nobody else asks. Longer than an answer may take, as a refresh token is often good for one use only. */
const claimMs = 30_000;
/** How long a provider that did not answer is left alone, so that one request in a while waits for it and not each. */
const askAgainAfterMs = 60_000;
/** How often those who cannot go on without an answer look for it. */
const lookEveryMs = 100;

export type RecheckNeeds = Pick<House, 'db' | 'env' | 'vault' | 'clock' | 'log' | 'identityProviders'>;

const isSame = (one: readonly string[], other: readonly string[]): boolean =>
  one.length === other.length && one.every((value, index) => value === other[index]);

/** Keeps what the provider says now; roles follow in the same transaction when the groups are others than before. */
const confirm = (house: RecheckNeeds, claim: ClaimedIdentity, proven: ProvenIdentity): Promise<void> =>
  retrying(house.db, async (tx) => {
    const now = house.clock.now();
    const groups = groupsOf(proven);
    const isChanged = !isSame(groups, claim.groups);
    if (isChanged) {
      await lockIdentity(tx, claim);
      await lockEnvironmentsOf(tx, claim.personId, groups);
    }
    const isKept = await keepConfirmed(tx, claim, valuesOf(house, claim, proven, now));
    if (isKept && isChanged) await followGroups(tx, { personId: claim.personId }, now);
  });

/** The provider no longer stands for somebody: sessions that it began end at once, and roles by groups count no more. */
const lose = (house: RecheckNeeds, claim: ClaimedIdentity, { name }: IdentityProvider, reason: string): Promise<void> =>
  retrying(house.db, async (tx) => {
    if (!(await keepLost(tx, claim, house.clock.now()))) return;
    const person = await tx.person.findUniqueOrThrow({ where: { id: claim.personId } });
    await endProviderSessions(tx, person.id);
    await recordActivity(tx, {
      kind: 'identity.lost',
      environmentId: null,
      by: null,
      from: null,
      subject: { type: 'person', id: person.id, name: person.name },
      after: { provider: name, reason },
    });
  });

const ask = async (house: RecheckNeeds, provider: IdentityProvider, claim: ClaimedIdentity): Promise<void> => {
  try {
    const refreshToken = openRefreshToken(house, claim.id, claim.refreshToken);
    const proven = await provider.refresh(refreshToken, AbortSignal.timeout(answerWithinMs));
    if (proven.issuer !== claim.issuer || proven.subject !== claim.subject)
      throw new ProviderError('rejected', 'subject', `${provider.name} spoke of somebody else.`);
    await confirm(house, claim, proven);
  } catch (error) {
    const failure = asProviderError(error);
    logProviderError(house, provider, failure, 'the provider was asked again');
    if (failure.code === 'lost' || failure.code === 'refused') await lose(house, claim, provider, failure.reason);
    else await keepUnanswered(house.db, claim, new Date(house.clock.now().getTime() + askAgainAfterMs));
  }
};

/**
 * Asks the provider whether somebody may still sign in and what their groups are, if it is time to and nobody else does; of several processes
 * and requests one asks. Resolves when the answer was kept, or after a few seconds without one; what goes wrong is logged and kept, not thrown.
 */
export const recheckIdentity = async (
  house: RecheckNeeds,
  provider: IdentityProvider,
  identityId: string,
): Promise<void> => {
  const now = house.clock.now();
  const claim = await claimIdentity(house.db, identityId, now, new Date(now.getTime() + claimMs));
  if (claim === undefined) return;
  const asking = ask(house, provider, claim).catch((error: unknown) => {
    house.log.error({ err: error }, 'an identity could not be checked again');
  });
  const waiting = new AbortController();
  await Promise.race([asking, wait(waitForProviderMs, waiting.signal)]);
  waiting.abort();
};

/** Waits for the answer to a question that somebody else has asked; resolves also without one, after as long as they would wait. */
export const awaitRecheck = async (
  { db, clock }: Pick<House, 'db' | 'clock'>,
  { id, recheckAt }: { id: string; recheckAt: Date | null },
): Promise<void> => {
  const isClaimed = recheckAt !== null && recheckAt.getTime() - clock.now().getTime() <= claimMs;
  for (let waited = 0; isClaimed && waited < waitForProviderMs; waited += lookEveryMs) {
    const facts = await findFacts(db, id);
    if (facts?.recheckAt?.getTime() !== recheckAt.getTime()) return;
    await wait(lookEveryMs);
  }
};
