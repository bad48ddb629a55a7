export * from './catalog.ts';
export * from './catalog-files.ts';
export { catalogLimits } from './limits.ts';
export { withFiles } from './look-up-files.ts';
export { readCatalog, readMetadata } from './read-catalog.ts';
