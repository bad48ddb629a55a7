import type { CatalogColumn, CatalogProblem, ColumnType } from './catalog.ts';
import { catalogLimits } from './limits.ts';
import { RawAttribute } from './raw.ts';

/** The data types of the schema, in lower case: CDM's own library does not mind the case either. */
const typeOf: ReadonlyMap<string, ColumnType> = new Map([
  ['string', 'text'],
  ['int64', 'integer'],
  ['double', 'decimal'],
  ['decimal', 'decimal'],
  ['boolean', 'boolean'],
  ['date', 'date'],
  ['time', 'time'],
  ['datetime', 'dateTime'],
  ['datetimeoffset', 'dateTime'],
  ['guid', 'guid'],
  ['json', 'json'],
]);

const columnOf = (attribute: unknown): CatalogColumn => {
  const { name = '', dataType = '', description } = RawAttribute.parse(attribute);
  return {
    name: name.trim(),
    type: typeOf.get(dataType.trim().toLowerCase()) ?? 'other',
    dataType,
    ...(description && { description }),
  };
};

const remedy = 'Have its writer correct the attributes in the metadata.';

/** A file without headers is read by the columns' places, so a column stays in its place even where something is wrong with it. */
export const readColumns = (
  attributes: readonly unknown[] | undefined,
): { columns: CatalogColumn[]; problem?: CatalogProblem } => {
  if (attributes === undefined) {
    return {
      columns: [],
      problem: { code: 'columnsMissing', message: 'The entity has no list of attributes.', remedy },
    };
  }
  const columns = attributes.slice(0, catalogLimits.columns).map(columnOf);
  if (attributes.length > catalogLimits.columns) {
    const message = `The entity has ${attributes.length} columns; at most ${catalogLimits.columns} can be read.`;
    return { columns, problem: { code: 'tooManyColumns', message, remedy: 'Split the entity.' } };
  }
  const unnamed = columns.findIndex(({ name }) => name === '');
  if (unnamed !== -1) {
    return {
      columns,
      problem: { code: 'columnUnnamed', message: `Column ${unnamed + 1} of the entity has no name.`, remedy },
    };
  }
  const seen = new Set<string>();
  const twice = columns.find(({ name }) => seen.size === seen.add(name).size);
  return twice === undefined
    ? { columns }
    : {
        columns,
        problem: { code: 'columnTwice', message: `The entity has two columns "${twice.name}".`, remedy },
      };
};
