import { identifier, literal } from './duckdb/sql-text.ts';
import { engineLimits } from './limits.ts';
import { type Plan, type PlannedColumn, textOf, typedOf } from './plan.ts';
import type { ReadyCsv } from './read/ready-csv.ts';
import { type ReadyParquet, readParquet } from './read/ready-parquet.ts';
import { type Cell, type Kind, storedAs } from './values/kinds.ts';
import { cellOfParquet } from './values/parquet-cells.ts';
import { cellOfText } from './values/text-cells.ts';

export type ReadyFile = ReadyCsv | ReadyParquet;

/** The column of a row that names the first of its columns with a value of the wrong type, by its index; NULL when all are sound. */
export const wrongColumn = 'wrong';

const sourceOf = ({ index }: { index: number }): string => `x${index}`;

const cellOf = (column: PlannedColumn, file: ReadyFile): Cell => {
  const x = sourceOf(column);
  if (file.type === 'csv') return cellOfText[column.kind](x);
  return cellOfParquet(file.stored[column.index]?.type ?? '', column.kind).cell(x);
};

const readCsv = (
  paths: readonly string[],
  { source, dialect, lineEnd, order }: ReadyCsv,
  isParallel: boolean,
): string => {
  const columns = order.map((index) => `'x${index}': 'VARCHAR'`).join(', ');
  return `read_csv([${paths.map(literal).join(', ')}], auto_detect = false, header = ${dialect.hasHeader}, delim = ${literal(source.format.delimiter)},
    quote = '"', escape = '"', columns = {${columns}}, allow_quoted_nulls = false, compression = 'none', max_line_size = ${engineLimits.rowBytes},
    hive_partitioning = false, new_line = '${lineEnd === '\n' ? '\\n' : '\\r\\n'}', parallel = ${isParallel})`;
};

export type Reading = {
  /** Whether several threads may read one CSV file. */
  isParallel?: boolean;
  /** Adds the number of each row in its file, from 1, and of a Parquet file the row itself as JSON. */
  isNumbered?: boolean;
};

/** Rows of files of one make, with the source's values of the columns of a plan. */
const sourceSql = (
  files: readonly ReadyFile[],
  first: ReadyFile,
  columns: readonly PlannedColumn[],
  { isParallel = true, isNumbered = false }: Reading,
): string => {
  const paths = files.map(({ path }) => path);
  if (first.type === 'csv') {
    const numbers = isNumbered ? ', row_number() OVER () AS number, NULL::VARCHAR AS content' : '';
    return `SELECT ${columns.map(sourceOf).join(', ')}${numbers} FROM ${readCsv(paths, first, isParallel)}`;
  }
  const list = columns.map((column) => {
    const { name, type } = first.stored[column.index] ?? { name: '', type: '' };
    return `${cellOfParquet(type, column.kind).source(identifier(name))} AS ${sourceOf(column)}`;
  });
  if (!isNumbered) return `SELECT ${list.join(', ')} FROM ${readParquet(paths)}`;
  const numbers = 'file_row_number + 1 AS number, to_json(file)::VARCHAR AS content';
  return `SELECT ${list.join(', ')}, ${numbers} FROM ${readParquet(paths, ', file_row_number = true')} AS file`;
};

const wrongSql = (columns: readonly PlannedColumn[], file: ReadyFile): string => {
  const cases = columns
    .map((column) => ({ column, cell: cellOf(column, file) }))
    .filter(({ cell }) => cell.isSound !== 'true')
    .map(({ column, cell: { isEmpty, isSound } }) => {
      const isWrong = column.isTyped ? `${typedOf(column)} IS NULL` : `NOT ${isSound}`;
      return `WHEN NOT ${isEmpty} AND ${isWrong} THEN ${column.index}`;
    });
  return cases.length === 0 ? 'NULL::INTEGER' : `CASE ${cases.join(' ')} END`;
};

/** Files of one make as rows of a plan: the text of each column, the value where it is asked for, and what is wrong. */
const groupSql = (files: readonly ReadyFile[], first: ReadyFile, { columns }: Plan, reading: Reading): string => {
  const typed = columns.filter(({ isTyped }) => isTyped);
  const values = typed.map((column) => `, ${cellOf(column, first).typed} AS ${typedOf(column)}`).join('');
  const texts = columns.map((column) => `${cellOf(column, first).text} AS ${textOf(column)}`);
  const list = [...texts, ...typed.map(typedOf), `${wrongSql(columns, first)} AS ${wrongColumn}`];
  if (reading.isNumbered) list.push('number', 'content');
  return `SELECT ${list.join(', ')} FROM (SELECT *${values} FROM (${sourceSql(files, first, columns, reading)}))`;
};

const emptySql = ({ columns }: Plan): string => {
  const nothing = (type: string, name: string) => `NULL::${type} AS ${name}`;
  const list = columns.flatMap((column) => [
    nothing('VARCHAR', textOf(column)),
    ...(column.isTyped ? [nothing(storedAs[column.kind as Kind], typedOf(column))] : []),
  ]);
  return `SELECT ${[...list, nothing('INTEGER', wrongColumn)].join(', ')} WHERE false`;
};

/** Equal for files that one reading of DuckDB can take together. */
const makeOf = (file: ReadyFile): string =>
  file.type === 'csv'
    ? JSON.stringify([file.source.format.delimiter, file.dialect.hasHeader, file.lineEnd, file.order])
    : JSON.stringify(file.stored);

/** The rows of files in their order, as a plan needs them. */
export const rowsSql = (files: readonly ReadyFile[], plan: Plan, reading: Reading = {}): string => {
  const groups: ReadyFile[][] = [];
  for (const file of files) {
    const last = groups.at(-1);
    if (last?.[0] && makeOf(last[0]) === makeOf(file)) last.push(file);
    else groups.push([file]);
  }
  const parts = groups.flatMap((group) => (group[0] ? [groupSql(group, group[0], plan, reading)] : []));
  return parts.length === 0 ? emptySql(plan) : parts.join(' UNION ALL ');
};
