import type { Query } from './duckdb/query.ts';
import type { ReadyFile } from './rows-sql.ts';

export type Progress = {
  /** Of the source's files. */
  bytesRead: number;
};

const everyMs = 500;

/** CSV files are gone through twice; the first time, which only looks at their shape, counts as a fifth of the work. */
const preparingShare = 0.2;

/** Tells how far a call is, in bytes of the source. */
export const watchProgress = (onProgress: (progress: Progress) => void) => {
  let prepared = 0;
  let rest = 0;
  let timer: NodeJS.Timeout | undefined;
  const tell = (share: number): void => {
    onProgress({ bytesRead: Math.floor(prepared * preparingShare + rest * share) });
  };
  return {
    prepared: (bytes: number): void => {
      prepared += bytes;
      tell(0);
    },
    /** From now on DuckDB reads. */
    reading: (files: readonly ReadyFile[], query: Query): void => {
      rest = files.reduce(
        (sum, file) => sum + (file.type === 'parquet' ? file.bytes : 0),
        prepared * (1 - preparingShare),
      );
      timer = setInterval(() => tell(query.progress()), everyMs);
    },
    stop: (): void => {
      clearInterval(timer);
    },
    done: (): void => tell(1),
  };
};
