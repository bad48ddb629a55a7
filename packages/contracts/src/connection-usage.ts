import * as z from 'zod';
import { Id, PersonRef, Timestamp } from './scalars.ts';

/** How something depends on a connection: an export that writes to it, an export that only reads from it, an entity read from it. */
export const usageKinds = ['writes', 'reads', 'entity'] as const;
export const UsageKind = z.enum(usageKinds);
export type UsageKind = z.infer<typeof UsageKind>;

/** One thing that depends on a connection. What only exports have is null for an entity. */
export const UsageItem = z.object({
  kind: UsageKind,
  id: Id,
  name: z.string(),
  /** In words, such as "Daily at 08:00 (UTC)". */
  schedule: z.string().nullable(),
  lastRunAt: Timestamp.nullable(),
  owner: PersonRef.nullable(),
  /** A run is waiting or under way. */
  hasLiveRun: z.boolean(),
});
export type UsageItem = z.infer<typeof UsageItem>;

/** Everything that depends on a connection, a page at a time, and what names the whole set. */
export const ConnectionUsage = z.object({
  counts: z.object({ writes: z.int(), reads: z.int(), entities: z.int() }),
  /** What goes with a connection that profiles are imported from: its report, who may see it, and how often it is imported; null for any other. */
  profiles: z
    .object({ profiles: z.int().nullable(), people: z.int(), everyHours: z.int(), isImporting: z.boolean() })
    .nullable(),
  /** Exports that have a run waiting or under way. */
  liveRuns: z.int(),
  /** Names the set of exports in `counts`: another one means that an export was added, removed or re-pointed. Removing takes it as `usage`. */
  etag: z.string(),
  /** For how many days a removal can be undone; 0 when it is final. */
  undoDays: z.int(),
  value: z.array(UsageItem),
  nextLink: z.string().optional(),
});
export type ConnectionUsage = z.infer<typeof ConnectionUsage>;

export const usageFilterFields = ['kind'] as const;

/** Removing a connection with more dependent exports than this asks for its name. */
export const removalNeedsNameAbove = 10;
