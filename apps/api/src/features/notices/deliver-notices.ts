import { NoticeKind } from '@junction/contracts';
import type { House } from '../../house.ts';
import type { Db } from '../../platform/db.ts';
import { retrying } from '../../platform/transactions.ts';
import { type ClaimedDelivery, claimDelivery, endDelivery, putOff } from './delivery-store.ts';
import { keepLastDelivery } from './hook-store.ts';
import { pageLink } from './page-link.ts';
import type { NoticeDetail } from './record-notices.ts';
import { deliveriesAtOnce, waitBeforeDelivery } from './rules.ts';
import { type SendProblem, type SentNotice, sendNotice, toHookProblem } from './send-notice.ts';

type Needs = Pick<House, 'db' | 'vault' | 'outbound' | 'clock' | 'log' | 'publicUrl'>;

const readDelivery = (db: Db, { id }: ClaimedDelivery) =>
  db.noticeDelivery.findUnique({
    where: { id },
    select: { hook: true, notice: { include: { environment: { select: { id: true, name: true } } } } },
  });

type Notice = NonNullable<Awaited<ReturnType<typeof readDelivery>>>['notice'];

const toSent = (house: Needs, notice: Notice): SentNotice => {
  const { id, kind, at, environment, subjectType, subjectId, subjectName, runId, detail } = notice;
  return {
    id,
    kind: NoticeKind.parse(kind),
    at: at.toISOString(),
    environment,
    subject: { type: subjectType, id: subjectId, name: subjectName },
    ...(detail as NoticeDetail).words,
    runId,
    link: pageLink(house, notice),
  };
};

/** Keeps how an attempt went: with the hook for people, and for the delivery whether and when there is another one. */
const keepAttempt = ({ db, clock }: Needs, claimed: ClaimedDelivery, problem: SendProblem | undefined) =>
  retrying(db, async (tx) => {
    const now = clock.now();
    await keepLastDelivery(tx, claimed.hookId, { at: now, problem: problem ? toHookProblem(problem) : null });
    if (problem?.isTransient !== true) return endDelivery(tx, claimed);
    const waitMs = waitBeforeDelivery(claimed.attempts, problem.retryAfterMs);
    return putOff(tx, claimed, new Date(now.getTime() + waitMs), now);
  });

const deliver = async (house: Needs, claimed: ClaimedDelivery, signal: AbortSignal): Promise<void> => {
  const delivery = await readDelivery(house.db, claimed);
  if (delivery === null) return;
  const { hook, notice } = delivery;
  // Turned off while the notice was put on its way.
  if (!hook.isOn) return endDelivery(house.db, claimed);
  await keepAttempt(house, claimed, await sendNotice(house, hook, toSent(house, notice), signal));
};

/**
 * Sends every notice that is due, a few at a time and each to another hook, until none is left or the signal fires. Each is claimed by
 * moving it on, so several workers send none twice, unless one crashes in the middle: receivers tell a repetition by its id.
 */
export const deliverNotices = async (house: Needs, signal: AbortSignal): Promise<void> => {
  const underWay = new Map<string, Promise<void>>();
  const start = (claimed: ClaimedDelivery): void => {
    const { hookId } = claimed;
    const delivered = deliver(house, claimed, signal)
      .catch((error: unknown) => {
        if (!signal.aborted) house.log.error({ err: error, hookId }, 'a delivery broke');
      })
      .finally(() => underWay.delete(hookId));
    underWay.set(hookId, delivered);
  };
  while (!signal.aborted) {
    const isFull = underWay.size === deliveriesAtOnce;
    const claimed = isFull ? undefined : await claimDelivery(house.db, house.clock.now(), [...underWay.keys()]);
    if (claimed) start(claimed);
    else if (underWay.size > 0) await Promise.race(underWay.values());
    else return;
  }
  await Promise.all(underWay.values());
};
