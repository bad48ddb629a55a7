import type { Query } from './duckdb/query.ts';

export type Progress = {
  /** Of the source's files. */
  bytesRead: number;
};

const everyMs = 500;

/** CSV files are gone through twice; the one that only looks at their shape counts as a fifth of the work. */
const lookingShare = 0.2;

/** Tells how far a call is, in bytes of the source; never less than before. */
export const watchProgress = (bytes: number, onProgress: (progress: Progress) => void) => {
  let lookedAt = 0;
  let told = 0;
  let timer: NodeJS.Timeout | undefined;
  let query: Query | undefined;
  const tell = (): void => {
    const read = lookedAt * lookingShare + bytes * (1 - lookingShare) * (query?.progress() ?? 0);
    told = Math.max(told, Math.min(bytes, Math.floor(read)));
    onProgress({ bytesRead: told });
  };
  return {
    looked: (some: number): void => {
      lookedAt += some;
      tell();
    },
    /** From now on DuckDB reads. */
    reading: (reader: Query): void => {
      query = reader;
      timer = setInterval(tell, everyMs);
    },
    /** DuckDB has read everything, or gave up. */
    stop: (): void => clearInterval(timer),
  };
};
