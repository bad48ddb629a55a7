import type { PartitionFormat } from '@junction/cdm';
import type { ColumnChoice, EntityColumn, ExportFormat, RowFilter } from '@junction/contracts';

// TODO thin adapter until packages/engine is there
export type EngineFile = { path: string; name: string; format: PartitionFormat };
export type Selection = {
  columns: readonly Pick<EntityColumn, 'name' | 'type' | 'dataType'>[];
  choice: ColumnChoice;
  filter: RowFilter | null;
};
export type Malformed = { policy: 'fail' } | { policy: 'setAside'; path: string; limit: number };
type Written = { rows: number; bytes: number; sha256: string };
export type Transformed = Written & { rejected: Written | null };
export type Engine = {
  version: string;
  transform(job: {
    files: readonly EngineFile[];
    selection: Selection;
    output: { format: ExportFormat | { type: 'ndjson' }; path: string };
    malformed: Malformed;
    signal: AbortSignal;
    onProgress?: (progress: { bytesWritten: number }) => void;
  }): Promise<Transformed>;
  count(job: {
    files: readonly EngineFile[];
    selection: Selection;
    malformed: { policy: 'fail' } | { policy: 'setAside'; limit: number };
    signal: AbortSignal;
  }): Promise<{ rows: number; rejected: number }>;
  preview(job: {
    files: readonly EngineFile[];
    selection: Selection;
    format: ExportFormat | { type: 'ndjson' };
    limit: number;
    isTruncated: boolean;
    signal: AbortSignal;
  }): Promise<{ columns: string[]; rows: (string | null)[][] }>;
  close(): Promise<void>;
};
export type EngineError = Error & {
  code: string;
  remedy?: string;
  isTransient: boolean;
  details?: { file?: string; line?: number };
};

/** The engine of this process, which is opened when it is first needed. */
export type EngineDoor = { open(): Promise<Engine>; close(): Promise<void> };

/** Makes the door; nothing of the engine is loaded before it is opened. */
export const createEngineDoor = (_options: {
  folder: string;
  readable: readonly string[];
  memoryMb: number;
}): EngineDoor => ({ open: () => Promise.reject(new Error('no engine yet')), close: async () => {} });
