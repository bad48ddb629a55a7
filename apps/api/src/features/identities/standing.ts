import { type FoundSession, hasLocalAccounts, type IdentityFacts } from '../people/index.ts';
import { providerOf } from './provider-of.ts';
import { providerUnavailable } from './provider-problems.ts';
import { awaitRecheck, type RecheckNeeds, recheckIdentity } from './recheck.ts';
import { standingOf } from './rules.ts';
import { findFacts } from './store.ts';

/** Whether somebody may go on; `changed` when what is known of them may be older than what the provider has just said. */
export type Standing = 'holds' | 'changed' | 'over';

type Means = Parameters<typeof standingOf>[1]['means'];

const isDue = ({ recheckAt }: IdentityFacts, now: Date): boolean => recheckAt !== null && recheckAt <= now;

/** What is known of an identity after its provider was asked again, if that was due. */
const askIfDue = async (house: RecheckNeeds, facts: IdentityFacts): Promise<IdentityFacts | null> => {
  const provider = providerOf(house, facts.issuer);
  if (provider === undefined || !isDue(facts, house.clock.now())) return facts;
  await recheckIdentity(house, provider, facts.id);
  return findFacts(house.db, facts.id);
};

/** Judges by what is known; who cannot go on without an answer that somebody else waits for waits too. */
const judge = async (house: RecheckNeeds, facts: IdentityFacts, means: Means): Promise<'holds' | 'over'> => {
  const provider = providerOf(house, facts.issuer);
  const judged = (known: IdentityFacts) =>
    standingOf(known, { now: house.clock.now(), isConfigured: provider !== undefined, means });
  const standing = judged(facts);
  if (standing !== 'unconfirmed') return standing;
  await awaitRecheck(house, facts);
  const latest = await findFacts(house.db, facts.id);
  const latestStanding = latest === null ? 'over' : judged(latest);
  if (latestStanding === 'unconfirmed') throw providerUnavailable(provider?.name ?? 'The identity provider');
  return latestStanding;
};

const standingOfFacts = async (house: RecheckNeeds, known: IdentityFacts, means: Means): Promise<Standing> => {
  const facts = await askIfDue(house, known);
  if (facts === null) return 'over';
  const standing = await judge(house, facts, means);
  const isAsBefore = facts.confirmedAt.getTime() === known.confirmedAt.getTime();
  return standing === 'holds' && !isAsBefore ? 'changed' : standing;
};

/**
 * Whether a session holds as far as the identity provider is concerned: one that it began only while it stands for the person. Any other goes on
 * whatever it says, but with the roles that the groups give now. Throws providerUnavailable when nobody can say for too long.
 */
export const confirmSession = async (
  house: RecheckNeeds,
  { startedBy, identity }: Pick<FoundSession, 'startedBy' | 'identity'>,
): Promise<Standing> => {
  if (startedBy === 'provider') return identity === null ? 'over' : standingOfFacts(house, identity, 'session');
  if (identity === null || !isDue(identity, house.clock.now())) return 'holds';
  await askIfDue(house, identity);
  return 'changed';
};

/**
 * Whether the API tokens of somebody may be used: those of a person with an identity only while its provider stands for them, those of anybody
 * else while there are passwords, those of service accounts always. Throws providerUnavailable when nobody can say for too long.
 */
export const confirmOwner = async (
  house: RecheckNeeds,
  { identity, isService }: { identity: IdentityFacts | null; isService: boolean },
): Promise<Standing> => {
  if (isService) return 'holds';
  if (identity !== null) return standingOfFacts(house, identity, 'token');
  return hasLocalAccounts(house) ? 'holds' : 'over';
};
