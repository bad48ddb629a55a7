import type * as contract from '@junction/contracts';
import { type Actor, maximumNoticeHooks, type NoticeHook } from '@junction/contracts';
import type { House } from '../../house.ts';
import type { Asked } from '../../http/asked.ts';
import { invalidField } from '../../platform/app-error.ts';
import { newId } from '../../platform/ids.ts';
import { retrying } from '../../platform/transactions.ts';
import { lockEnvironment } from '../environments/index.ts';
import { noSecret, readSigningSecret, sealSecret } from './hook-secret.ts';
import { countHooks } from './hook-store.ts';
import { readHookUrl } from './hook-url.ts';
import { loggedValues, tellHookActivity } from './tell-activity.ts';
import { toNoticeHook } from './views.ts';

/** Sends notices to a URL from now on, provided that the outbound guard lets them go there. */
export const createNoticeHook = async (
  house: Pick<House, 'db' | 'vault' | 'outbound' | 'clock'>,
  actor: Actor,
  { params: { environmentId }, body, from, signal }: Asked<typeof contract.createNoticeHook>,
): Promise<NoticeHook> => {
  const secret = body.secret === undefined ? undefined : readSigningSecret(body.secret);
  const url = await readHookUrl(house, body.url, signal);
  const place = { id: newId(), environmentId, url };
  const sealed = secret === undefined ? noSecret : sealSecret(house, place, secret);
  const { name, kinds, isOn } = body;
  return retrying(house.db, async (tx) => {
    await lockEnvironment(tx, environmentId);
    if ((await countHooks(tx, environmentId)) >= maximumNoticeHooks) {
      const message = `An environment sends its notices to at most ${maximumNoticeHooks} hooks. Delete one first.`;
      throw invalidField('', 'too_many', message);
    }
    const data = { ...place, name, kinds, isOn, ...sealed, createdAt: house.clock.now() };
    const row = await tx.noticeHook.create({ data });
    const after = { ...loggedValues(row), isSigned: secret !== undefined };
    await tellHookActivity(tx, 'notice-hook.created', { actor, from }, row, { after });
    return toNoticeHook(row);
  });
};
