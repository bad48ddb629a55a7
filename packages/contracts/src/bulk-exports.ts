import * as z from 'zod';
import { endpoint } from './endpoint.ts';
import { Id } from './scalars.ts';
import { Schedule } from './schedules.ts';

const tag = 'Exports';

/** Exports that one request changes. */
export const maximumBulkExports = 200;

/** The exports of one request about several. */
export const exportIds = z
  .array(Id)
  .min(1, { error: 'Name at least one export.' })
  .max(maximumBulkExports, { error: `Name at most ${maximumBulkExports} exports.` })
  .transform((ids) => [...new Set(ids)]);

/** What became of each export of a request about several: changed, or left as it was with the reason. */
export const BulkResult = z.object({
  done: z.array(Id),
  refused: z.array(z.object({ id: Id, name: z.string().nullable(), code: z.string(), message: z.string() })),
});
export type BulkResult = z.infer<typeof BulkResult>;

export const duplicateExports = endpoint({
  method: 'POST',
  path: '/environments/:environmentId/exports/duplicate',
  action: 'export:create',
  summary: 'Copy exports: same definition and connection, schedule off, "… (copy)" as the name; done names the copies',
  tag,
  status: 200,
  body: z.strictObject({ exportIds }),
  response: BulkResult,
});

export const detachExports = endpoint({
  method: 'POST',
  path: '/environments/:environmentId/exports/detach',
  action: 'export:update',
  summary: 'Take the connection away from exports; they become inactive and remember it',
  tag,
  status: 200,
  body: z.strictObject({ exportIds }),
  response: BulkResult,
});

export const connectExports = endpoint({
  method: 'POST',
  path: '/environments/:environmentId/exports/connect',
  action: 'export:update',
  summary: 'Connect exports to a connection that you may use; inactive ones become active',
  tag,
  status: 200,
  body: z.strictObject({ exportIds, connectionId: Id }),
  response: BulkResult,
});

export const scheduleExports = endpoint({
  method: 'POST',
  path: '/environments/:environmentId/exports/schedule',
  action: 'export:update',
  summary: 'Turn the schedules of exports on or off, or give all of them the same one',
  tag,
  status: 200,
  body: z.strictObject({
    exportIds,
    /** `on` and `off` keep each export's own plan; one that has none cannot be turned on. */
    set: z.union([z.literal('on'), z.literal('off'), Schedule], { error: 'Say on or off, or give a schedule.' }),
  }),
  response: BulkResult,
});

export const removeExports = endpoint({
  method: 'POST',
  path: '/environments/:environmentId/exports/remove',
  action: 'export:delete',
  summary: 'Remove exports; what they have written stays',
  tag,
  status: 200,
  body: z.strictObject({ exportIds }),
  response: BulkResult,
});
