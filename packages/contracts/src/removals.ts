import * as z from 'zod';
import { ConnectionUsage } from './connection-usage.ts';
import { Connection } from './connections.ts';
import { endpoint } from './endpoint.ts';
import { ListQuery, listOf } from './lists.ts';
import { DisplayName, Id, PersonRef, Timestamp } from './scalars.ts';

const tag = 'Connections';

export const getConnectionUsage = endpoint({
  method: 'GET',
  path: '/environments/:environmentId/connections/:connectionId/usage',
  action: 'connection:read',
  summary: 'Everything that depends on a connection: what removing it affects',
  tag,
  query: ListQuery.omit({ orderby: true }).strict(),
  response: ConnectionUsage,
});

export const Removal = z.object({
  connectionId: Id,
  /** Exports that lost this connection and are inactive now. */
  inactivated: z.int(),
  /** Exports that write to the other connection now. */
  moved: z.int(),
  /** Exports that stay connected and are inactive, because they read from the removed connection. */
  withoutSource: z.int(),
  canceledRuns: z.int(),
  /** Until when it can be restored; null when this Junction keeps nothing. */
  restorableUntil: Timestamp.nullable(),
});
export type Removal = z.infer<typeof Removal>;

export const deleteConnection = endpoint({
  method: 'DELETE',
  path: '/environments/:environmentId/connections/:connectionId',
  action: 'connection:delete',
  summary: 'Remove a connection; its exports become inactive or move to another connection',
  tag,
  query: z.strictObject({
    /** The `etag` of the usage that was confirmed. */
    usage: z.string().max(200),
    /** The connection that its exports shall write to from now on; it is verified first. */
    moveTo: Id.optional(),
    /** The connection's name; needed when more exports depend on it than `removalNeedsNameAbove`. */
    confirmName: z.string().max(100).optional(),
  }),
  response: Removal,
  needsIfMatch: true,
});

export const RemovedConnection = z.object({
  id: Id,
  name: z.string(),
  type: z.string(),
  removedAt: Timestamp,
  removedBy: PersonRef,
  restorableUntil: Timestamp,
  /** Exports that restoring would connect again. */
  exports: z.int(),
});
export type RemovedConnection = z.infer<typeof RemovedConnection>;

export const listRemovedConnections = endpoint({
  method: 'GET',
  path: '/environments/:environmentId/removed-connections',
  action: 'connection:restore',
  summary: 'Removed connections that can be restored, the last removed first',
  tag,
  query: ListQuery.omit({ orderby: true, filter: true }).strict(),
  response: listOf(RemovedConnection),
});

export const getRemovedConnection = endpoint({
  method: 'GET',
  path: '/environments/:environmentId/removed-connections/:connectionId',
  action: 'connection:restore',
  summary: 'One removed connection that can be restored',
  tag,
  response: RemovedConnection,
});

/** Exports that the answer names of each group; `count` has them all. */
export const namedAfterRestore = 200;
const RestoredGroup = z.object({ count: z.int(), value: z.array(z.object({ id: Id, name: z.string() })) });

export const Restoration = z.object({
  connection: Connection,
  /** Exports that are connected to it again. */
  reattached: RestoredGroup,
  /** Exports that had lost it and stay as they are: connected elsewhere or edited since. */
  left: RestoredGroup,
  /** Exports that lacked it as a source and lack no source now. */
  withSource: z.int(),
});
export type Restoration = z.infer<typeof Restoration>;

export const restoreConnection = endpoint({
  method: 'POST',
  path: '/environments/:environmentId/removed-connections/:connectionId/restore',
  action: 'connection:restore',
  summary: 'Undo a removal: the connection with its secrets, and the exports that are still without one because of it',
  tag,
  status: 200,
  /** Another name, where its own has been taken since. */
  body: z.strictObject({ name: DisplayName.optional() }),
  response: Restoration,
});
