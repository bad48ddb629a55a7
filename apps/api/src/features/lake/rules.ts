import type { Catalog, CatalogEntity, CatalogModel, CatalogPartition, CatalogProblem } from '@junction/cdm';

/** What a model and a name have together at most, in bytes of UTF-8: an entry of an index of PostgreSQL holds about 2,700. */
const longestKey = 2_400;

/** Metadata says what JSON can say; PostgreSQL keeps neither NUL nor half of a surrogate pair. */
const storableText = (text: string): string => text.replaceAll('\0', '').toWellFormed();

/** Looked at first, since copying a large catalog takes much longer. */
const isStorable = (value: unknown): boolean => {
  if (typeof value === 'string') return !value.includes('\0') && value.isWellFormed();
  if (typeof value !== 'object' || value === null) return true;
  return Array.isArray(value)
    ? value.every(isStorable)
    : Object.entries(value).every(([name, part]) => isStorable(name) && isStorable(part));
};

const storable = (value: unknown): unknown => {
  if (typeof value === 'string') return storableText(value);
  if (Array.isArray(value)) return value.map(storable);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, part]) => [storableText(name), storable(part)]));
};

/** An entity as its row takes it; what is absent is null there. */
export type EntityToKeep = Omit<CatalogEntity, 'partitions'> & {
  partitions: CatalogPartition[];
  columnCount: number;
  partitionCount: number;
};

/** What is kept of a reading. */
export type Reading = {
  models: CatalogModel[];
  entities: EntityToKeep[];
  problem: CatalogProblem | null;
  /** Whether everything was seen: what is not among the entities is gone then, unless it stands in one of `unreadModels`. */
  isComplete: boolean;
  unreadModels: string[];
};

const asStorable = <T>(value: T): T => (isStorable(value) ? value : (storable(value) as T));

/** So many entities are gone through in one go, before others in the process have their turn. */
const entitiesInOneGo = 50;

const othersTurn = (): Promise<void> => new Promise((resolve) => setTimeout(resolve));

const storableEntities = async (entities: readonly CatalogEntity[]): Promise<CatalogEntity[]> => {
  const all: CatalogEntity[] = [];
  for (const [index, entity] of entities.entries()) {
    if (index % entitiesInOneGo === entitiesInOneGo - 1) await othersTurn();
    all.push(asStorable(entity));
  }
  return all;
};

const count = (number: number | undefined): number | undefined =>
  Number.isSafeInteger(number) && Number(number) >= 0 ? number : undefined;

const toKeep = (entity: CatalogEntity): EntityToKeep => ({
  ...entity,
  rowCount: count(entity.rowCount),
  bytes: count(entity.bytes),
  columnCount: entity.columns.length,
  partitionCount: entity.partitions.length,
});

const keyOf = ({ model, name }: { model: string; name: string }): string => JSON.stringify([model, name]);

const namesTooLong = (entities: number): CatalogProblem => ({
  code: 'namesTooLong',
  message: `${entities === 1 ? 'One entity is' : `${entities} entities are`} left out: folder and name together have more than ${longestKey} bytes.`,
  remedy: 'Have their writer give them shorter names.',
});

/**
 * What is kept of a catalog. Its entities have unique keys that fit an index. Nothing is taken for gone that may be there: neither
 * when the reading did not see everything, nor what stands in a model that could not be read.
 */
export const readingOf = async (catalog: Catalog): Promise<Reading> => {
  const { models, problem } = asStorable({ models: catalog.models, problem: catalog.problem });
  const entities = await storableEntities(catalog.entities);
  const fit = entities.filter(({ model, name }) => Buffer.byteLength(model + name) <= longestKey);
  return {
    models,
    entities: [...new Map(fit.map((entity) => [keyOf(entity), toKeep(entity)])).values()],
    problem: problem ?? (fit.length < entities.length ? namesTooLong(entities.length - fit.length) : null),
    isComplete: problem === undefined,
    unreadModels: models.filter((model) => model.problem && model.entities === 0).map(({ path }) => path),
  };
};

/** The folder of a metadata file: `profileStore` for `profileStore/model.json`, empty at the top. */
export const groupOf = (model: string): string => model.split('/').slice(0, -1).join('/');
