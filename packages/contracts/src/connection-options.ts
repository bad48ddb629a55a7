import * as z from 'zod';
import { connectionStatuses } from './connection-status.ts';
import { endpoint } from './endpoint.ts';
import { ListQuery, listOf } from './lists.ts';
import { Id } from './scalars.ts';

const tag = 'Connections';

/** What somebody who defines exports may know of a connection: what to call it, and whether it works. */
export const ConnectionOption = z.object({
  id: Id,
  name: z.string(),
  type: z.string(),
  health: z.enum(connectionStatuses),
});
export type ConnectionOption = z.infer<typeof ConnectionOption>;

export const connectionOptionFilterFields = ['type'] as const;

export const listConnectionOptions = endpoint({
  method: 'GET',
  path: '/environments/:environmentId/connection-options',
  action: 'connection-option:list',
  summary: 'The connections that you may use for exports, by name',
  tag,
  query: ListQuery.omit({ orderby: true }).strict(),
  response: listOf(ConnectionOption),
});
