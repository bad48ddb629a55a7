import type {
  ColumnChoice,
  EntityColumn,
  ExportFormat,
  MalformedRows,
  Retention,
  RowFilter,
  RowLimits,
} from '@junction/contracts';

/** What a run sends of one entity. */
export type PlannedEntity = {
  name: string;
  /** The connection that it is read from. */
  sourceId: string;
  /** What its folder and the beginning of its files are called. */
  folder: string;
  columns: Pick<EntityColumn, 'name' | 'type' | 'dataType'>[];
  choice: ColumnChoice;
  filter: RowFilter | null;
  /** The number of its first part; the others follow. */
  firstPart: number;
};

/** What a run does, as it was prepared: what later steps need of a definition that may change meanwhile. Holds no secret. */
export type RunPlan = {
  export: { id: string; name: string; version: number };
  /** Below the connection's folder. */
  folder: string;
  format: ExportFormat;
  malformedRows: MalformedRows;
  rowLimits: RowLimits;
  retention: Retention;
  entities: PlannedEntity[];
  /** How rows are cut into deliveries; null for a destination that takes files. */
  batch: { maxRows: number; maxBytes: number } | null;
};

/** A file that waits to be published. */
export type StagedFile = {
  /** Below the connection's folder. */
  staged: string;
  /** Below the entity's folder of the run. */
  name: string;
  rows: number;
  bytes: number;
  sha256: string;
};

/** What came of a part, as it is kept for publishing. */
export type StagedPart = { file: StagedFile | null; rejected: StagedFile | null; batches: number };

/** What every attempt to publish a run agrees on, so that all of them write the same bytes. */
export type Fixed = { finishedAt: string; engine: { name: string; version: string }; junction: string };
