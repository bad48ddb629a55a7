import type { Actor } from '@junction/contracts';
import type { House } from '../../house.ts';
import type { From } from '../../http/asked.ts';
import type { Tx } from '../../platform/db.ts';
import { newId } from '../../platform/ids.ts';
import { hashToken, newToken } from '../../platform/tokens.ts';
import { type Memberships, rolesColumn } from './roles-of.ts';

/** A session ends after a week whatever happens (OWASP ASVS 7.3.2), */
export const absoluteHours = 7 * 24;
/** and after twelve hours without a request (OWASP ASVS 7.3.1): over lunch one stays signed in, over the weekend one does not. */
export const idleHours = 12;
/** A session that a link began without a password, to connect an identity or to repair what broke, and not to work in. */
export const linkSessionHours = 4;
/** A session of a provider that cannot be asked again whether it still stands for the person. */
export const unconfirmedSessionHours = 1;
/** How exact lastSeenAt is: a write per request would cost more than the minute is worth. */
const touchAfterMs = 60_000;

const hours = (count: number) => count * 3_600_000;

/** What the browser gets: the token for its cookie, and when the session ends at the latest. */
export type NewSession = { token: string; expiresAt: Date };

/** How somebody proved who they are when a session began. */
export type StartedBy = 'password' | 'provider' | 'link';

/** What is known of somebody's identity at a provider, as far as it decides whether they may act. */
export type IdentityFacts = {
  id: string;
  issuer: string;
  /** When the provider last said that the person may sign in. */
  confirmedAt: Date;
  /** When it is to be asked again; null when it cannot be. */
  recheckAt: Date | null;
  /** Since when it says that the person may not. */
  lostAt: Date | null;
};

/** A session that holds as far as Junction itself can tell; whether an identity provider still stands for the person is another question. */
export type FoundSession = { actor: Actor; startedBy: StartedBy; identity: IdentityFacts | null };

type Row = {
  sessionId: string;
  lastSeenAt: Date;
  startedBy: StartedBy;
  id: string;
  name: string;
  email: string;
  memberships: Memberships;
  identityId: string | null;
  issuer: string;
  confirmedAt: Date;
  recheckAt: Date | null;
  lostAt: Date | null;
};

type Needs = Pick<House, 'db' | 'clock' | 'env'>;

/** How sessions that count may have begun: none by password where passwords are switched off. */
const startsThatCount = ({ JUNCTION_LOCAL_ACCOUNTS: localAccounts }: House['env']): StartedBy[] =>
  localAccounts === 'on' ? ['password', 'provider', 'link'] : ['provider', 'link'];

/**
 * Who holds this session token, with their roles as they are at this moment; null when the session is over or never was. A page that
 * is only open is no use of the session.
 */
export const findSession = async (
  { db, clock, env }: Needs,
  token: string,
  { isUse = true }: { isUse?: boolean } = {},
): Promise<FoundSession | null> => {
  const now = clock.now();
  const idleSince = new Date(now.getTime() - hours(idleHours));
  const [row] = await db.$queryRaw<Row[]>`
    SELECT s."id"::text AS "sessionId", s."lastSeenAt", s."startedBy", p."id"::text AS "id", p."name", p."email",
           ${rolesColumn(now)} AS "memberships",
           i."id"::text AS "identityId", i."issuer", i."confirmedAt", i."recheckAt", i."lostAt"
      FROM "Session" s JOIN "Person" p ON p."id" = s."personId" LEFT JOIN "Identity" i ON i."personId" = p."id"
     WHERE s."tokenHash" = ${hashToken(token)} AND s."expiresAt" > ${now} AND s."lastSeenAt" > ${idleSince}
       AND s."startedBy" = ANY(${startsThatCount(env)}::text[])`;
  if (!row) return null;
  if (isUse && now.getTime() - row.lastSeenAt.getTime() > touchAfterMs) {
    await db.session.updateMany({ where: { id: row.sessionId }, data: { lastSeenAt: now } });
  }
  const { id, name, email, sessionId, memberships, startedBy, identityId, issuer, confirmedAt, recheckAt, lostAt } =
    row;
  return {
    actor: { id, name, email, sessionId, memberships: memberships ?? {} },
    startedBy,
    identity: identityId === null ? null : { id: identityId, issuer, confirmedAt, recheckAt, lostAt },
  };
};

/** Which sessions hold at this time. */
export const liveSessions = ({ clock, env }: Pick<House, 'clock' | 'env'>) => ({
  expiresAt: { gt: clock.now() },
  lastSeenAt: { gt: new Date(clock.now().getTime() - hours(idleHours)) },
  startedBy: { in: startsThatCount(env) },
});

/** Ends the session that a browser had before, if it had one: whoever shows an API token has none. */
export const endPreviousSession = async (tx: Tx, previous: Actor | null): Promise<void> => {
  if (previous !== null && previous.sessionId !== '')
    await tx.session.deleteMany({ where: { id: previous.sessionId } });
};

/** How a session begins. */
export type SessionStart =
  | { by: 'password' | 'link' }
  /** `sid` is the provider's name for its own session; `isRechecked` says whether it can be asked again. */
  | { by: 'provider'; sid: string | null; isRechecked: boolean };

const hoursOf = (start: SessionStart): number => {
  if (start.by === 'link') return linkSessionHours;
  return start.by === 'provider' && !start.isRechecked ? unconfirmedSessionHours : absoluteHours;
};

/** Starts a session; the token is for the browser's cookie and nowhere else. Also sweeps the person's ended sessions away. */
export const startSession = async (
  tx: Tx,
  personId: string,
  now: Date,
  from: From,
  start: SessionStart = { by: 'password' },
): Promise<NewSession> => {
  const token = newToken();
  const expiresAt = new Date(now.getTime() + hours(hoursOf(start)));
  const isOver = [{ expiresAt: { lte: now } }, { lastSeenAt: { lte: new Date(now.getTime() - hours(idleHours)) } }];
  await tx.session.deleteMany({ where: { personId, OR: isOver } });
  await tx.session.create({
    data: {
      id: newId(),
      tokenHash: hashToken(token),
      personId,
      startedBy: start.by,
      providerSid: start.by === 'provider' ? start.sid : null,
      createdAt: now,
      lastSeenAt: now,
      expiresAt,
      ...from,
    },
  });
  return { token, expiresAt };
};
