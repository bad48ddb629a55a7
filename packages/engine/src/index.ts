export type { CountInput } from './count.ts';
export type { EngineOptions } from './duckdb/database.ts';
export { EngineError, type FailurePlace } from './engine-error.ts';
export { engineLimits } from './limits.ts';
export type { Tolerance } from './malformed.ts';
export { type Engine, openEngine } from './open-engine.ts';
export type { Preview, PreviewInput } from './preview.ts';
export type { Progress } from './progress.ts';
export type {
  MalformedReason,
  MalformedRule,
  OutputFormat,
  PartitionFormat,
  Selection,
  SourceFile,
} from './selection.ts';
export type { OpenTally } from './tally/open-tally.ts';
export { otherCities, type Tallied, type TalliedCell, type TallyInput, type TallyTrait } from './tally/tally-input.ts';
export type { Transformed, TransformInput } from './transform.ts';
