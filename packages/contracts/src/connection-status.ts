import type { CheckOutcome } from './checks.ts';

export const connectionStatuses = ['healthy', 'actionRequired', 'failing', 'notChecked', 'paused'] as const;
export type ConnectionStatus = (typeof connectionStatuses)[number];

/** What is known about a connection that its status follows from. */
export type ConnectionFacts = { isPaused: boolean; lastOutcome: CheckOutcome | null };

/** The one word for how a connection is. Nothing stores it; it always follows from the facts. */
export const connectionStatus = ({ isPaused, lastOutcome }: ConnectionFacts): ConnectionStatus => {
  if (isPaused) return 'paused';
  if (lastOutcome === null) return 'notChecked';
  return lastOutcome === 'passed' ? 'healthy' : lastOutcome;
};

/** From how many days before its end on a credential counts as expiring. */
export const credentialWarningDays = 14;

/** Whole days until a credential ends (negative when it has), both in RFC 3339. */
export const daysUntil = (end: string, now: Date): number =>
  Math.floor((Date.parse(end) - now.getTime()) / (24 * 60 * 60 * 1000));
