import type { CheckOutcome } from './checks.ts';

export const connectionStatuses = ['healthy', 'actionRequired', 'failing', 'notChecked', 'paused'] as const;
export type ConnectionStatus = (typeof connectionStatuses)[number];

/** What is known about a connection that its status follows from. */
export type ConnectionFacts = { isPaused: boolean; lastOutcome: CheckOutcome | null };

type StatusRule = { status: ConnectionStatus; isPaused?: boolean; lastOutcome?: CheckOutcome | null };

/** Which facts make which status; the first rule whose facts are all there decides. Lists filter and sort by the same table in SQL. */
export const statusRules = [
  { status: 'paused', isPaused: true },
  { status: 'notChecked', lastOutcome: null },
  { status: 'healthy', lastOutcome: 'passed' },
  { status: 'actionRequired', lastOutcome: 'actionRequired' },
  { status: 'failing', lastOutcome: 'failing' },
] as const satisfies readonly StatusRule[];

/** The one word for how a connection is. Nothing stores it; it always follows from the facts. */
export const connectionStatus = (facts: ConnectionFacts): ConnectionStatus => {
  const rule = (statusRules as readonly StatusRule[]).find(
    ({ isPaused = facts.isPaused, lastOutcome = facts.lastOutcome }) =>
      isPaused === facts.isPaused && lastOutcome === facts.lastOutcome,
  );
  return rule?.status ?? 'notChecked';
};

/** From how many days before its end on a credential counts as expiring. */
export const credentialWarningDays = 14;

/** Whole days until a credential ends (negative when it has), both in RFC 3339. */
export const daysUntil = (end: string, now: Date): number =>
  Math.floor((Date.parse(end) - now.getTime()) / (24 * 60 * 60 * 1000));
