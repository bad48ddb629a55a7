import { connectionDraftDays, profileViewDays } from '@junction/contracts';
import { idleHours } from '../features/people/index.ts';
import type { House } from '../house.ts';
import { idempotencyHours } from '../http/idempotency.ts';

/** Rows that one statement removes: a big backlog must not lock a table for long. */
const batchSize = 500;

const hoursBefore = (now: Date, hours: number) => new Date(now.getTime() - hours * 3_600_000);

/** Removes what has expired and nobody will ask for again: ended sessions, used or expired links, attempts to sign in, kept answers, drafts nobody touched, old views. */
export const sweep = async ({ db, clock }: Pick<House, 'db' | 'clock'>, signal: AbortSignal): Promise<void> => {
  const now = clock.now();
  const [idleSince, answeredBefore] = [hoursBefore(now, idleHours), hoursBefore(now, idempotencyHours)];
  const [touchedBefore, viewedBefore] = [
    hoursBefore(now, 24 * connectionDraftDays),
    hoursBefore(now, 24 * profileViewDays),
  ];
  const batches = [
    () => db.$executeRaw`
      DELETE FROM "Session" WHERE "id" IN (
        SELECT "id" FROM "Session" WHERE "expiresAt" <= ${now} OR "lastSeenAt" <= ${idleSince} LIMIT ${batchSize})`,
    () => db.$executeRaw`
      DELETE FROM "OneTimeLink" WHERE "id" IN (
        SELECT "id" FROM "OneTimeLink" WHERE "expiresAt" <= ${now} OR "usedAt" IS NOT NULL LIMIT ${batchSize})`,
    () => db.$executeRaw`
      DELETE FROM "SignInAttempt" WHERE "id" IN (
        SELECT "id" FROM "SignInAttempt" WHERE "expiresAt" <= ${now} LIMIT ${batchSize})`,
    () => db.$executeRaw`
      DELETE FROM "IdempotentRequest" WHERE ("personId", "key") IN (
        SELECT "personId", "key" FROM "IdempotentRequest" WHERE "createdAt" <= ${answeredBefore} LIMIT ${batchSize})`,
    () => db.$executeRaw`
      DELETE FROM "ConnectionDraft" WHERE "id" IN (
        SELECT "id" FROM "ConnectionDraft" WHERE "updatedAt" <= ${touchedBefore} LIMIT ${batchSize})`,
    () => db.$executeRaw`
      DELETE FROM "ProfileView" WHERE "id" IN (
        SELECT "id" FROM "ProfileView" WHERE "lastAt" <= ${viewedBefore} LIMIT ${batchSize})`,
  ];
  for (const removeBatch of batches) {
    let removed = batchSize;
    while (removed === batchSize && !signal.aborted) removed = await removeBatch();
  }
};
