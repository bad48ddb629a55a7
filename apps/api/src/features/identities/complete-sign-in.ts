import type * as contract from '@junction/contracts';
import type { Actor, Me } from '@junction/contracts';
import type { IdentityProvider, ProvenIdentity } from '@junction/identity-providers';
import type { House } from '../../house.ts';
import type { Asked, From } from '../../http/asked.ts';
import { AppError } from '../../platform/app-error.ts';
import type { Tx } from '../../platform/db.ts';
import { newId } from '../../platform/ids.ts';
import { retrying } from '../../platform/transactions.ts';
import { recordActivity } from '../activity/index.ts';
import { followGroups, lockEnvironmentsOf, lockIdentity } from '../environments/index.ts';
import { endPreviousSession, keepEmailProven, meOf, startSession } from '../people/index.ts';
import { takeAttempt } from './attempt-at-hand.ts';
import { findOrMakePerson, findPersonToConnect } from './find-person.ts';
import { asAppError, asProviderError, logProviderError } from './provider-problems.ts';
import { redirectUriOf } from './start-sign-in.ts';
import { confirmIdentity, findIdentity, insertIdentity } from './store.ts';
import { emailOf, groupsOf, requireSubject, sidOf, valuesOf } from './values-of.ts';

type Needs = Pick<
  House,
  'db' | 'env' | 'vault' | 'clock' | 'log' | 'publicUrl' | 'identityProviders' | 'signInAttemptLimits'
>;

type Arrival = {
  provider: IdentityProvider;
  proven: ProvenIdentity;
  /** The signed-in person, when it is their account that is to be connected. */
  connects: string | null;
  previous: Actor | null;
  from: From;
};

const identityTaken = () =>
  new AppError('identityTaken', 'Somebody else signs in with this identity. They have to disconnect it first.');

/** The person whom an identity stands for, known or new, with what the provider has just said of them. */
const findArrived = async (tx: Tx, house: Needs, { provider, proven, connects, from }: Arrival, now: Date) => {
  const known = await findIdentity(tx, proven);
  if (known !== null && connects !== null && known.personId !== connects) throw identityTaken();
  if (known !== null) {
    await confirmIdentity(tx, known.id, valuesOf(house, known, proven, now));
    const email = emailOf(proven);
    if (email !== undefined && proven.isEmailProven) await keepEmailProven(tx, known.personId, email);
    return tx.person.findUniqueOrThrow({ where: { id: known.personId } });
  }
  const about = { provider, proven, now, from: from.address };
  const person =
    connects === null ? await findOrMakePerson(tx, house, about) : await findPersonToConnect(tx, connects, about);
  const identity = { id: newId(), email: emailOf(proven) ?? person.email };
  const { issuer, subject } = proven;
  const row = { ...identity, providerId: provider.id, issuer, subject, personId: person.id, createdAt: now };
  await insertIdentity(tx, { ...row, ...valuesOf(house, identity, proven, now) });
  await recordActivity(tx, {
    kind: 'identity.connected',
    environmentId: null,
    by: person,
    from: from.address,
    subject: { type: 'person', id: person.id, name: person.name },
    after: { provider: provider.name, email: identity.email },
  });
  return person;
};

/** Signs in whom a provider stands for. Two who come with the same identity at the same time come one after the other. */
const arrive = (house: Needs, arrival: Arrival): Promise<{ me: Me; session: { token: string; expiresAt: Date } }> =>
  retrying(house.db, async (tx) => {
    const { provider, proven, connects, previous, from } = arrival;
    const now = house.clock.now();
    await lockIdentity(tx, proven);
    const personId = (await findIdentity(tx, proven))?.personId ?? connects;
    await lockEnvironmentsOf(tx, personId, groupsOf(proven));
    const person = await findArrived(tx, house, arrival, now);
    await followGroups(tx, { personId: person.id }, now);
    await endPreviousSession(tx, previous);
    await recordActivity(tx, {
      kind: 'session.created',
      environmentId: null,
      by: person,
      from: from.address,
      subject: { type: 'person', id: person.id, name: person.name },
      after: { with: provider.name },
    });
    const start = { by: 'provider' as const, sid: sidOf(proven), isRechecked: proven.refreshToken !== null };
    const session = await startSession(tx, person.id, now, from, start);
    return { me: await meOf(tx, house, person.id), session };
  });

const recordRefusal = (house: Needs, { name }: IdentityProvider, reason: string, from: From): Promise<void> =>
  house.db.$transaction((tx) =>
    recordActivity(tx, {
      kind: 'session.refused',
      environmentId: null,
      by: null,
      from: from.address,
      subject: { type: 'identity-provider', id: null, name },
      after: { reason },
    }),
  );

/**
 * Signs in with what a provider sent back, or connects the account of who is signed in. The browser gets a new session in any case, and an
 * earlier one of it ends.
 */
export const completeSignIn = async (
  house: Needs,
  previous: Actor | null,
  { body: { response }, from, signal, signInToken, ...asked }: Asked<typeof contract.completeSignIn>,
): Promise<{ me: Me; returnTo: string | null; purpose: 'signIn' | 'connect' }> => {
  const attempt = await takeAttempt(house, previous, { token: signInToken, response });
  asked.setSignInToken(null);
  const provider = house.identityProviders.find(({ id }) => id === attempt.providerId);
  if (provider === undefined) throw new AppError('signInExpired', 'The identity provider is gone. Start again.');
  const redirectUri = redirectUriOf(house);
  const proven = await provider
    .complete(response, attempt.handshake, { redirectUri, signal })
    .catch(async (error: unknown) => {
      const failure = asProviderError(error);
      logProviderError(house, provider, failure, 'a sign-in failed');
      await recordRefusal(house, provider, failure.reason, from);
      throw asAppError(provider, failure);
    });
  try {
    requireSubject(proven);
    const { me, session } = await arrive(house, { provider, proven, connects: attempt.personId, previous, from });
    await house.signInAttemptLimits.succeeded(from.address);
    asked.setSession(session);
    return { me, returnTo: attempt.returnTo, purpose: attempt.personId === null ? 'signIn' : 'connect' };
  } catch (error) {
    if (error instanceof AppError) await recordRefusal(house, provider, error.code, from);
    throw error;
  }
};
