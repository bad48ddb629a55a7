import type { EntityColumn } from '@junction/contracts';

/** What values of a column are to the engine: the types of the catalog, with numbers of two kinds. */
export type Kind = 'text' | 'guid' | 'integer' | 'decimal' | 'double' | 'boolean' | 'date' | 'time' | 'dateTime';

/** The kind of a column. Types without a notation of their own are text. */
export const kindOf = ({ type, dataType }: Pick<EntityColumn, 'type' | 'dataType'>): Kind => {
  if (type === 'json' || type === 'other') return 'text';
  if (type === 'decimal' && /double|float|real|single/i.test(dataType)) return 'double';
  return type;
};

/** The type of DuckDB that holds a kind. Guids are text that was looked at: few readers of Parquet know its type for them. */
export const storedAs: Readonly<Record<Kind, string>> = {
  text: 'VARCHAR',
  guid: 'VARCHAR',
  integer: 'BIGINT',
  decimal: 'DECIMAL(38, 18)',
  double: 'DOUBLE',
  boolean: 'BOOLEAN',
  date: 'DATE',
  time: 'TIME',
  dateTime: 'TIMESTAMP WITH TIME ZONE',
};

/** Whether Parquet files hold a kind as something else than text. */
export const hasOwnType = (kind: Kind): boolean => storedAs[kind] !== 'VARCHAR';

/** A value of a row as SQL. */
export type Cell = {
  /** What CSV and NDJSON show of it; NULL when there is no value. */
  text: string;
  /** The value itself; NULL when there is none. Only of a value that is sound. */
  typed: string;
  /** True when there is a value that is not of its kind; undefined when there is no such value. */
  isWrong?: string;
};

/** Whether a text has nothing in it; where it is not of the kind text that is no value. */
export const isBlank = (x: string): string => `(${x} IS NULL OR ${x} = '')`;
