import type { Query } from './duckdb/query.ts';
import type { Plan } from './plan.ts';
import { type ReadyFile, wrongRowsSql } from './rows-sql.ts';

/** A row with a value that is not of its column's type. */
export type WrongRow = {
  /** Its number among the file's sound rows, from 1. */
  number: number;
  /** The column's place among the entity's. */
  column: number;
  /** The row as JSON, of a Parquet file. */
  content: string;
};

/** The rows of one file with values of the wrong type, in the order of the file, some at a time. */
export const wrongRows = async function* (
  file: ReadyFile,
  plan: Plan,
  query: Query,
  limit: number,
): AsyncIterable<WrongRow[]> {
  const found = query.stream(`${wrongRowsSql(file, plan)} LIMIT ${limit}`);
  for await (const rows of found) {
    yield rows.map(([number, column, content]) => ({
      number: Number(number),
      column: Number(column),
      content: String(content ?? ''),
    }));
  }
};
