import type { CheckResult, CheckStep } from '@junction/contracts';
import type * as z from 'zod';
import type { Manifest } from './manifest.ts';
import type { Outbound } from './outbound/outbound.ts';

/** What a connection points at: settings as its manifest's schema returns them, secrets in the clear. Lives only as long as one call. */
export type Target<M extends Manifest = Manifest> = {
  settings: z.output<M['settings']>;
  secrets: z.output<M['secrets']>;
};

/** What a check may use, and whom it tells. */
export type CheckContext = {
  /** Fires when nobody waits for the answer any more. */
  signal: AbortSignal;
  outbound: Outbound;
  now(): Date;
  /** What the check may do besides looking, such as create a missing container. */
  allow: ReadonlySet<NonNullable<CheckStep['offer']>>;
  /** Told when a step starts and when it has ended. */
  onStep(event: { started: string } | { finished: CheckStep }): void;
};

/** The server's side of one connector. */
export type Connector<M extends Manifest = Manifest> = {
  manifest: M;
  /** Verifies a target step by step. Never throws and never takes longer than `checkDeadlineMs`: every failure is a classified step. */
  check(target: Target<M>, context: CheckContext): Promise<CheckResult>;
};

/** A whole check is over after this long; a browser's user should never wonder whether it hangs. */
export const checkDeadlineMs = 10_000;

/** One step gives up after this long, so that one dead host cannot use up the time of the steps after it. */
export const stepDeadlineMs = 5_000;
