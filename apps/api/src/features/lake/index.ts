export { type EntityState, type FoundEntity, findEntities, findEntityStates } from './find-entities.ts';
export { readDueCatalogs } from './read-due-catalogs.ts';
export { type EntityNow, readForRun } from './read-for-run.ts';
export type { FailedReading } from './read-source.ts';
