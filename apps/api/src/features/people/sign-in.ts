import type * as contract from '@junction/contracts';
import type { Actor, Me } from '@junction/contracts';
import type { House } from '../../house.ts';
import type { Asked } from '../../http/asked.ts';
import { AppError } from '../../platform/app-error.ts';
import { verifyPassword } from '../../platform/passwords.ts';
import { recordActivity } from '../activity/index.ts';
import { requireLocalAccounts } from './local-accounts.ts';
import { meOf } from './read-me.ts';
import { endPreviousSession, startSession } from './session.ts';

type Needs = Pick<House, 'db' | 'env' | 'clock' | 'signInLimits' | 'identityProviders'>;

/**
 * Checks e-mail and password and starts a session. Whether the account exists shows neither in the answer nor in the time
 * taken. An earlier session of the same browser ends: the token always changes at sign-in.
 */
export const signIn = async (
  house: Needs,
  previous: Actor | null,
  { body: { email, password }, from, setSession }: Asked<typeof contract.createSession>,
): Promise<Me> => {
  requireLocalAccounts(house);
  const { db, clock, signInLimits } = house;
  await signInLimits.attempt(email, from.address);
  const person = await db.person.findUnique({ where: { email } });
  const isRight = await verifyPassword(person?.passwordHash ?? null, password);
  if (person === null || person.kind !== 'person' || !isRight) {
    await db.$transaction((tx) =>
      recordActivity(tx, {
        kind: 'session.refused',
        environmentId: null,
        by: null,
        from: from.address,
        subject: { type: 'person', id: null, name: email },
      }),
    );
    throw new AppError('wrongCredentials', 'The e-mail address or the password is wrong.');
  }
  await signInLimits.succeeded(email, from.address);
  const { me, session } = await db.$transaction(async (tx) => {
    await endPreviousSession(tx, previous);
    await recordActivity(tx, {
      kind: 'session.created',
      environmentId: null,
      by: person,
      from: from.address,
      subject: { type: 'person', id: person.id, name: person.name },
    });
    const session = await startSession(tx, person.id, clock.now(), from);
    return { me: await meOf(tx, house, person.id), session };
  });
  setSession(session);
  return me;
};
