import type * as contract from '@junction/contracts';
import type { Actor, NoticeHook } from '@junction/contracts';
import type { House } from '../../house.ts';
import type { Asked } from '../../http/asked.ts';
import { AppError, notFound } from '../../platform/app-error.ts';
import { newId } from '../../platform/ids.ts';
import { findHook, keepLastDelivery } from './hook-store.ts';
import { type SentNotice, sendNotice, toHookProblem } from './send-notice.ts';
import { toNoticeHook } from './views.ts';

type Needs = Pick<House, 'db' | 'vault' | 'outbound' | 'clock' | 'log' | 'publicUrl' | 'checkLimits'>;

const newTest = async ({ db, clock, publicUrl }: Needs, environmentId: string): Promise<SentNotice> => {
  const select = { id: true, name: true };
  const environment = await db.environment.findUnique({ where: { id: environmentId }, select });
  if (environment === null) throw notFound('environment');
  return {
    id: newId(),
    kind: 'test',
    at: clock.now().toISOString(),
    environment,
    subject: null,
    message: 'This is a test of Junction. Nothing has happened.',
    remedy: null,
    runId: null,
    link: new URL(`/e/${environmentId}`, publicUrl).href,
  };
};

/** Sends a notice that says it is a test, once and now, to a hook that is on or off, and tells how it went. Counts like a check of a connection. */
export const testNoticeHook = async (
  house: Needs,
  actor: Actor,
  { params: { environmentId, noticeHookId }, signal }: Asked<typeof contract.testNoticeHook>,
): Promise<NoticeHook> => {
  const { db, clock, checkLimits } = house;
  const hook = await findHook(db, environmentId, noticeHookId);
  if (hook === null) throw notFound('notice hook');
  await checkLimits.count(actor.id);
  const notice = await newTest(house, environmentId);
  const problem = await checkLimits
    .inTurn(signal, () => sendNotice(house, hook, notice, signal))
    .catch((error: unknown) => {
      if (!signal.aborted) throw error;
      throw new AppError('requestTimeout', 'Nobody waited for the test any more, so it was cancelled.');
    });
  await keepLastDelivery(db, hook.id, { at: clock.now(), problem: problem ? toHookProblem(problem) : null });
  const tested = await findHook(db, environmentId, noticeHookId);
  if (tested === null) throw notFound('notice hook');
  return toNoticeHook(tested);
};
