export { type EntityState, type FoundEntity, findEntities, findEntityStates } from './find-entities.ts';
export { readDueCatalogs } from './read-due-catalogs.ts';
