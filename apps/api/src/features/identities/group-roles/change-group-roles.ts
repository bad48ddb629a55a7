import type * as contract from '@junction/contracts';
import type { Actor, GroupRole } from '@junction/contracts';
import type { House } from '../../../house.ts';
import type { Asked } from '../../../http/asked.ts';
import { AppError, notFound } from '../../../platform/app-error.ts';
import type { Tx } from '../../../platform/db.ts';
import { newId } from '../../../platform/ids.ts';
import { retrying } from '../../../platform/transactions.ts';
import { type ExpectedVersion, requireVersion } from '../../../platform/versions.ts';
import { changes } from '../../activity/index.ts';
import { countFollowers, followGroups, lockEnvironment, lockMappings } from '../../environments/index.ts';
import {
  changeGroupRole,
  findGroupRole,
  type GroupRoleRow,
  insertGroupRole,
  isValueTaken,
  removeGroupRole,
} from './store.ts';
import { loggedValues, tellGroupRole } from './tell-activity.ts';
import { toGroupRole } from './views.ts';

type Needs = Pick<House, 'db' | 'clock'>;

const valueTaken = (): AppError => {
  const message = 'This group has a role here already. Change that one.';
  return new AppError('nameTaken', message, { errors: [{ field: 'value', code: 'nameTaken', message }] });
};

/** Changes what groups mean in an environment while nobody signs in and no role changes there; roles follow before anybody sees it. */
const changing = <Result>(
  { db, clock }: Needs,
  environmentId: string,
  work: (tx: Tx, now: Date, follow: () => Promise<void>) => Promise<Result>,
): Promise<Result> =>
  retrying(db, async (tx) => {
    await lockMappings(tx);
    await lockEnvironment(tx, environmentId);
    const now = clock.now();
    return work(tx, now, () => followGroups(tx, { environmentId }, now));
  });

const findCurrent = async (
  tx: Tx,
  { environmentId, groupRoleId }: { environmentId: string; groupRoleId: string },
  expectedVersion: ExpectedVersion,
): Promise<GroupRoleRow> => {
  const row = await findGroupRole(tx, environmentId, groupRoleId);
  if (row === null) throw notFound('group with a role here');
  requireVersion(expectedVersion, row.version);
  return row;
};

/** Gives a group a role. Everybody who is known to be in it has it at once, unless an admin gave them one by hand. */
export const createGroupRole = (
  house: Needs,
  actor: Actor,
  { params: { environmentId }, body, from }: Asked<typeof contract.createGroupRole>,
): Promise<GroupRole> =>
  changing(house, environmentId, async (tx, now, follow) => {
    if (await isValueTaken(tx, environmentId, body.value)) throw valueTaken();
    const row = await insertGroupRole(tx, { id: newId(), environmentId, ...body, createdAt: now });
    await tellGroupRole(tx, 'group-role.created', { actor, from }, row, { after: loggedValues(row) });
    await follow();
    return toGroupRole(row, await countFollowers(tx, environmentId));
  });

/** Changes the role or the name of a group; the members who follow it change with it. */
export const updateGroupRole = (
  house: Needs,
  actor: Actor,
  { params, body, expectedVersion, from }: Asked<typeof contract.updateGroupRole>,
): Promise<GroupRole> =>
  changing(house, params.environmentId, async (tx, _now, follow) => {
    const current = await findCurrent(tx, params, expectedVersion);
    const { before, after } = changes(loggedValues(current), body);
    const isChanged = Object.keys(after).length > 0;
    const row = isChanged ? await changeGroupRole(tx, current.id, body) : current;
    if (isChanged) {
      await tellGroupRole(tx, 'group-role.updated', { actor, from }, row, { before, after });
      await follow();
    }
    return toGroupRole(row, await countFollowers(tx, params.environmentId));
  });

/** Takes its role from a group; who has no other way in leaves the environment. */
export const deleteGroupRole = (
  house: Needs,
  actor: Actor,
  { params, expectedVersion, from }: Asked<typeof contract.deleteGroupRole>,
): Promise<void> =>
  changing(house, params.environmentId, async (tx, _now, follow) => {
    const current = await findCurrent(tx, params, expectedVersion);
    await removeGroupRole(tx, current.id);
    await tellGroupRole(tx, 'group-role.deleted', { actor, from }, current, { before: loggedValues(current) });
    await follow();
  });
