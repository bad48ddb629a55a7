import type * as contract from '@junction/contracts';
import type { Actor, Me, RedeemOneTimeLink } from '@junction/contracts';
import type { House } from '../../house.ts';
import type { Asked } from '../../http/asked.ts';
import { AppError, invalidField } from '../../platform/app-error.ts';
import type { Tx } from '../../platform/db.ts';
import { newId } from '../../platform/ids.ts';
import { hashPassword } from '../../platform/passwords.ts';
import { recordActivity } from '../activity/index.ts';
import { addEnvironment } from '../environments/index.ts';
import { nameFromEmail } from './name-from-email.ts';
import { findLink, useLink } from './one-time-links.ts';
import { meOf } from './read-me.ts';
import { rolesOf } from './roles-of.ts';
import { startSession } from './session.ts';

type Link = Awaited<ReturnType<typeof findLink>>;
type Needs = Pick<House, 'db' | 'clock' | 'linkLimits' | 'identityProviders'>;

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

const makeFirstAdmin = async (tx: Tx, input: RedeemOneTimeLink, passwordHash: string, now: Date, address: string) => {
  await tx.$executeRaw`SELECT pg_advisory_xact_lock(${firstAdminLock})`;
  if ((await tx.person.findFirst({ select: { id: true } })) !== null)
    throw new AppError('setupDone', 'Somebody set this Junction up already. Ask them to add you as a member.');
  const { email = '', environmentName = '' } = input;
  const name = input.name ?? nameFromEmail(email);
  const person = await tx.person.create({ data: { id: newId(), email, name, passwordHash, createdAt: now } });
  await addEnvironment(tx, { name: environmentName, type: 'production', owner: person, now, from: address });
  return person;
};

const setNewPassword = async (tx: Tx, personId: string, name: string | undefined, passwordHash: string) => {
  await tx.session.deleteMany({ where: { personId } });
  return tx.person.update({
    where: { id: personId },
    data: { passwordHash, name, version: { increment: 1 } },
  });
};

/**
 * Sets the password that a one-time link is for and signs its person in: the first admin together with the first environment,
 * a new member, or somebody who forgot theirs, whose other sessions end. A link works once, also when used twice at the same time.
 */
export const redeemOneTimeLink = async (
  house: Needs,
  previous: Actor | null,
  { body: input, from, setSession }: Asked<typeof contract.redeemOneTimeLink>,
): Promise<Me> => {
  const { id: linkId, purpose, personId } = await findLink(house, input.token, from.address);
  requireFields(purpose, input);
  const passwordHash = await hashPassword(input.password ?? '');
  const { me, session } = await house.db.$transaction(async (tx) => {
    const now = house.clock.now();
    await useLink(tx, linkId, now);
    const person =
      personId === null
        ? await makeFirstAdmin(tx, input, passwordHash, now, from.address)
        : await setNewPassword(tx, personId, input.name, passwordHash);
    if (previous !== null) await tx.session.deleteMany({ where: { id: previous.sessionId } });
    await recordActivity(tx, {
      kind: 'person.password-changed',
      environmentId: null,
      by: person,
      from: from.address,
      subject: { type: 'person', id: person.id, name: person.name },
      after: { with: `one-time link (${purpose})` },
    });
    const session = await startSession(tx, person.id, now, from);
    const me = await meOf(tx, house, { id: person.id, memberships: await rolesOf(tx, person.id) });
    return { me, session };
  });
  setSession(session);
  return me;
};
