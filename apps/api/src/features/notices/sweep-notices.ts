import { noticeDays } from '@junction/contracts';
import type { House } from '../../house.ts';

/** Notices that one statement removes. */
const batchSize = 500;

/** Removes notices that nobody looks for any more. */
export const sweepNotices = async ({ db, clock }: Pick<House, 'db' | 'clock'>, signal: AbortSignal): Promise<void> => {
  const before = new Date(clock.now().getTime() - noticeDays * 86_400_000);
  let removed = batchSize;
  while (removed === batchSize && !signal.aborted) {
    removed = await db.$executeRaw`
      DELETE FROM "Notice" WHERE "id" IN (SELECT "id" FROM "Notice" WHERE "at" < ${before} ORDER BY "at" LIMIT ${batchSize})`;
  }
};
