export * from './catalog.ts';
export * from './catalog-files.ts';
export { catalogLimits } from './limits.ts';
export { readCatalog } from './read-catalog.ts';
