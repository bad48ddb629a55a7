import type * as contract from '@junction/contracts';
import type { Actor, IssuedLink, Member, NewMember } from '@junction/contracts';
import type { House } from '../../house.ts';
import type { Asked } from '../../http/asked.ts';
import { AppError } from '../../platform/app-error.ts';
import type { Tx } from '../../platform/db.ts';
import { newId } from '../../platform/ids.ts';
import { recordActivity } from '../activity/index.ts';
import { dropResetLinks, hasLocalAccounts, isServiceAddress, issueLink, nameFromEmail } from '../people/index.ts';
import { requirePerson, requireProvenEmail } from './rules.ts';
import { findMember, lockEnvironment } from './store.ts';
import { toMember } from './views.ts';

/** The person with this address, made without a password when there is none. Two admins who add the same one get the same one. */
const findOrMakePerson = async (tx: Tx, { email, name }: NewMember, now: Date) => {
  const { count } = await tx.person.createMany({
    data: [{ id: newId(), email, name: name ?? nameFromEmail(email), createdAt: now }],
    skipDuplicates: true,
  });
  return { person: await tx.person.findUniqueOrThrow({ where: { email } }), isNew: count === 1 };
};

/**
 * Adds somebody by e-mail. Who is new to this Junction gets a one-time link to set a password, or signs in with the identity provider
 * where there are no passwords; who is known keeps their own name and password, and links that would set a new one stop working, since the admin who made them does not rule here.
 */
export const createMember = (
  house: Pick<House, 'db' | 'env' | 'clock' | 'publicUrl'>,
  actor: Actor,
  { params: { environmentId }, body: input, from }: Asked<typeof contract.createMember>,
): Promise<Member & { oneTimeLink?: IssuedLink }> =>
  house.db.$transaction(async (tx) => {
    requirePerson('email', { kind: isServiceAddress(input.email) ? 'service' : 'person' });
    await lockEnvironment(tx, environmentId);
    const now = house.clock.now();
    const { person, isNew } = await findOrMakePerson(tx, input, now);
    requireProvenEmail('email', person);
    const { count } = await tx.member.createMany({
      data: [{ environmentId, personId: person.id, role: input.role, addedAt: now }],
      skipDuplicates: true,
    });
    if (count === 0) throw new AppError('alreadyMember', `${person.email} is a member of this environment already.`);
    if (!isNew) await dropResetLinks(tx, person.id);
    const oneTimeLink =
      isNew && hasLocalAccounts(house) ? await issueLink(tx, house, 'newMember', person.id) : undefined;
    await recordActivity(tx, {
      kind: 'member.created',
      environmentId,
      by: actor,
      from: from.address,
      subject: { type: 'member', id: person.id, name: person.name },
      after: { email: person.email, role: input.role },
    });
    return { ...toMember(await findMember(tx, environmentId, person.id)), oneTimeLink };
  });
