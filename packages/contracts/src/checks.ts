import * as z from 'zod';
import { ListQuery, listOf } from './lists.ts';
import { Id, PersonRef, Timestamp } from './scalars.ts';

export const stepStatuses = ['passed', 'failed', 'skipped'] as const;

/** What to do about a failed step: a sentence that names the exact thing, and a command to copy where one fits. */
export const Remedy = z.object({ text: z.string(), command: z.string().optional() });
export type Remedy = z.infer<typeof Remedy>;

/** One finished step of a check. `code` is stable and documented; `field` is the form field to correct, as `settings.x` or `secrets.x`. */
export const CheckStep = z.object({
  step: z.string(),
  status: z.enum(stepStatuses),
  durationMs: z.number().nonnegative(),
  code: z.string(),
  message: z.string(),
  /** Of a passed step: its message says more than that it passed, so people are shown it too. */
  isTelling: z.boolean().optional(),
  remedy: Remedy.optional(),
  field: z.string().optional(),
  /** What the same check can do about it when asked again with this name in `allow`. */
  offer: z.enum(['createContainer']).optional(),
});
export type CheckStep = z.infer<typeof CheckStep>;

/** `actionRequired`: somebody has to change something; `failing`: it may pass by itself (time-out, throttling). */
export const checkOutcomes = ['passed', 'actionRequired', 'failing'] as const;
export const CheckOutcome = z.enum(checkOutcomes);
export type CheckOutcome = z.infer<typeof CheckOutcome>;

export const CheckResult = z.object({
  outcome: CheckOutcome,
  startedAt: Timestamp,
  durationMs: z.number().nonnegative(),
  steps: z.array(CheckStep),
  /** When the credential stops working, where it says so itself (a SAS token). */
  credentialExpiresAt: Timestamp.optional(),
  /** Settings that the check found out and that are kept when the connection is saved, such as the key of a host seen for the first time. */
  learned: z.record(z.string(), z.string()).optional(),
});
export type CheckResult = z.infer<typeof CheckResult>;

/** A check while it runs, one JSON document per line (application/x-ndjson): each step as it starts and ends, then the result. */
export const CheckEvent = z.discriminatedUnion('event', [
  z.object({ event: z.literal('started'), step: z.string() }),
  z.object({ event: z.literal('finished'), step: CheckStep }),
  z.object({ event: z.literal('result'), result: CheckResult }),
]);
export type CheckEvent = z.infer<typeof CheckEvent>;

export const checkTriggers = ['setup', 'edit', 'manual', 'probe'] as const;

/** A check of a saved connection, kept in its history. */
export const CheckRecord = CheckResult.extend({
  id: Id,
  trigger: z.enum(checkTriggers),
  by: PersonRef.nullable(),
});
export type CheckRecord = z.infer<typeof CheckRecord>;

export const CheckList = listOf(CheckRecord);
export const CheckListQuery = ListQuery.pick({ maxpagesize: true, skiptoken: true });
