import { EngineError } from '../engine-error.ts';
import { unfitFilter } from '../filter/filter-problems.ts';
import type { SourceFile } from '../selection.ts';

/** What DuckDB calls the kind of an error; its message begins with it. */
const kindOf = (error: unknown): string =>
  (error instanceof Error && /^([A-Za-z ]+) Error:/.exec(error.message)?.[1]) || 'unclassified';

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : '');

/** Whether DuckDB refuses everything from now on. */
export const isFatal = (error: unknown): boolean => ['FATAL', 'INTERNAL'].includes(kindOf(error));

const diskFull = () =>
  new EngineError({
    code: 'diskFull',
    message: 'The disk of the spool folder is full.',
    remedy: 'Make room on the disk of the spool folder, or give it a larger one.',
    isTransient: true,
  });

const outOfMemory = () =>
  new EngineError({
    code: 'outOfMemory',
    message: 'There was not enough memory for the rows.',
    remedy: 'Give the engine more memory, or let fewer runs work at the same time.',
    isTransient: true,
  });

const unreadable = (file: string | undefined, reason: string, message: string, remedy: string) =>
  new EngineError({ code: 'corruptFile', message, remedy, ...(file && { details: { file, reason } }) });

/** Where the bytes of a compressed file end or go wrong. */
const brokenStream = new Set(['Z_DATA_ERROR', 'Z_BUF_ERROR', 'Z_STREAM_ERROR', 'ERR__ZSTD_COMPRESSION_FAILED']);

/** A failure of the file system or of reading a file's bytes, in words. Anything else comes back as it is. */
export const fileFailure = (error: unknown, file?: string): unknown => {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  if (code === 'ENOSPC' || code === 'EDQUOT') return diskFull();
  if (code === 'ENOENT') {
    return new EngineError({
      code: 'fileMissing',
      message: file ? `There is no file "${file}" any more.` : 'A file of the spool folder is not there any more.',
      isTransient: true,
      ...(file && { details: { file, reason: 'fileMissing' } }),
    });
  }
  if (code === 'EMFILE' || code === 'ENFILE' || code === 'EIO' || code === 'EACCES' || code === 'EPERM') {
    return new EngineError({
      code: 'fileAccess',
      message: `${file ? `"${file}"` : 'A file of the spool folder'} could not be opened or written (${code}).`,
      remedy: 'Check the rights and the health of the spool folder.',
      isTransient: code === 'EMFILE' || code === 'ENFILE',
      ...(file && { details: { file, reason: 'fileAccess' } }),
    });
  }
  if (typeof code === 'string' && brokenStream.has(code)) {
    return unreadable(
      file,
      'notGzip',
      `"${file}" is not compressed with gzip, or not whole.`,
      'Have its writer write the file again.',
    );
  }
  return error;
};

/** Whether DuckDB stumbled over the bytes of a CSV file. */
export const isCsvFailure = (error: unknown): boolean => /CSV (Error|Reader|Parser)/.test(messageOf(error));

/** Whether there was not enough memory for a query. */
export const isMemoryFailure = (error: unknown): boolean =>
  kindOf(error) === 'Out of Memory' || /failed to (allocate|pin)|bad_alloc/i.test(messageOf(error));

const damagedParquet = (file: string | undefined) =>
  unreadable(
    file,
    'notParquet',
    file ? `"${file}" is not a Parquet file, or damaged.` : 'A Parquet file is damaged.',
    'Have its writer write the file again.',
  );

/** The failure of a query, in words that hold no value of a row. DuckDB's own message may, so it goes nowhere. */
export const queryFailure = (error: unknown, file?: string): EngineError => {
  if (error instanceof EngineError) return error;
  const kind = kindOf(error);
  const message = messageOf(error);
  if (/No space left on device|ENOSPC|max_temp_directory_size|disk quota/i.test(message)) return diskFull();
  if (isMemoryFailure(error)) return outOfMemory();
  // Everything of a row is cast by TRY_CAST; only a filter's values are cast plainly.
  if (kind === 'Conversion') return unfitFilter();
  if (kind === 'FATAL') {
    return new EngineError({
      code: 'engineRestarted',
      message: 'The engine had to start anew while this was under way.',
      isTransient: true,
    });
  }
  if (/Too many open files/i.test(message)) {
    return new EngineError({ code: 'fileAccess', message: 'Too many files are open.', isTransient: true });
  }
  if (/No files found|Cannot open file|No such file/i.test(message)) {
    return new EngineError({
      code: 'fileMissing',
      message: file ? `There is no file "${file}" any more.` : 'A file is not there any more.',
      isTransient: true,
      ...(file && { details: { file, reason: 'fileMissing' } }),
    });
  }
  if (isCsvFailure(error)) {
    return unreadable(
      file,
      'notCsv',
      `${file ? `"${file}"` : 'A CSV file'} could not be read as CSV.`,
      'Compare the file with what the metadata says about delimiter, quotes and header.',
    );
  }
  if (/parquet|thrift|snappy|zstd|gzip|decompress|TProtocol|bitpacked/i.test(message)) return damagedParquet(file);
  return new EngineError({
    code: 'engineFault',
    message: `The engine could not do this (${kind}).`,
    remedy: 'Tell whoever maintains Junction; trying again does not help.',
    ...(file && { details: { file, reason: 'engineFault' } }),
  });
};

/** Whether it comes from a library that DuckDB is made with. Of those, one reads Parquet, and says many things of bytes that are not as they should be. */
const isForeign = (error: unknown): boolean => kindOf(error) === 'Invalid' && !isMemoryFailure(error);

/** Whether something may be wrong with a file that was read, so that it is worth finding out with which. */
export const isFileFailure = (error: unknown): boolean =>
  isForeign(error) || queryFailure(error).code === 'corruptFile';

/** The failure of a query that read one file. */
export const readFailure = (error: unknown, { name, format }: SourceFile): EngineError =>
  format.type === 'parquet' && isForeign(error) ? damagedParquet(name) : queryFailure(error, name);
