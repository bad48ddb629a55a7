import { version } from '@duckdb/node-api';
import type { Workshop } from './call.ts';
import { type CountInput, count } from './count.ts';
import { type EngineOptions, openDatabase } from './duckdb/database.ts';
import { createTurns } from './duckdb/turns.ts';
import { engineLimits } from './limits.ts';
import { type Preview, type PreviewInput, preview } from './preview.ts';
import type { Progress } from './progress.ts';
import { type OpenTally, openTally } from './tally/open-tally.ts';
import type { TallyInput } from './tally/tally-input.ts';
import { type Transformed, type TransformInput, transform } from './transform.ts';

/** Reads files of rows, filters, types and writes them. Everything rejects with an EngineError, or with the signal's reason. */
export type Engine = {
  /** Reads the files and writes one: what the selection wants of them. What is malformed ends the call or is set aside in a file of its own. */
  transform(
    input: TransformInput,
    signal: AbortSignal,
    onProgress?: (progress: Progress) => void,
  ): Promise<Transformed>;
  /** How many rows a transformation would write, and how many it would set aside. */
  count(input: CountInput, signal: AbortSignal): Promise<{ rows: number; rejected: number }>;
  /** The first rows as they would be written, as text; malformed ones are left out. */
  preview(input: PreviewInput, signal: AbortSignal): Promise<Preview>;
  /** Begins to count customers by what is known of them, file by file. Whoever opens it closes it. */
  openTally(input: TallyInput, signal: AbortSignal): Promise<OpenTally>;
  /** DuckDB's. */
  version: string;
  close(): Promise<void>;
};

/** Opens the engine. A process has one, for all calls: they share its memory and its threads. */
export const openEngine = async (options: EngineOptions): Promise<Engine> => {
  const database = await openDatabase(options);
  const working: Workshop = { options, database, turns: createTurns(engineLimits.queriesAtOnce) };
  const showing: Workshop = { options, database, turns: createTurns(engineLimits.previewsAtOnce) };
  return {
    transform: async (input, signal, onProgress) => transform(working, input, signal, onProgress),
    count: async (input, signal) => count(working, input, signal),
    preview: async (input, signal) => preview(showing, input, signal),
    openTally: async (input, signal) => openTally(working, input, signal),
    version: version(),
    close: database.close,
  };
};
