import type { Actor, Me, Role, SignIn } from '@junction/contracts';
import type { House } from '../../house.ts';
import type { Asked } from '../../http/asked.ts';
import { AppError } from '../../platform/app-error.ts';
import { verifyPassword } from '../../platform/passwords.ts';
import { recordActivity } from '../activity/index.ts';
import { startSession } from './session.ts';
import { toMe } from './views.ts';

type Needs = Pick<House, 'db' | 'clock' | 'signInLimits'>;
type From = Asked<unknown>['from'];

/**
 * Checks e-mail and password and starts a session. Whether the account exists shows neither in the answer nor in the time
 * taken. An earlier session of the same browser ends: the token always changes at sign-in.
 */
export const signIn = async (
  { db, clock, signInLimits }: Needs,
  previous: Actor | null,
  { email, password }: SignIn,
  from: From,
): Promise<{ me: Me; session: { token: string; expiresAt: Date } }> => {
  const waitSeconds = await signInLimits.wait(email, from.address);
  if (waitSeconds !== undefined) {
    throw new AppError(
      'tooManyRequests',
      `Too many failed attempts. Try again in ${Math.ceil(waitSeconds / 60)} min.`,
      { retryAfterSeconds: waitSeconds },
    );
  }
  const person = await db.person.findUnique({ where: { email }, include: { memberships: true } });
  const isRight = await verifyPassword(person?.passwordHash ?? null, password);
  if (person === null || !isRight) {
    await signInLimits.failed(email, from.address);
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
  const memberships = Object.fromEntries(
    person.memberships.map((member) => [member.environmentId, member.role as Role]),
  );
  const session = await db.$transaction(async (tx) => {
    if (previous !== null) await tx.session.deleteMany({ where: { id: previous.sessionId } });
    await recordActivity(tx, {
      kind: 'session.created',
      environmentId: null,
      by: person,
      from: from.address,
      subject: { type: 'person', id: person.id, name: person.name },
    });
    return startSession(tx, person.id, clock.now(), from);
  });
  return { me: toMe(person, memberships), session };
};
