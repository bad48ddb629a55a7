import { open } from 'node:fs/promises';
import type { EntityColumn } from '@junction/contracts';
import { fileFailure } from '../duckdb/failure.ts';
import { engineLimits } from '../limits.ts';
import type { Tally } from '../malformed.ts';
import { type Dialect, dialectOf } from './csv-dialect.ts';
import { matchHeader } from './csv-header.ts';
import { lineFeed } from './scan-row.ts';
import { type CsvFile, isPlain, sourceBytes } from './source-bytes.ts';
import { type RowVisitor, type WalkedRow, walkRows } from './walk-rows.ts';

/** A CSV file as DuckDB can read it without coming upon anything. */
export type ReadyCsv = {
  type: 'csv';
  source: CsvFile;
  dialect: Dialect;
  /** The file itself, or a tidy copy of it. */
  path: string;
  /** The column that each value of a row belongs to. */
  order: readonly number[];
  /** Rows that are not malformed. */
  rows: number;
  /** Rows that are, by their shape or their encoding. */
  malformed: number;
  bytes: number;
};

export type Preparing = {
  /** A path for a copy, which is removed in the end. */
  newPath(): string;
  tally: Tally;
  signal: AbortSignal;
  onBytes(bytes: number): void;
};

/** What a walk through the rows found. */
type Survey = { order: readonly number[]; rows: number; malformed: number; isTidy: boolean };

const surveyor = (file: CsvFile, columns: readonly EntityColumn[], dialect: Dialect, tally?: Tally) => {
  const survey: Survey = { order: columns.map((_, index) => index), rows: 0, malformed: 0, isTidy: true };
  let lineEnd = 0;
  const see = ({ bytes, span, line, isHeader, isBlank, reason }: WalkedRow): void => {
    const thisEnd = span.next - span.end === 2 ? 2 : (bytes[span.end] ?? 0);
    if (thisEnd !== 0 && lineEnd !== 0 && thisEnd !== lineEnd) survey.isTidy = false;
    lineEnd ||= thisEnd;
    if (isHeader) {
      survey.order = matchHeader(bytes.subarray(span.start, span.end), dialect, columns, file.name);
    } else if (reason) {
      survey.malformed += 1;
      survey.isTidy = false;
      tally?.note({ file: file.name, line, reason });
    } else if (isBlank || span.start === span.end) {
      survey.isTidy = false;
      if (!isBlank) survey.rows += 1;
    } else {
      survey.rows += 1;
    }
  };
  return { survey, see };
};

/** Writes the rows that are not malformed, one to a line, each line ended by a line feed. */
const tidyWriter = async (path: string) => {
  const file = await open(path, 'w');
  let buffer = Buffer.allocUnsafe(engineLimits.chunkBytes);
  let used = 0;
  let full: Buffer[] = [];
  const put = ({ bytes, span, isHeader, isBlank, reason }: WalkedRow): void => {
    if (!isHeader && (reason || isBlank)) return;
    const length = span.end - span.start;
    if (used + length + 1 > buffer.length) {
      full.push(buffer.subarray(0, used));
      buffer = Buffer.allocUnsafe(Math.max(engineLimits.chunkBytes, length + 1));
      used = 0;
    }
    used += bytes.copy(buffer, used, span.start, span.end);
    buffer[used] = lineFeed;
    used += 1;
  };
  const settle = async (): Promise<void> => {
    const toWrite = full;
    full = [];
    for (const part of toWrite) await file.writeFile(part);
  };
  return {
    put,
    settle,
    close: async () => {
      try {
        full.push(buffer.subarray(0, used));
        await settle();
        return (await file.stat()).size;
      } finally {
        await file.close();
      }
    },
  };
};

/**
 * Looks through a CSV file once, as bytes: its header is held against the metadata, malformed rows are noted. DuckDB gets the file as it is
 * when nothing in it can lead it astray, else a copy with the sound rows: it miscounts around blank lines and refuses mixed line ends
 * (decision 020).
 */
export const readyCsv = async (
  file: CsvFile,
  columns: readonly EntityColumn[],
  { newPath, tally, signal, onBytes }: Preparing,
  isCut = false,
): Promise<ReadyCsv> => {
  const dialect = dialectOf(file, columns.length);
  const walk = (visitor: RowVisitor, onRead: (bytes: number) => void) =>
    walkRows(sourceBytes(file, { isCut, signal, onBytes: onRead }), dialect, { isCut }, visitor);
  const { survey, see } = surveyor(file, columns, dialect, tally);
  const ready = (path: string, bytes: number): ReadyCsv => ({
    type: 'csv',
    source: file,
    dialect,
    path,
    bytes,
    order: survey.order,
    rows: survey.rows,
    malformed: survey.malformed,
  });

  if ((await isPlain(file)) && !isCut) {
    let size = 0;
    await walk({ row: see }, (bytes) => {
      size += bytes;
      onBytes(bytes);
    });
    if (survey.isTidy) return ready(file.path, size);
    return ready(...(await tidied({ row: () => undefined })));
  }
  return ready(...(await tidied({ row: see }, onBytes)));

  async function tidied(visitor: RowVisitor, onRead: (bytes: number) => void = () => undefined) {
    const path = newPath();
    try {
      const writer = await tidyWriter(path);
      let size = 0;
      try {
        await walk(
          {
            row: (row) => {
              visitor.row(row);
              writer.put(row);
            },
            settle: writer.settle,
          },
          onRead,
        );
      } finally {
        size = await writer.close();
      }
      return [path, size] as const;
    } catch (error) {
      throw fileFailure(error, file.name);
    }
  }
};
