import { EngineError } from './engine-error.ts';
import { unknownColumn } from './filter/filter-problems.ts';
import { type FilterSql, filteredColumns, filterSql } from './filter/filter-sql.ts';
import type { OutputFormat, Selection } from './selection.ts';
import { hasOwnType, type Kind, kindOf } from './values/kinds.ts';

/** A column that something is done with. */
export type PlannedColumn = {
  /** Its place among the entity's columns. */
  index: number;
  name: string;
  kind: Kind;
  /** Whether the value itself is needed, not only its text. */
  isTyped: boolean;
};

/** What is to be read of an entity and how it is called. */
export type Plan = {
  /** Every column that is written or filtered by, in the entity's order. */
  columns: readonly PlannedColumn[];
  /** What is written, in this order. */
  outputs: readonly { column: PlannedColumn; name: string }[];
  filter: FilterSql | null;
};

/** The column of a row as text, and as the value itself: what rows are read as, and outputs and filters are made of. */
export const textOf = ({ index }: { index: number }): string => `v${index}`;
export const typedOf = ({ index }: { index: number }): string => `t${index}`;

const needsValues = (type: OutputFormat['type'], kind: Kind): boolean => {
  if (type === 'parquet') return hasOwnType(kind);
  return type === 'ndjson' && (kind === 'integer' || kind === 'decimal' || kind === 'double');
};

/** Works out which columns of a selection are read, written and filtered by. Rows are judged by these columns alone. */
export const planOf = ({ columns, choice, filter }: Selection, type: OutputFormat['type']): Plan => {
  const indexOf = new Map(columns.map(({ name }, index) => [name, index]));
  const find = (name: string): number => {
    const index = indexOf.get(name);
    if (index === undefined) throw unknownColumn(name);
    return index;
  };
  const chosen: readonly { name: string; as?: string }[] =
    choice === 'all' ? columns.map(({ name }) => ({ name })) : choice;
  const written = chosen.map(({ name, as = name }) => ({ index: find(name), name: as }));
  const filtered = new Set(filter ? filteredColumns(filter).map(find) : []);
  const isWritten = new Set(written.map(({ index }) => index));
  const planned = columns.map((column, index): PlannedColumn => {
    const kind = kindOf(column);
    const isTyped = (filtered.has(index) && kind !== 'text') || (isWritten.has(index) && needsValues(type, kind));
    return { index, name: column.name, kind, isTyped };
  });
  const at = (index: number): PlannedColumn => {
    const column = planned[index];
    if (!column) throw new EngineError({ code: 'engineFault', message: 'A column was planned that is not there.' });
    return column;
  };
  return {
    columns: planned.filter(({ index }) => isWritten.has(index) || filtered.has(index)),
    outputs: written.map(({ index, name }) => ({ column: at(index), name })),
    filter:
      filter &&
      filterSql(filter, (name) => {
        const column = at(find(name));
        return { kind: column.kind, text: textOf(column), typed: typedOf(column) };
      }),
  };
};
