import { gunzipSync } from 'node:zlib';
import { DuckDBInstance } from '@duckdb/node-api';
import { parse } from 'csv-parse/sync';
import { parquetMetadata, parquetReadObjects, parquetSchema } from 'hyparquet';
import { compressors } from 'hyparquet-compressors';

/** What plain DuckDB, as anybody may have it, finds in a file: rows of texts. */
export const askDuckDb = async (sql: string): Promise<(string | null)[][]> => {
  const instance = await DuckDBInstance.create(':memory:', { threads: '1' });
  const connection = await instance.connect();
  try {
    return (await connection.runAndReadAll(sql)).getRowsJS() as (string | null)[][];
  } finally {
    connection.closeSync();
    instance.closeSync();
  }
};

// Readers that share nothing with DuckDB.

/** Rows of CSV; what stands in quotes and is empty is empty text, other nothing is null. */
export const readCsv = (content: Buffer, delimiter = ','): (string | null)[][] =>
  parse(content, {
    delimiter,
    relax_column_count: true,
    skip_empty_lines: false,
    cast: (value, { quoting }) => (value === '' && !quoting ? null : value),
  }) as unknown as (string | null)[][];

/** Whole of a gzip file. */
export const unzip = (content: Buffer): Buffer => gunzipSync(content);

const bufferOf = (content: Buffer): ArrayBuffer =>
  content.buffer.slice(content.byteOffset, content.byteOffset + content.length) as ArrayBuffer;

/** A decimal of so many digits after the point as plain text, from the bytes that a file has for it. */
const decimalText = (bytes: Uint8Array, scale: number): string => {
  const value = BigInt.asIntN(128, BigInt(`0x${Buffer.from(bytes).toString('hex')}`));
  const digits = (value < 0n ? -value : value).toString().padStart(scale + 1, '0');
  const fraction = digits.slice(-scale).replace(/0+$/, '');
  return `${value < 0n ? '-' : ''}${digits.slice(0, -scale)}${fraction && `.${fraction}`}`;
};

/** The reader's own would round moments before 1970 up. */
const parsers = {
  timestampFromMicroseconds: (moment: bigint) =>
    new Date(Number((moment - (((moment % 1_000n) + 1_000n) % 1_000n)) / 1_000n)),
};

/** Rows of a Parquet file as objects; decimals as text, as the reader's own numbers would lose digits. */
export const readParquet = async (content: Buffer): Promise<Record<string, unknown>[]> => {
  const file = bufferOf(content);
  const metadata = parquetMetadata(file);
  const scales = new Map<string, number>();
  for (const element of metadata.schema) {
    if (element.converted_type !== 'DECIMAL') continue;
    scales.set(element.name, element.scale ?? 0);
    delete element.converted_type;
    delete element.logical_type;
  }
  const rows = await parquetReadObjects({ file, metadata, compressors, parsers, utf8: false });
  const exact = (name: string, value: unknown): unknown => {
    const scale = scales.get(name);
    return scale !== undefined && value instanceof Uint8Array ? decimalText(value, scale) : value;
  };
  return rows.map((row) => Object.fromEntries(Object.entries(row).map(([name, value]) => [name, exact(name, value)])));
};

/** Columns of a Parquet file with their types, as the format names them. */
export const parquetColumns = (content: Buffer): Record<string, string> => {
  const schema = parquetSchema(parquetMetadata(bufferOf(content)));
  return Object.fromEntries(
    schema.children.map(({ element }) => {
      const { type = '', logical_type: logical, converted_type: converted } = element;
      const named = logical ? `${type} ${JSON.stringify(logical)}` : `${type} ${converted ?? ''}`;
      return [element.name, named.trim()];
    }),
  );
};

/** Lines of NDJSON. */
export const readNdjson = (content: Buffer): Record<string, unknown>[] =>
  content
    .toString()
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Record<string, unknown>);
