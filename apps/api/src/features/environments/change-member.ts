import type * as contract from '@junction/contracts';
import type { Actor, Member } from '@junction/contracts';
import type { House } from '../../house.ts';
import type { Asked } from '../../http/asked.ts';
import { AppError } from '../../platform/app-error.ts';
import type { Tx } from '../../platform/db.ts';
import { retrying } from '../../platform/transactions.ts';
import { type ExpectedVersion, requireVersion } from '../../platform/versions.ts';
import { changes, recordActivity } from '../activity/index.ts';
import { lockMappings } from './group-locks.ts';
import { findGroupRole } from './group-store.ts';
import { type RoleToBe, requireDispensable, requirePerson } from './rules.ts';
import { countAdmins, findMember, lockEnvironment, type MemberRow } from './store.ts';
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

type Change = Asked<typeof contract.updateMember>['body'];

const noGroupRole = (name: string): AppError =>
  new AppError(
    'noGroupRole',
    `None of the groups that ${name} is known to be in has a role here. Give one of them a role under Groups first, or let ${name} sign in with the identity provider.`,
  );

/** What a change makes of a member: a role by hand, or the one that their groups give them. */
const roleToBe = async (tx: Tx, environmentId: string, member: MemberRow, body: Change): Promise<RoleToBe> => {
  if ('role' in body) return { role: body.role, roleFrom: 'hand', groupName: null };
  const found = await findGroupRole(tx, environmentId, member.id);
  if (found === undefined) throw noGroupRole(member.name);
  return { role: found.role, roleFrom: 'groups', groupName: found.name };
};

/**
 * Gives a member another role by hand, or lets it follow their groups again; it holds from their next request on. A role by hand is never
 * touched by groups.
 */
export const updateMember = (
  { db }: Pick<House, 'db'>,
  actor: Actor,
  { params, body, expectedVersion, from }: Asked<typeof contract.updateMember>,
): Promise<Member> =>
  retrying(db, async (tx) => {
    const { environmentId, memberId } = params;
    if ('roleFrom' in body) await lockMappings(tx);
    const member = await lockMember(tx, params, expectedVersion);
    const toBe = await roleToBe(tx, environmentId, member, body);
    const { before, after } = changes(
      { role: member.role, roleFrom: member.roleFrom, groupName: member.groupName },
      toBe,
    );
    if (Object.keys(after).length === 0) return toMember(member);
    if (toBe.role !== 'admin') requireDispensable(member, await countAdmins(tx, environmentId));
    await tx.member.update({
      where: { environmentId_personId: { environmentId, personId: memberId } },
      data: { ...toBe, version: { increment: 1 } },
      select: { version: true },
    });
    await recordActivity(tx, {
      kind: 'member.updated',
      environmentId,
      by: actor,
      from: from.address,
      subject: { type: 'member', id: memberId, name: member.name },
      before,
      after,
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
