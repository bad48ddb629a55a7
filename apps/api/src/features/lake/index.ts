export { type EntityState, type FoundEntity, findEntities, findEntityStates } from './find-entities.ts';
