import type { Tx } from '../../platform/db.ts';
import { type Happening, recordActivities } from '../activity/index.ts';
import {
  deleteFollowers,
  type FollowedRole,
  type FollowScope,
  findGroupDifferences,
  type GroupDifference,
  insertFollowers,
  updateFollowers,
} from './group-store.ts';
import { roleByGroups } from './rules.ts';

/** What becomes of a member whose groups say something else now; null when they leave. */
const becomes = ({
  environmentId,
  personId,
  isOwner,
  wantedRole,
  wantedGroup,
}: GroupDifference): FollowedRole | null => {
  const wanted = wantedRole === null ? null : { role: wantedRole, name: wantedGroup ?? '' };
  const toBe = roleByGroups(wanted, isOwner);
  return toBe && { environmentId, personId, ...toBe };
};

const asHappening = (difference: GroupDifference, after: FollowedRole | null): Happening | undefined => {
  const { environmentId, personId, personName, email, role, groupName } = difference;
  const about = { environmentId, by: null, from: null, subject: { type: 'member', id: personId, name: personName } };
  if (after === null)
    return { kind: 'member.deleted', ...about, before: { email, role, roleFrom: 'groups', groupName } };
  const { role: newRole, roleFrom, groupName: newGroup } = after;
  const values = { role: newRole, roleFrom, groupName: newGroup };
  if (role === null) return { kind: 'member.created', ...about, after: { email, ...values } };
  // That a group has another name now, or another one gives the same role, changes nothing for the member.
  if (role === newRole && roleFrom === 'groups') return undefined;
  return { kind: 'member.updated', ...about, before: { role, roleFrom: 'groups', groupName }, after: values };
};

/**
 * Lets roles follow groups as they are known now: adds members, changes and takes away their roles. Members by hand stay as they are, and an
 * owner stays an admin, so that an environment always keeps one. The caller holds the mappings or the groups at hand (group-locks.ts), and the
 * environments.
 */
export const followGroups = async (tx: Tx, scope: FollowScope, now: Date): Promise<void> => {
  const differences = (await findGroupDifferences(tx, scope)).map((before) => ({ before, after: becomes(before) }));
  if (differences.length === 0) return;
  const kept = differences.flatMap(({ before, after }) =>
    after === null ? [] : [{ isNew: before.role === null, after }],
  );
  const rowsOf = (isNew: boolean) => kept.filter((one) => one.isNew === isNew).map(({ after }) => after);
  const gone = differences
    .filter(({ after }) => after === null)
    .map(({ before: { environmentId, personId } }) => ({ environmentId, personId }));
  if (gone.length > 0) await deleteFollowers(tx, gone);
  if (rowsOf(false).length > 0) await updateFollowers(tx, rowsOf(false));
  if (rowsOf(true).length > 0) await insertFollowers(tx, rowsOf(true), now);
  const happenings = differences.flatMap(({ before, after }) => asHappening(before, after) ?? []);
  if (happenings.length > 0) await recordActivities(tx, happenings);
};
