import { gunzipSync } from 'node:zlib';
import { parse } from 'csv-parse/sync';
import { parquetMetadata, parquetReadObjects, parquetSchema } from 'hyparquet';
import { compressors } from 'hyparquet-compressors';

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

/** Rows of a Parquet file as objects. */
export const readParquet = async (content: Buffer): Promise<Record<string, unknown>[]> =>
  parquetReadObjects({ file: bufferOf(content), compressors });

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
