import { v7 } from 'uuid';

/** A new time-ordered id (UUID version 7, RFC 9562), so that ids sort by age and indexes grow at one end. */
export const newId = (): string => v7();
