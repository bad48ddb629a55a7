import type * as contract from '@junction/contracts';
import type { Actor, MemberProfileAccess } from '@junction/contracts';
import type { House } from '../../../house.ts';
import type { Asked } from '../../../http/asked.ts';
import { findMember } from '../../environments/index.ts';
import { findGranted } from './require-grant.ts';
import { typesWithProfiles } from './with-profiles.ts';

/** The connections with profile data, by name, and which of them a member may see. */
export const listMemberProfileAccess = async (
  house: Pick<House, 'db' | 'connectors'>,
  _actor: Actor,
  { params: { environmentId, memberId } }: Asked<typeof contract.listMemberProfileAccess>,
): Promise<{ value: MemberProfileAccess[] }> => {
  const { db } = house;
  await findMember(db, environmentId, memberId);
  const [connections, granted] = await Promise.all([
    db.$queryRaw<{ id: string; name: string }[]>`
      SELECT "id"::text AS "id", "name" FROM "Connection"
       WHERE "environmentId" = ${environmentId}::uuid AND "removedAt" IS NULL AND "type" = ANY(${typesWithProfiles(house)}::text[])
       ORDER BY lower("name"), "id"`,
    findGranted(db, environmentId, memberId),
  ]);
  const theirs = new Set(granted.map(({ id }) => id));
  return { value: connections.map((connection) => ({ connection, isGranted: theirs.has(connection.id) })) };
};
