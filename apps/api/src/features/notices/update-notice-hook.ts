import type * as contract from '@junction/contracts';
import type { Actor, NoticeHook, UpdateNoticeHook } from '@junction/contracts';
import type { House } from '../../house.ts';
import type { Asked } from '../../http/asked.ts';
import { AppError, notFound } from '../../platform/app-error.ts';
import { Prisma } from '../../platform/prisma/client.ts';
import { retrying } from '../../platform/transactions.ts';
import { requireVersion } from '../../platform/versions.ts';
import { changes } from '../activity/index.ts';
import { noSecret, readSigningSecret, sealSecret } from './hook-secret.ts';
import { findHook, type HookRow, lockHook } from './hook-store.ts';
import { readHookUrl } from './hook-url.ts';
import { loggedValues, tellHookActivity } from './tell-activity.ts';
import { toNoticeHook } from './views.ts';

type Needs = Pick<House, 'db' | 'vault' | 'outbound'>;

/** What the secret becomes: undefined when it stays. A stored one signs only for the URL that it was given for. */
const changedSecret = (house: Needs, hook: HookRow, url: string, secret: string | null | undefined) => {
  if (secret === null) return hook.sealed === null ? undefined : noSecret;
  if (secret !== undefined) return sealSecret(house, { ...hook, url }, secret);
  if (hook.sealed === null || url === hook.url) return undefined;
  const message = 'Enter the signing secret again; the stored one is not used for another URL.';
  throw new AppError('secretRequired', `Notices now go to another place. ${message}`, {
    errors: [{ field: 'secret', code: 'secretRequired', message }],
  });
};

/** A URL that stays is not judged again, so that a hook whose host is refused by now can still be renamed or turned off. */
const readUrl = (house: Needs, before: string, given: UpdateNoticeHook['url'], signal: AbortSignal): Promise<string> =>
  given === undefined || given === before ? Promise.resolve(before) : readHookUrl(house, given, signal);

/** Changes where notices are sent to, which, and whether. What is on its way to a hook that is turned off is not sent any more. */
export const updateNoticeHook = async (
  house: Needs,
  actor: Actor,
  {
    params: { environmentId, noticeHookId },
    body,
    expectedVersion,
    from,
    signal,
  }: Asked<typeof contract.updateNoticeHook>,
): Promise<NoticeHook> => {
  const { secret: typed, url: typedUrl, ...given } = body;
  const secret = typeof typed === 'string' ? readSigningSecret(typed) : typed;
  const known = await findHook(house.db, environmentId, noticeHookId);
  if (known === null) throw notFound('notice hook');
  const url = await readUrl(house, known.url, typedUrl, signal);
  return retrying(house.db, async (tx) => {
    const hook = await lockHook(tx, environmentId, noticeHookId);
    if (hook === null) throw notFound('notice hook');
    requireVersion(expectedVersion, hook.version);
    const wanted: Omit<UpdateNoticeHook, 'secret'> = typedUrl === undefined ? given : { ...given, url };
    const sealed = changedSecret(house, hook, wanted.url ?? hook.url, secret);
    const { before, after } = changes(loggedValues(hook), wanted);
    if (Object.keys(after).length === 0 && sealed === undefined) return toNoticeHook(hook);
    // How it went elsewhere says nothing about the new place.
    const forgotten = after.url === undefined ? {} : { lastAt: null, lastProblem: Prisma.DbNull };
    const row = await tx.noticeHook.update({
      where: { id: hook.id },
      data: { ...after, ...sealed, ...forgotten, version: { increment: 1 } },
    });
    if (!row.isOn) await tx.noticeDelivery.deleteMany({ where: { hookId: row.id } });
    const secretsChanged = sealed === undefined ? {} : { secretsChanged: ['secret'] };
    const told = { before, after: { ...after, ...secretsChanged } };
    await tellHookActivity(tx, 'notice-hook.updated', { actor, from }, row, told);
    return toNoticeHook(row);
  });
};
