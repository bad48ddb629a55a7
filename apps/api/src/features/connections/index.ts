export { type CheckLimits, createCheckLimits } from './check-limits.ts';
export { probeDue } from './probe.ts';
