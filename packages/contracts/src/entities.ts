import * as z from 'zod';
import { endpoint } from './endpoint.ts';
import { ListQuery, listOf } from './lists.ts';
import { Id, Timestamp } from './scalars.ts';

const tag = 'Entities';

/** What kind of values a column holds, as filters and files know it; `other` is a type that the metadata states and Junction has no name for. */
export const columnTypes = [
  'text',
  'integer',
  'decimal',
  'boolean',
  'date',
  'time',
  'dateTime',
  'guid',
  'json',
  'other',
] as const;
export const ColumnType = z.enum(columnTypes);
export type ColumnType = z.infer<typeof ColumnType>;

/** Why something in a lake cannot be read, and what to do about it. */
export const CatalogProblem = z.object({ code: z.string(), message: z.string(), remedy: z.string().optional() });
export type CatalogProblem = z.infer<typeof CatalogProblem>;

export const EntityColumn = z.object({
  name: z.string(),
  type: ColumnType,
  /** The type as the metadata states it. */
  dataType: z.string(),
  description: z.string().optional(),
});
export type EntityColumn = z.infer<typeof EntityColumn>;

/** A table that a source offers, as lists show it. */
export const Entity = z.object({
  id: Id,
  name: z.string(),
  description: z.string().optional(),
  /** The connection it is read from. */
  source: z.object({ connectionId: Id, name: z.string() }),
  /** What the metadata calls the group it belongs to, such as `profileStore`; empty at the top. */
  group: z.string(),
  columnCount: z.int(),
  partitionCount: z.int(),
  /** Only where the metadata states it. */
  rowCount: z.int().nullable(),
  bytes: z.int().nullable(),
  refreshedAt: Timestamp.nullable(),
  /** Why it cannot be read now; where its source lies is told to admins only. */
  problem: CatalogProblem.nullable(),
});
export type Entity = z.infer<typeof Entity>;

export const EntityDetails = Entity.extend({
  columns: z.array(EntityColumn),
  /** The files that make it up; of very many only the first. */
  partitions: z.array(
    z.object({
      name: z.string(),
      format: z.string(),
      bytes: z.int().nullable(),
      refreshedAt: Timestamp.nullable(),
      problem: CatalogProblem.nullable(),
    }),
  ),
});
export type EntityDetails = z.infer<typeof EntityDetails>;

/** Partitions that the details of an entity show. */
export const shownPartitions = 200;

export const entityFilterFields = ['source'] as const;

export const listEntities = endpoint({
  method: 'GET',
  path: '/environments/:environmentId/entities',
  action: 'entity:list',
  summary: 'The entities that exports can be made of, by source and name',
  tag,
  query: ListQuery.omit({ orderby: true }).strict(),
  response: listOf(Entity),
});

export const getEntity = endpoint({
  method: 'GET',
  path: '/environments/:environmentId/entities/:entityId',
  action: 'entity:list',
  summary: 'One entity with its columns',
  tag,
  response: EntityDetails,
});

/** The catalog of one source: what was read of its metadata, and when. */
export const Catalog = z.object({
  connectionId: Id,
  /** When it was last read, or tried to; null until then. With a problem the rest is from before. */
  readAt: Timestamp.nullable(),
  entities: z.int(),
  unreadableEntities: z.int(),
  models: z.array(z.object({ path: z.string(), entities: z.int(), problem: CatalogProblem.nullable() })),
  problem: CatalogProblem.nullable(),
});
export type Catalog = z.infer<typeof Catalog>;

export const getCatalog = endpoint({
  method: 'GET',
  path: '/environments/:environmentId/connections/:connectionId/catalog',
  action: 'connection:read',
  summary: 'What was read of the metadata of a connection that entities are read from',
  tag,
  response: Catalog,
});

export const refreshCatalog = endpoint({
  method: 'POST',
  path: '/environments/:environmentId/connections/:connectionId/catalog/refresh',
  action: 'connection:check',
  summary: 'Read the metadata of a connection again',
  tag,
  status: 200,
  response: Catalog,
});
