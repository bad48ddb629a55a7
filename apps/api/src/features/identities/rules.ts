/**
 * How long a session goes on while its provider does not answer. A provider that is down for lunch sends nobody home; one that is down for
 * longer cannot take anybody's access away, and that must not last.
 */
export const graceMinutes = 60;
/** How long API tokens of somebody work after they last signed in with a provider that cannot be asked again. */
export const unaskedTokenHours = 24;

type Facts = { confirmedAt: Date; recheckAt: Date | null; lostAt: Date | null };

/** What acts for a person: a session that the provider began, or an API token. */
type Means = 'session' | 'token';

/**
 * Whether a provider's word for somebody still counts: `over` when they have to sign in again, `unconfirmed` when the provider has to answer
 * first. `isConfigured` is false for a provider that Junction does not know any more.
 */
export const standingOf = (
  { confirmedAt, recheckAt, lostAt }: Facts,
  { now, isConfigured, means }: { now: Date; isConfigured: boolean; means: Means },
): 'holds' | 'over' | 'unconfirmed' => {
  if (lostAt !== null) return 'over';
  const minutes = (now.getTime() - confirmedAt.getTime()) / 60_000;
  if (isConfigured && recheckAt !== null) return minutes <= graceMinutes ? 'holds' : 'unconfirmed';
  if (means === 'token') return minutes <= unaskedTokenHours * 60 ? 'holds' : 'over';
  // A session of a provider that cannot be asked again has an early end of its own.
  return isConfigured ? 'holds' : 'over';
};
