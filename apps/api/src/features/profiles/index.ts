export { followImports } from './imports/follow-imports.ts';
export { createImportSteps } from './imports/import-steps.ts';
export { runDueImports } from './imports/run-due-imports.ts';
export { profileDataOf } from './profile-data.ts';
