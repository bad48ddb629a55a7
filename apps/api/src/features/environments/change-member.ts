import type * as contract from '@junction/contracts';
import type { Actor, Member } from '@junction/contracts';
import type { House } from '../../house.ts';
import type { Asked } from '../../http/asked.ts';
import type { Tx } from '../../platform/db.ts';
import { type ExpectedVersion, requireVersion } from '../../platform/versions.ts';
import { recordActivity } from '../activity/index.ts';
import { requireDispensable, requirePerson } from './rules.ts';
import { countAdmins, findMember, lockEnvironment } from './store.ts';
import { toMember } from './views.ts';

type Place = { environmentId: string; memberId: string };

/** The member at hand while nobody else changes roles here: two admins who demote each other at once do so one after the other. */
const lockMember = async (tx: Tx, { environmentId, memberId }: Place, expectedVersion: ExpectedVersion) => {
  await lockEnvironment(tx, environmentId);
  const member = await findMember(tx, environmentId, memberId);
  requirePerson('memberId', member);
  requireVersion(expectedVersion, member.version);
  return member;
};

/** Gives a member another role; it holds from their next request on. */
export const updateMember = (
  { db }: Pick<House, 'db'>,
  actor: Actor,
  { params, body, expectedVersion, from }: Asked<typeof contract.updateMember>,
): Promise<Member> =>
  db.$transaction(async (tx) => {
    const { environmentId, memberId } = params;
    const member = await lockMember(tx, params, expectedVersion);
    const role = 'role' in body ? body.role : member.role;
    if (member.role === role) return toMember(member);
    if (role !== 'admin') requireDispensable(member, await countAdmins(tx, environmentId));
    await tx.member.update({
      where: { environmentId_personId: { environmentId, personId: memberId } },
      data: { role, version: { increment: 1 } },
      select: { version: true },
    });
    await recordActivity(tx, {
      kind: 'member.updated',
      environmentId,
      by: actor,
      from: from.address,
      subject: { type: 'member', id: memberId, name: member.name },
      before: { role: member.role },
      after: { role },
    });
    return toMember(await findMember(tx, environmentId, memberId));
  });

/** Takes somebody out of an environment. They keep their account, and whatever they made keeps their name. */
export const deleteMember = (
  { db }: Pick<House, 'db'>,
  actor: Actor,
  { params, expectedVersion, from }: Asked<typeof contract.deleteMember>,
): Promise<void> =>
  db.$transaction(async (tx) => {
    const { environmentId, memberId } = params;
    const member = await lockMember(tx, params, expectedVersion);
    requireDispensable(member, await countAdmins(tx, environmentId));
    await tx.member.deleteMany({ where: { environmentId, personId: memberId } });
    await recordActivity(tx, {
      kind: 'member.deleted',
      environmentId,
      by: actor,
      from: from.address,
      subject: { type: 'member', id: memberId, name: member.name },
      before: { email: member.email, role: member.role },
    });
  });
