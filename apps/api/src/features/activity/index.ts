export { type By, changes, type Happening, recordActivity } from './record.ts';
