import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { ExportFormat } from '@junction/contracts';
import { duckdb, literal } from './duckdb.ts';

/** A column of a customer: how the metadata calls its type, how DuckDB does, and what makes the value of row `i`. */
type Column = { name: string; dataType: string; type: string; value: string };

const columns: readonly Column[] = [
  { name: 'CustomerId', dataType: 'string', type: 'VARCHAR', value: `md5(i::VARCHAR)` },
  { name: 'FirstName', dataType: 'string', type: 'VARCHAR', value: `'First ' || (i * 7919) % 5000` },
  { name: 'LastName', dataType: 'string', type: 'VARCHAR', value: `'O''Last, ' || (i * 104729) % 50000` },
  { name: 'Email', dataType: 'string', type: 'VARCHAR', value: `'person' || i || '@contoso.example'` },
  { name: 'BirthDate', dataType: 'date', type: 'DATE', value: `DATE '1930-01-01' + ((i * 31) % 30000)::INTEGER` },
  {
    name: 'Country',
    dataType: 'string',
    type: 'VARCHAR',
    value: `['Germany', 'Côte d’Ivoire', 'Japan', 'Brazil', NULL][1 + i % 5]`,
  },
  { name: 'City', dataType: 'string', type: 'VARCHAR', value: `'City ' || (i * 13) % 2000` },
  { name: 'Income', dataType: 'double', type: 'DOUBLE', value: `((i * 37) % 20000000) / 100` },
  { name: 'Points', dataType: 'int64', type: 'BIGINT', value: `(i * 17) % 100000` },
  { name: 'IsActive', dataType: 'boolean', type: 'BOOLEAN', value: `i % 3 = 0` },
  {
    name: 'SeenAt',
    dataType: 'dateTime',
    type: 'TIMESTAMP',
    value: `TIMESTAMP '2020-01-01' + to_seconds((i * 613) % 200000000)`,
  },
];

const entity = 'Customer';

/** Customers in CSV files as a lake has them, with a model.json beside them. */
export type Customers = { folder: string; rows: number; files: readonly string[] };

/** Writes so many customers, evenly, to so many files of a folder. */
export const makeCustomers = async (folder: string, rows: number, fileCount: number): Promise<Customers> => {
  await mkdir(join(folder, entity), { recursive: true });
  const names = Array.from({ length: fileCount }, (_, index) => `${entity}/${index}.csv`);
  const select = columns.map(({ name, value }) => `${value} AS "${name}"`).join(', ');
  const each = rows / fileCount;
  await duckdb(
    ...names.map(
      (name, index) =>
        `COPY (SELECT ${select} FROM range(${index * each}, ${(index + 1) * each}) AS rows(i)) TO ${literal(join(folder, name))} (FORMAT csv, HEADER true)`,
    ),
  );
  const model = {
    name: 'bench',
    version: '1.0',
    entities: [
      {
        $type: 'LocalEntity',
        name: entity,
        attributes: columns.map(({ name, dataType }) => ({ name, dataType })),
        partitions: names.map((location, index) => ({
          name: `${index}`,
          location,
          fileFormatSettings: { $type: 'CsvFormatSettings', columnHeaders: true, delimiter: ',' },
        })),
      },
    ],
  };
  await writeFile(join(folder, 'model.json'), JSON.stringify(model));
  return { folder, rows, files: names.map((name) => join(folder, name)) };
};

/** As the engine does, so that a value that is not what its column says does not go through. */
const readTyped = (files: readonly string[]): string => {
  const types = columns.map(({ name, type }) => `${literal(name)}: ${literal(type)}`);
  return `read_csv([${files.map(literal).join(', ')}], header = true, auto_detect = false, delim = ',', quote = '"', escape = '"', columns = {${types.join(', ')}})`;
};

const copyOptions: Record<ExportFormat['type'], string> = {
  csv: `FORMAT csv, HEADER true`,
  csvGzip: `FORMAT csv, HEADER true, COMPRESSION gzip`,
  parquet: `FORMAT parquet, COMPRESSION zstd`,
};

/** The statements with which DuckDB alone makes of each group of files one file of a folder: the least that has to be done. */
export const copyAlone = (groups: readonly (readonly string[])[], to: string, format: ExportFormat['type']): string[] =>
  groups.map(
    (files, index) =>
      `COPY (SELECT * FROM ${readTyped(files)}) TO ${literal(join(to, `${index}`))} (${copyOptions[format]})`,
  );

/** Rows of written files, and a sum over all of them that does not depend on their order. */
export const sumOf = async (pattern: string, format: ExportFormat['type']): Promise<string> => {
  const compression = format === 'csvGzip' ? `, compression = 'gzip'` : '';
  const from =
    format === 'parquet'
      ? `read_parquet(${literal(pattern)})`
      : `read_csv(${literal(pattern)}, header = true, all_varchar = true, auto_detect = false, delim = ',', quote = '"', escape = '"', columns = {${columns.map(({ name }) => `${literal(name)}: 'VARCHAR'`).join(', ')}}${compression})`;
  const row = columns.map(({ name }) => `"${name}"`).join(', ');
  const { last } = await duckdb(`SELECT count(*)::VARCHAR, sum(hash(${row}))::VARCHAR FROM ${from} AS rows`);
  return JSON.stringify(last);
};
