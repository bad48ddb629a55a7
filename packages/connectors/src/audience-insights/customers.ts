import type { Catalog, CatalogEntity } from '@junction/cdm';

/** A catalog, or as much of one as somebody has kept. */
type Described<Entity = CatalogEntity> = { models: Catalog['models']; entities: readonly Entity[] };

/** The latest of some times, all RFC 3339 in UTC; undefined when there is none. */
const latest = (times: readonly (string | undefined)[]): string | undefined =>
  times.filter((time) => time !== undefined).toSorted((one, other) => Date.parse(other) - Date.parse(one))[0];

/** When the customers were last written, as far as metadata and storage say. */
export const writtenAt = ({ models }: Described, customers: CatalogEntity): string | undefined =>
  latest([
    customers.refreshedAt,
    ...customers.partitions.map(({ modifiedAt }) => modifiedAt),
    models.find(({ path }) => path === customers.model)?.modifiedAt,
  ]);

/**
 * The entity of the unified customers, whatever the case of its name; undefined when there is none. Of several one that can be read and has
 * partitions goes before others, then the one that was written last.
 */
export const findCustomers = <Entity extends CatalogEntity>(catalog: Described<Entity>): Entity | undefined => {
  const rank = (entity: Entity): number =>
    (entity.problem === undefined ? 2 : 0) + (entity.partitions.length > 0 ? 1 : 0);
  const time = (entity: Entity): number => Date.parse(writtenAt(catalog, entity) ?? '') || 0;
  return catalog.entities
    .filter(({ name }) => name.toLowerCase() === 'customer')
    .toSorted((one, other) => rank(other) - rank(one) || time(other) - time(one))[0];
};
