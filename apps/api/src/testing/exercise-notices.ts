import * as contract from '@junction/contracts';
import { hookNoticeKinds } from '@junction/contracts';
import { deliverNotices, recordNotices } from '../features/notices/index.ts';
import { newId } from '../platform/ids.ts';
import type { TestClient } from './client.ts';
import type { TestHouse } from './house.ts';

type Hook = { url: string; secret: string; nextSecret: string; refusedSecret: string };

/** Does everything that can be done with notices and hooks, with this receiver, and asks how the environment stands. */
export const exerciseNotices = async (
  house: TestHouse,
  ask: TestClient,
  environmentId: string,
  { url, secret, nextSecret, refusedSecret }: Hook,
): Promise<void> => {
  const params = { environmentId };
  const body = { name: 'Canary', url, kinds: [...hookNoticeKinds] };
  await ask(contract.createNoticeHook, { params, body: { ...body, secret: refusedSecret } });
  const { body: hook } = await ask(contract.createNoticeHook, {
    params,
    body: { ...body, secret },
    headers: { 'idempotency-key': 'hook-once' },
  });
  const at = { params: { environmentId, noticeHookId: hook.id } };
  await ask(contract.testNoticeHook, at);
  const { body: moved } = await ask(contract.updateNoticeHook, {
    ...at,
    body: { url: `${url}/json`, secret: nextSecret },
    ifMatch: hook.etag,
  });
  await ask(contract.testNoticeHook, at);
  const notice = {
    kind: 'export.failing' as const,
    environmentId,
    at: house.clock.now(),
    subject: { type: 'export' as const, id: newId(), name: 'Canary' },
    runId: null,
    words: { message: 'It failed.', remedy: null },
  };
  await house.db.$transaction((tx) => recordNotices(tx, [notice]));
  await deliverNotices(house, new AbortController().signal);
  await ask(contract.listNoticeHooks, { params });
  const { body: notices } = await ask(contract.listNotices, { params });
  const upTo = notices.value[0]?.id ?? '';
  await ask(contract.readNotices, { params, body: { upTo } });
  await ask(contract.getStatus, { params });
  await ask(contract.deleteNoticeHook, { ...at, ifMatch: moved.etag });
};
