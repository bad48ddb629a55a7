import type { IdentityProvider, ProvenIdentity } from '@junction/identity-providers';
import type { House } from '../../house.ts';
import { AppError } from '../../platform/app-error.ts';
import type { Tx } from '../../platform/db.ts';
import { recordActivity } from '../activity/index.ts';
import {
  addPerson,
  dropPasswordLinks,
  hasLocalAccounts,
  isServiceAddress,
  lockPersonWithIdentity,
} from '../people/index.ts';
import { emailOf, nameOf } from './values-of.ts';

type Person = { id: string; name: string; email: string };

type Arrival = {
  provider: Pick<IdentityProvider, 'name'>;
  proven: ProvenIdentity;
  now: Date;
  from: string;
};

const requireEmail = ({ provider, proven }: Arrival): string => {
  const email = emailOf(proven);
  if (email !== undefined && !isServiceAddress(email)) return email;
  throw new AppError(
    'identityIncomplete',
    `${provider.name} does not tell your e-mail address, and without one there is no account. Ask whoever keeps ${provider.name} to add it.`,
  );
};

const accountExists = (email: string, remedy: string): AppError =>
  new AppError('accountExists', `There is an account with the address ${email} already. ${remedy}`);

/** Why somebody's account is not connected to an identity only since both have the same address. */
const remedyFor = (
  { name }: Pick<IdentityProvider, 'name'>,
  person: { passwordHash: string | null; hasIdentity: boolean },
  isWithPasswords: boolean,
): string => {
  if (person.hasIdentity) return 'It is connected to another identity.';
  if (isWithPasswords && person.passwordHash !== null)
    return `Sign in with your password, then connect it to ${name} under Account.`;
  return `${name} does not vouch that the address is yours. Ask whoever runs Junction for a link, sign in with it, then connect the account under Account.`;
};

/** Nobody comes before the first admin, who is made by the link that the start prints. */
const requireFirstAdmin = async (tx: Tx): Promise<void> => {
  if ((await tx.person.findFirst({ select: { id: true } })) !== null) return;
  throw new AppError(
    'setupNeeded',
    'Whoever started Junction has to make the first admin, with the link that the start printed.',
  );
};

const makePerson = async (tx: Tx, email: string, { provider, proven, now, from }: Arrival): Promise<Person | null> => {
  await requireFirstAdmin(tx);
  const { isEmailProven } = proven;
  const person = await addPerson(tx, { email, name: nameOf(proven), isEmailProven, now });
  if (person === null) return null;
  await recordActivity(tx, {
    kind: 'person.created',
    environmentId: null,
    by: person,
    from,
    subject: { type: 'person', id: person.id, name: person.name },
    after: { email, with: provider.name },
  });
  return person;
};

/**
 * Whose account a new identity belongs to: nobody's, so that one is made, or that of somebody with the same address who has no password yet, or
 * none that counts, provided that the provider vouches for the address. Throws accountExists for every other account with that address: a
 * provider that lets people choose their address must not open other people's accounts. In a transaction that holds the identity.
 */
export const findOrMakePerson = async (tx: Tx, house: Pick<House, 'env'>, arrival: Arrival): Promise<Person> => {
  const email = requireEmail(arrival);
  const existing = await lockPersonWithIdentity(tx, { email });
  if (existing === null) {
    const made = await makePerson(tx, email, arrival);
    // Somebody else added the address at this very moment.
    return made ?? findOrMakePerson(tx, house, arrival);
  }
  const isWithPasswords = hasLocalAccounts(house);
  const isFree = !existing.hasIdentity && (existing.passwordHash === null || !isWithPasswords);
  if (existing.kind !== 'person' || !isFree || !arrival.proven.isEmailProven)
    throw accountExists(email, remedyFor(arrival.provider, existing, isWithPasswords));
  await dropPasswordLinks(tx, existing.id);
  return existing;
};

/** The account that the signed-in person connects; throws identityConnected when it has an identity already. */
export const findPersonToConnect = async (tx: Tx, personId: string, arrival: Arrival): Promise<Person> => {
  requireEmail(arrival);
  const person = await lockPersonWithIdentity(tx, { id: personId });
  if (person === null) throw new AppError('unauthenticated', 'Sign in again, then connect your account.');
  if (person.hasIdentity)
    throw new AppError(
      'identityConnected',
      'Your account is connected to another identity already. Disconnect that one first.',
    );
  return person;
};
