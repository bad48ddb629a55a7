export { type By, changes, type Happening, recordActivities, recordActivity } from './record.ts';
