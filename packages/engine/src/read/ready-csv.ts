import type { EntityColumn } from '@junction/contracts';
import { fileFailure } from '../duckdb/failure.ts';
import { engineLimits } from '../limits.ts';
import { newTally, type Tally } from '../malformed.ts';
import { type Dialect, dialectOf } from './csv-dialect.ts';
import { type CsvFile, isPlain, sourceBytes } from './source-bytes.ts';
import { type LineEnd, type Survey, surveyRows } from './survey-rows.ts';
import { tidyWriter } from './tidy-writer.ts';
import { type RowVisitor, walkRows } from './walk-rows.ts';

/** A CSV file as DuckDB can read it without coming upon anything. */
export type ReadyCsv = Pick<Survey, 'order' | 'rows' | 'malformed'> & {
  type: 'csv';
  source: CsvFile;
  dialect: Dialect;
  /** The file itself, or a tidy copy of it. */
  path: string;
  /** DuckDB would go by the first line break, be it within quotes. */
  lineEnd: LineEnd;
  bytes: number;
};

export type Preparing = {
  /** A path for a copy, which is removed in the end. */
  newPath(): string;
  tally: Tally;
  signal: AbortSignal;
  onBytes(bytes: number): void;
};

const ignore = (): void => undefined;

const readyOf = (
  source: CsvFile,
  dialect: Dialect,
  { order, rows, malformed, lineEnd = '\n' }: Survey,
  { path, bytes }: { path: string; bytes: number },
): ReadyCsv => ({ type: 'csv', source, dialect, path, lineEnd, bytes, order, rows, malformed });

const firstOf = async function* (chunks: AsyncIterable<Buffer>): AsyncIterable<Buffer> {
  for await (const chunk of chunks) {
    yield chunk;
    return;
  }
};

/**
 * A CSV file as its beginning promises, so that DuckDB can begin with it while the rest is looked through. Undefined when it is known already
 * that the file itself will not do.
 */
export const likelyCsv = async (
  file: CsvFile,
  columns: readonly EntityColumn[],
  { signal }: Pick<Preparing, 'signal'>,
): Promise<ReadyCsv | undefined> => {
  if (!(await isPlain(file))) return undefined;
  const dialect = dialectOf(file, columns.length);
  const patient = newTally({ policy: 'setAside', limit: Number.POSITIVE_INFINITY });
  const { survey, see } = surveyRows(file.name, columns, dialect, patient);
  const reading = { isCut: false, signal, onBytes: ignore, chunkBytes: engineLimits.beginningBytes };
  await walkRows(firstOf(sourceBytes(file, reading)), dialect, { isCut: true }, { row: see });
  const isKnown = survey.lineEnd !== undefined;
  return isKnown && survey.isTidy ? readyOf(file, dialect, survey, { path: file.path, bytes: 0 }) : undefined;
};

/**
 * Looks through a CSV file once, as bytes: its header is held against the metadata, malformed rows are noted. DuckDB gets the file as it is
 * when nothing in it can lead it astray, else a copy of the sound rows. Left to itself it would lose and repeat rows around blank lines
 * and guess at line ends (decision 020). `onUntidy` is told as soon as it is clear that the file itself will not do.
 */
export const readyCsv = async (
  file: CsvFile,
  columns: readonly EntityColumn[],
  { newPath, tally, signal, onBytes }: Preparing,
  { isCut, onUntidy = ignore }: { isCut: boolean; onUntidy?: () => void },
): Promise<ReadyCsv> => {
  const dialect = dialectOf(file, columns.length);
  const { survey, see } = surveyRows(file.name, columns, dialect, tally);

  const walk = (visitor: RowVisitor, onRead: (bytes: number) => void) =>
    walkRows(sourceBytes(file, { isCut, signal, onBytes: onRead }), dialect, { isCut }, visitor);

  const copy = async (visit: RowVisitor['row'], onRead: (bytes: number) => void) => {
    const path = newPath();
    const writer = await tidyWriter(path);
    let bytes = 0;
    try {
      const row: RowVisitor['row'] = (one) => {
        visit(one);
        writer.row(one);
      };
      await walk({ row, settle: writer.settle }, onRead);
    } finally {
      bytes = await writer.close();
    }
    survey.lineEnd = '\n';
    return { path, bytes };
  };

  const look = async () => {
    if (isCut || !(await isPlain(file))) return copy(see, onBytes);
    let bytes = 0;
    const settle = async () => {
      if (!survey.isTidy) onUntidy();
    };
    await walk({ row: see, settle }, (read) => {
      bytes += read;
      onBytes(read);
    });
    return survey.isTidy ? { path: file.path, bytes } : copy(ignore, ignore);
  };

  const found = await look().catch((error: unknown) => {
    throw fileFailure(error, file.name);
  });
  return readyOf(file, dialect, survey, found);
};
