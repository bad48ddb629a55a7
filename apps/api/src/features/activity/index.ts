export { type By, byOf, changes, type Happening, recordActivities, recordActivity } from './record.ts';
