import { type CheckOutcome, credentialWarningDays, type NoticeKind, type StatusReason } from '@junction/contracts';
import type { Tx } from '../../platform/db.ts';
import { findLastNotice, type LastNotice, type NewNotice, recordNotices } from '../notices/index.ts';
import type { Facts } from './rules.ts';

type Subject = { id: string; environmentId: string; name: string };
type Health = Extract<NoticeKind, 'connection.failing' | 'connection.recovered'>;

const healthKinds = ['connection.failing', 'connection.recovered'] as const satisfies readonly Health[];

/** A connection that was told to have recovered is not told to fail again sooner: of one that goes up and down, people hear now and again. */
export const quietMinutes = 15;

const minutesBetween = (one: Date, other: Date): number => (other.getTime() - one.getTime()) / 60_000;

/**
 * What a check makes news: how the connection is, against what was told of it last. So nothing is repeated while it lasts, a failure that
 * came too soon after a recovery is told by a later check, and one that now needs somebody, which before might have passed, is told too.
 */
export const healthNews = (told: LastNotice | undefined, outcome: CheckOutcome, now: Date): Health | undefined => {
  const isToldToFail = told?.kind === 'connection.failing';
  if (outcome === 'passed') return isToldToFail ? 'connection.recovered' : undefined;
  if (isToldToFail)
    return outcome === 'actionRequired' && told.facts.outcome !== outcome ? 'connection.failing' : undefined;
  return told === undefined || minutesBetween(told.at, now) >= quietMinutes ? 'connection.failing' : undefined;
};

/** A credential that ends soon, in words. */
export const credentialWords = (expiresAt: Date, now: Date) => {
  const day = expiresAt.toISOString().slice(0, 10);
  return {
    message: expiresAt <= now ? `Its credential ended on ${day}.` : `Its credential ends on ${day}.`,
    remedy: 'Make a new one and enter it in the connection.',
  };
};

/** Whether a credential ends within the days that people are warned in; one that has ended fails its check. */
const endsSoon = (expiresAt: Date | null, now: Date): expiresAt is Date =>
  expiresAt !== null &&
  expiresAt > now &&
  expiresAt.getTime() - now.getTime() <= credentialWarningDays * 24 * 60 * 60_000;

const wordsOf = (kind: Health, reason: StatusReason | undefined) =>
  kind === 'connection.recovered'
    ? { message: 'Its check passed again.', remedy: null }
    : { message: reason?.message ?? 'Its check did not pass.', remedy: reason?.remedy ?? null };

/** Tells admins what the check of a connection that is not paused makes news, inside the transaction that keeps the check. */
export const tellHealth = async (
  tx: Tx,
  { id, environmentId, name }: Subject,
  { lastOutcome, lastReason, credentialExpiresAt }: Facts,
  now: Date,
): Promise<void> => {
  const about = { environmentId, at: now, subject: { type: 'connection' as const, id, name }, runId: null };
  const notices: NewNotice[] = [];
  const kind = healthNews(await findLastNotice(tx, id, healthKinds), lastOutcome, now);
  if (kind) notices.push({ ...about, kind, words: wordsOf(kind, lastReason), facts: { outcome: lastOutcome } });
  if (endsSoon(credentialExpiresAt, now)) {
    const expiresAt = credentialExpiresAt.toISOString();
    const told = await findLastNotice(tx, id, ['connection.secret-expires']);
    const words = credentialWords(credentialExpiresAt, now);
    if (told?.facts.expiresAt !== expiresAt)
      notices.push({ ...about, kind: 'connection.secret-expires', words, facts: { expiresAt } });
  }
  await recordNotices(tx, notices);
};
