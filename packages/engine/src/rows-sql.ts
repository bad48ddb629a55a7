import { identifier, literal } from './duckdb/sql-text.ts';
import { engineLimits } from './limits.ts';
import { type Plan, type PlannedColumn, textOf, typedOf } from './plan.ts';
import type { ReadyCsv } from './read/ready-csv.ts';
import { type ReadyParquet, readParquet, tooManyDigits } from './read/ready-parquet.ts';
import { type Cell, type Kind, storedAs } from './values/kinds.ts';
import { cellOfParquet } from './values/parquet-cells.ts';
import { cellOfText } from './values/text-cells.ts';

export type ReadyFile = ReadyCsv | ReadyParquet;

/** A source column, as its cells name it. */
const sourceOf = ({ index }: { index: number }): string => `x${index}`;

type Read = { column: PlannedColumn; source: string; cell: Cell };

/** How the columns of a plan are read from a file. */
const readColumns = (file: ReadyFile, { columns }: Plan): Read[] =>
  columns.map((column) => {
    const x = sourceOf(column);
    if (file.type === 'csv') return { column, source: x, cell: cellOfText(column.kind, x) };
    const stored = file.stored[column.index] ?? { name: '', type: '' };
    if (stored.digits !== undefined) throw tooManyDigits(file.source.name, stored);
    const { name, type } = stored;
    return { column, ...cellOfParquet(identifier(name), type, column.kind, x) };
  });

const readCsv = (
  paths: readonly string[],
  { source, dialect, lineEnd, order }: ReadyCsv,
  isParallel: boolean,
): string => {
  const columns = order.map((index) => `'x${index}': 'VARCHAR'`).join(', ');
  return `read_csv([${paths.map(literal).join(', ')}], auto_detect = false, header = ${dialect.hasHeader}, delim = ${literal(source.format.delimiter)},
    quote = '"', escape = '"', columns = {${columns}}, allow_quoted_nulls = false, compression = 'none', max_line_size = ${engineLimits.rowBytes},
    buffer_size = ${engineLimits.readBytes}, hive_partitioning = false, new_line = '${lineEnd === '\n' ? '\\n' : '\\r\\n'}', parallel = ${isParallel})`;
};

/** Which rows go on, as SQL, where `isWrong` is true for those with a value of the wrong type. It may name values as a plan does. */
export type Keep = (isWrong: string) => string;

type Reading = {
  keep: Keep;
  /** Whether several threads may read one CSV file. */
  isParallel?: boolean;
};

const readFiles = (files: readonly ReadyFile[], first: ReadyFile, isParallel: boolean): string => {
  const paths = files.map(({ path }) => path);
  return first.type === 'csv' ? readCsv(paths, first, isParallel) : readParquet(paths);
};

const namedSources = (columns: readonly Read[]): string[] =>
  columns.map(({ column, source }) => `${source} AS ${sourceOf(column)}`);

/** Files of one make as rows of a plan: the text of each column, and the value where it is asked for. */
const groupSql = (
  files: readonly ReadyFile[],
  first: ReadyFile,
  plan: Plan,
  { keep, isParallel = true }: Reading,
): string => {
  const columns = readColumns(first, plan);
  const wrong = columns.flatMap(({ cell: { isWrong } }) => (isWrong ? [`(${isWrong})`] : []));
  const list = [
    ...columns.map(({ column, cell }) => `${cell.text} AS ${textOf(column)}`),
    ...columns.flatMap(({ column, cell }) => (column.isTyped ? [`${cell.typed} AS ${typedOf(column)}`] : [])),
  ];
  return `SELECT ${list.join(', ')} FROM (SELECT ${namedSources(columns).join(', ')} FROM ${readFiles(files, first, isParallel)})
    WHERE ${keep(wrong.length > 0 ? `(${wrong.join(' OR ')})` : 'false')}`;
};

/** The rows of one file with values of the wrong type: their numbers from 1, the index of the first such column, and of a Parquet file the row as JSON. */
export const wrongRowsSql = (file: ReadyFile, plan: Plan): string => {
  const columns = readColumns(file, plan);
  const cases = columns.flatMap(({ column: { index }, cell: { isWrong } }) =>
    isWrong ? [`WHEN ${isWrong} THEN ${index}`] : [],
  );
  const content = file.type === 'csv' ? 'NULL::VARCHAR' : 'to_json(file)::VARCHAR';
  const list = [...namedSources(columns), 'row_number() OVER () AS number', `${content} AS content`];
  return `SELECT number::DOUBLE, ${cases.length > 0 ? `CASE ${cases.join(' ')} END` : 'NULL::INTEGER'} AS wrong, content
    FROM (SELECT ${list.join(', ')} FROM ${readFiles([file], file, true)} AS file) WHERE wrong IS NOT NULL`;
};

const emptySql = ({ columns }: Plan, { keep }: Reading): string => {
  const nothing = (type: string, name: string) => `NULL::${type} AS ${name}`;
  const list = columns.flatMap((column) => [
    nothing('VARCHAR', textOf(column)),
    ...(column.isTyped ? [nothing(storedAs[column.kind as Kind], typedOf(column))] : []),
  ]);
  return `SELECT ${list.join(', ')} WHERE false AND ${keep('false')}`;
};

/** Equal for files that one reading of DuckDB can take together. */
const makeOf = (file: ReadyFile): string =>
  file.type === 'csv'
    ? JSON.stringify([file.source.format.delimiter, file.dialect.hasHeader, file.lineEnd, file.order])
    : JSON.stringify(file.stored);

/** The rows of files in their order, as a plan needs them. */
export const rowsSql = (files: readonly ReadyFile[], plan: Plan, reading: Reading): string => {
  const groups: ReadyFile[][] = [];
  for (const file of files) {
    const last = groups.at(-1);
    if (last?.[0] && makeOf(last[0]) === makeOf(file)) last.push(file);
    else groups.push([file]);
  }
  const parts = groups.flatMap((group) => (group[0] ? [groupSql(group, group[0], plan, reading)] : []));
  return parts.length === 0 ? emptySql(plan, reading) : parts.join(' UNION ALL ');
};
