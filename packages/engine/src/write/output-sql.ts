import { identifier, literal } from '../duckdb/sql-text.ts';
import { EngineError } from '../engine-error.ts';
import { type Plan, type PlannedColumn, textOf, typedOf } from '../plan.ts';
import type { OutputFormat } from '../selection.ts';
import { hasOwnType } from '../values/kinds.ts';
import { jsonNumber } from '../values/numbers.ts';
import { csvValue, formulaStarts, withoutFormula } from './csv-text.ts';
import { dictionaryOf } from './row-group.ts';

type CsvFormat = Extract<OutputFormat, { type: 'csv' | 'csvGzip' }>;
type Outputs = Plan['outputs'];

/** What follows COPY: which columns are selected of the rows, and how they are written. */
export type OutputSql = {
  select: string;
  options: string;
  /** What stands before the first row; with no rows the file is just that. */
  header: string;
};

const startsLikeFormula = (text: string): string => {
  const starts = formulaStarts.map((start) => `chr(${start.charCodeAt(0)})`).join(', ');
  return `${text}[1] IN (${starts})`;
};

/** The text of an output column as CSV shows it, before quotes. */
export const csvShown = (column: PlannedColumn, { escapeFormulas = false }: { escapeFormulas?: boolean }): string => {
  const text = textOf(column);
  if (!escapeFormulas || column.kind !== 'text') return text;
  return `CASE WHEN ${startsLikeFormula(text)} THEN '''' || ${text} ELSE ${text} END`;
};

/** Lines as they are: nothing is quoted, as what separates columns here never comes up in text that was escaped before. */
const rawLines = `FORMAT csv, HEADER false, QUOTE '', ESCAPE '', DELIMITER '\u0001', COMPRESSION 'none'`;

const csvOptions = ({ delimiter }: CsvFormat, header: string): string => {
  const wrapped = header === '' ? '' : `, PREFIX ${literal(header)}, SUFFIX ${literal('\n')}`;
  return `FORMAT csv, HEADER false, DELIMITER ${literal(delimiter)}, QUOTE '"', ESCAPE '"', NULLSTR '', COMPRESSION 'none'${wrapped}`;
};

/** DuckDB cannot write a delimiter that is not ASCII (it stops with an internal error), so the lines are made here. */
const handmadeLine = (outputs: Outputs, format: CsvFormat): string => {
  const values = outputs.map(({ column }) => {
    const text = csvShown(column, format);
    return `CASE WHEN ${text} IS NULL THEN ''
      WHEN ${text} = '' OR contains(${text}, ${literal(format.delimiter)}) OR regexp_matches(${text}, '["\\r\\n]') THEN '"' || replace(${text}, '"', '""') || '"'
      ELSE ${text} END`;
  });
  return `concat(${values.join(`, ${literal(format.delimiter)}, `)})`;
};

const csvSql = (outputs: Outputs, format: CsvFormat): OutputSql => {
  const names = outputs.map(({ name }) =>
    csvValue(format.escapeFormulas ? withoutFormula(name) : name, format.delimiter),
  );
  const header = format.hasHeader ? `${names.join(format.delimiter)}\n` : '';
  const isAscii = format.delimiter.charCodeAt(0) < 0x80;
  return {
    select: isAscii ? outputs.map(({ column }) => csvShown(column, format)).join(', ') : handmadeLine(outputs, format),
    options: isAscii
      ? csvOptions(format, header)
      : `${rawLines}${header === '' ? '' : `, PREFIX ${literal(header)}, SUFFIX ${literal('\n')}`}`,
    header,
  };
};

const jsonValue = (column: PlannedColumn): string => {
  const text = textOf(column);
  if (column.kind === 'integer') return `coalesce(${typedOf(column)}::VARCHAR, 'null')`;
  if (column.kind === 'decimal' || column.kind === 'double') {
    return jsonNumber(text, typedOf(column), column.kind);
  }
  if (column.kind === 'boolean') return `coalesce(${text}, 'null')`;
  return `coalesce(to_json(${text})::VARCHAR, 'null')`;
};

const ndjsonSql = (outputs: Outputs): OutputSql => {
  const members = outputs.map(
    ({ column, name }, index) =>
      `${literal(`${index === 0 ? '{' : ','}${JSON.stringify(name)}:`)}, ${jsonValue(column)}`,
  );
  return { select: `concat(${members.join(', ')}, '}')`, options: rawLines, header: '' };
};

/** Readers of Parquet do not tell names apart that differ in case only. */
const checkNames = (outputs: Outputs): void => {
  const seen = new Set<string>();
  const alike = outputs.find(({ name }) => seen.size === seen.add(name.toLowerCase()).size);
  if (alike === undefined) return;
  throw new EngineError({
    code: 'namesAlike',
    message: `A Parquet file cannot have two columns that are called "${alike.name}", whatever their case.`,
    remedy: 'Rename one of the columns in the export.',
  });
};

const parquetSql = (outputs: Outputs, rowGroup: number): OutputSql => {
  checkNames(outputs);
  const list = outputs.map(
    ({ column, name }) => `${hasOwnType(column.kind) ? typedOf(column) : textOf(column)} AS ${identifier(name)}`,
  );
  return {
    select: list.join(', '),
    options: `FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE ${rowGroup}, STRING_DICTIONARY_PAGE_SIZE_LIMIT ${dictionaryOf(rowGroup)}`,
    header: '',
  };
};

/** How rows of a plan are written in a format. `rowGroup` is how many rows a Parquet file has in one piece. */
export const outputSql = ({ outputs }: Plan, format: OutputFormat, rowGroup: number): OutputSql => {
  if (format.type === 'parquet') return parquetSql(outputs, rowGroup);
  if (format.type === 'ndjson') return ndjsonSql(outputs);
  return csvSql(outputs, format);
};
