import type { ColumnChoice, EntityColumn, ExportFormat, RowFilter } from '@junction/contracts';

/** How the rows of a file are written, as the metadata of a CDM folder says it. */
export type PartitionFormat =
  | {
      type: 'csv';
      hasHeader: boolean;
      delimiter: string;
      quoteStyle: string;
      csvStyle: string;
      encoding: string;
      compression?: 'gzip';
    }
  | { type: 'parquet' }
  | { type: 'unknown'; stated: string };

/** A file of rows on this machine. */
export type SourceFile = {
  /** Absolute. */
  path: string;
  /** What people call it, for messages. */
  name: string;
  format: PartitionFormat;
};

/** Which columns and rows are wanted. */
export type Selection = {
  /** All columns of the entity in the order of its files. */
  columns: readonly EntityColumn[];
  choice: ColumnChoice;
  filter: RowFilter | null;
};

/** How rows are written; NDJSON has the order of the source, so that repeated runs give the same lines. */
export type OutputFormat = ExportFormat | { type: 'ndjson' };

/** What happens to rows that are not what the metadata says. */
export type MalformedRule = { policy: 'fail' } | { policy: 'setAside'; path: string; limit: number };

/** Why a row is malformed; the words are part of the set-aside file. */
export type MalformedReason = 'encoding' | 'tooFewValues' | 'tooManyValues' | 'wrongType' | 'unclosedQuote' | 'tooLong';
