export * from './catalog.ts';
export * from './catalog-files.ts';
