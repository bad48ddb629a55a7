export { exportDependents } from './dependents.ts';
