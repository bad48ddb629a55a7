export { type CheckLimits, createCheckLimits } from './check-limits.ts';
