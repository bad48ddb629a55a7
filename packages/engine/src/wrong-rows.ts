import type { Query } from './duckdb/query.ts';
import type { Plan } from './plan.ts';
import { type ReadyFile, rowsSql, wrongColumn } from './rows-sql.ts';

/** A row with a value that is not of its column's type. */
export type WrongRow = {
  /** The column's name. */
  column: string;
  /** The row as JSON, of a Parquet file. */
  content: string | null;
};

/** The rows of one file with values of the wrong type, at most so many, by their number among the file's sound rows. */
export const findWrongRows = async (
  file: ReadyFile,
  plan: Plan,
  limit: number,
  query: Query,
): Promise<Map<number, WrongRow>> => {
  const names = new Map(plan.columns.map(({ index, name }) => [index, name]));
  const rows = rowsSql([file], plan, { isNumbered: true });
  const found = await query.run(
    `SELECT number, ${wrongColumn}, content FROM (${rows}) WHERE ${wrongColumn} IS NOT NULL LIMIT ${limit}`,
  );
  return new Map(
    found.map(([number, index, content]) => [
      Number(number),
      { column: names.get(Number(index)) ?? '', content: content == null ? null : String(content) },
    ]),
  );
};
