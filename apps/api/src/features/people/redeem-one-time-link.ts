import type * as contract from '@junction/contracts';
import type { Actor, Me, RedeemOneTimeLink } from '@junction/contracts';
import type { Asked } from '../../http/asked.ts';
import { AppError, invalidField } from '../../platform/app-error.ts';
import type { Tx } from '../../platform/db.ts';
import { newId } from '../../platform/ids.ts';
import { hashPassword } from '../../platform/passwords.ts';
import { retrying } from '../../platform/transactions.ts';
import { recordActivity } from '../activity/index.ts';
import { addEnvironment, makeAdminEverywhere } from '../environments/index.ts';
import { nameFromEmail } from './name-from-email.ts';
import { findLink, type LinkNeeds, setsPassword, useLink } from './one-time-links.ts';
import { meOf } from './read-me.ts';
import { endPreviousSession, startSession } from './session.ts';

type Link = Awaited<ReturnType<typeof findLink>>;

/** Any number that no other program uses; of several first admins at once, on any number of instances, one is made. */
const firstAdminLock = 7_201_413;

/** Which fields each kind of link takes besides the password, and which of them it must have. */
const fieldsOf = {
  firstAdmin: { takes: ['email', 'name', 'environmentName'], needs: ['email', 'environmentName'] },
  newMember: { takes: ['name'], needs: [] },
  passwordReset: { takes: [], needs: [] },
  breakGlass: { takes: [], needs: [] },
} as const satisfies Record<Link['purpose'], { takes: readonly string[]; needs: readonly string[] }>;

const requireFields = (purpose: Link['purpose'], input: RedeemOneTimeLink): void => {
  const { takes, needs }: { takes: readonly string[]; needs: readonly string[] } = fieldsOf[purpose];
  for (const field of ['email', 'name', 'environmentName'] as const) {
    if (input[field] === undefined && needs.includes(field))
      throw invalidField(field, 'required', 'The first admin needs an e-mail address and a name for the environment.');
    if (input[field] !== undefined && !takes.includes(field))
      throw invalidField(field, 'unknown_field', 'A link of this kind does not take this field.');
  }
};

const requirePassword = (isNeeded: boolean, { password }: RedeemOneTimeLink): void => {
  if (isNeeded && password === undefined) throw invalidField('password', 'required', 'Enter a password.');
  if (!isNeeded && password !== undefined)
    throw invalidField('password', 'unknown_field', 'This link signs in without a password.');
};

type Password = string | null;

const makeFirstAdmin = async (tx: Tx, input: RedeemOneTimeLink, passwordHash: Password, now: Date, address: string) => {
  await tx.$executeRaw`SELECT pg_advisory_xact_lock(${firstAdminLock})`;
  if ((await tx.person.findFirst({ select: { id: true } })) !== null)
    throw new AppError('setupDone', 'Somebody set this Junction up already. Ask them to add you as a member.');
  const { email = '', environmentName = '' } = input;
  const name = input.name ?? nameFromEmail(email);
  const person = await tx.person.create({ data: { id: newId(), email, name, passwordHash, createdAt: now } });
  await addEnvironment(tx, { name: environmentName, type: 'production', owner: person, now, from: address });
  return person;
};

const setNewPassword = async (tx: Tx, personId: string, name: string | undefined, passwordHash: Password) => {
  await tx.session.deleteMany({ where: { personId } });
  return tx.person.update({
    where: { id: personId },
    data: { passwordHash, name, version: { increment: 1 } },
  });
};

const breakGlass = async (tx: Tx, personId: string, now: Date, from: string) => {
  const person = await tx.person.findUniqueOrThrow({ where: { id: personId } });
  await makeAdminEverywhere(tx, { person, now, from, means: 'break-glass link' });
  return person;
};

/**
 * Signs somebody in with a one-time link: the first admin together with the first environment, a new member, somebody who forgot their
 * password, whose other sessions end, or an admin whom the identity provider keeps out. All but the last set a password, where there are
 * any. A link works once, also when used twice at the same time.
 */
export const redeemOneTimeLink = async (
  house: LinkNeeds,
  previous: Actor | null,
  { body: input, from, setSession }: Asked<typeof contract.redeemOneTimeLink>,
): Promise<Me> => {
  const { id: linkId, purpose, personId } = await findLink(house, input.token, from.address);
  requireFields(purpose, input);
  const isPasswordSet = setsPassword(house, purpose);
  requirePassword(isPasswordSet, input);
  const passwordHash = input.password === undefined ? null : await hashPassword(input.password);
  const { me, session } = await retrying(house.db, async (tx) => {
    const now = house.clock.now();
    await useLink(tx, linkId, now);
    const make = () => {
      if (personId === null) return makeFirstAdmin(tx, input, passwordHash, now, from.address);
      if (purpose === 'breakGlass') return breakGlass(tx, personId, now, from.address);
      return setNewPassword(tx, personId, input.name, passwordHash);
    };
    const person = await make();
    await endPreviousSession(tx, previous);
    await recordActivity(tx, {
      kind: isPasswordSet ? 'person.password-changed' : 'session.created',
      environmentId: null,
      by: person,
      from: from.address,
      subject: { type: 'person', id: person.id, name: person.name },
      after: { with: `one-time link (${purpose})` },
    });
    const session = await startSession(tx, person.id, now, from, { by: isPasswordSet ? 'password' : 'link' });
    return { me: await meOf(tx, house, person.id), session };
  });
  setSession(session);
  return me;
};
