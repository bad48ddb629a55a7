import type * as contract from '@junction/contracts';
import type { Actor } from '@junction/contracts';
import type { House } from '../../house.ts';
import type { Asked } from '../../http/asked.ts';
import { notFound } from '../../platform/app-error.ts';
import { retrying } from '../../platform/transactions.ts';
import { requireVersion } from '../../platform/versions.ts';
import { lockHook } from './hook-store.ts';
import { loggedValues, tellHookActivity } from './tell-activity.ts';

/** Sends no more notices there; its secret and what is on its way go with it. */
export const deleteNoticeHook = (
  { db }: Pick<House, 'db'>,
  actor: Actor,
  { params: { environmentId, noticeHookId }, expectedVersion, from }: Asked<typeof contract.deleteNoticeHook>,
): Promise<void> =>
  retrying(db, async (tx) => {
    const hook = await lockHook(tx, environmentId, noticeHookId);
    if (hook === null) throw notFound('notice hook');
    requireVersion(expectedVersion, hook.version);
    await tx.noticeHook.delete({ where: { id: hook.id }, select: { id: true } });
    await tellHookActivity(tx, 'notice-hook.deleted', { actor, from }, hook, { before: loggedValues(hook) });
  });
