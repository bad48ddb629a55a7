import type { Actor, Role } from '@junction/contracts';
import type { House } from '../../house.ts';
import type { From } from '../../http/asked.ts';
import type { Tx } from '../../platform/db.ts';
import { newId } from '../../platform/ids.ts';
import { hashToken, newToken } from '../../platform/tokens.ts';

/** A session ends after a week whatever happens (OWASP ASVS 7.3.2), */
export const absoluteHours = 7 * 24;
/** and after twelve hours without a request (OWASP ASVS 7.3.1): over lunch one stays signed in, over the weekend one does not. */
export const idleHours = 12;
/** How exact lastSeenAt is: a write per request would cost more than the minute is worth. */
const touchAfterMs = 60_000;

const hours = (count: number) => count * 3_600_000;

/** What the browser gets: the token for its cookie, and when the session ends at the latest. */
export type NewSession = { token: string; expiresAt: Date };

type Row = {
  sessionId: string;
  lastSeenAt: Date;
  id: string;
  name: string;
  email: string;
  memberships: Record<string, Role> | null;
};

/**
 * Who holds this session token, with their roles as they are at this moment; null when the session is over or never was. A page that
 * is only open is no use of the session.
 */
export const findActor = async (
  { db, clock }: Pick<House, 'db' | 'clock'>,
  token: string,
  { isUse = true }: { isUse?: boolean } = {},
): Promise<Actor | null> => {
  const now = clock.now();
  const idleSince = new Date(now.getTime() - hours(idleHours));
  const [row] = await db.$queryRaw<Row[]>`
    SELECT s."id"::text AS "sessionId", s."lastSeenAt", p."id"::text AS "id", p."name", p."email",
           (SELECT jsonb_object_agg(m."environmentId", m."role") FROM "Member" m WHERE m."personId" = p."id") AS "memberships"
      FROM "Session" s JOIN "Person" p ON p."id" = s."personId"
     WHERE s."tokenHash" = ${hashToken(token)} AND s."expiresAt" > ${now} AND s."lastSeenAt" > ${idleSince}`;
  if (!row) return null;
  if (isUse && now.getTime() - row.lastSeenAt.getTime() > touchAfterMs) {
    await db.session.updateMany({ where: { id: row.sessionId }, data: { lastSeenAt: now } });
  }
  return { id: row.id, name: row.name, email: row.email, sessionId: row.sessionId, memberships: row.memberships ?? {} };
};

/** Which sessions hold at this time. */
export const liveSessions = (now: Date) => ({
  expiresAt: { gt: now },
  lastSeenAt: { gt: new Date(now.getTime() - hours(idleHours)) },
});

/** Starts a session; the token is for the browser's cookie and nowhere else. Also sweeps the person's ended sessions away. */
export const startSession = async (tx: Tx, personId: string, now: Date, from: From): Promise<NewSession> => {
  const token = newToken();
  const expiresAt = new Date(now.getTime() + hours(absoluteHours));
  await tx.session.deleteMany({ where: { personId, NOT: liveSessions(now) } });
  await tx.session.create({
    data: { id: newId(), tokenHash: hashToken(token), personId, createdAt: now, lastSeenAt: now, expiresAt, ...from },
  });
  return { token, expiresAt };
};
