import { engineLimits } from '../limits.ts';
import { isLike } from '../values/numbers.ts';

/** What is no part of a name: spaces of every kind and what controls machines. */
const white = '[\\p{Cc}\\p{Z}\\x{FEFF}]';

/** Without white space around it. */
export const trimmed = (x: string): string => `regexp_replace(${x}, '^${white}+|${white}+$', '', 'g')`;

/** Whether there is anything in a text. Most are told by their first byte. */
export const isFilled = (x: string): string =>
  `CASE WHEN ${x} > '!' AND ${x} < '~' THEN true ELSE coalesce(NOT ${isLike(x, `${white}*`)}, false) END`;

/** A text as words are compared: trimmed, in lower case. */
export const folded = (x: string): string => `lower(${trimmed(x)})`;

const collapsed = (x: string): string => trimmed(`regexp_replace(${x}, '${white}+', ' ', 'g')`);
const cut = (x: string): string => trimmed(`left(${x}, ${engineLimits.tallyTextLength})`);

/** A text as a name: trimmed, with single spaces in it, not too long; NULL when there is nothing left. */
export const named = (x: string): string => `nullif(${cut(collapsed(x))}, '')`;

/** A text that nothing is known of, short enough to keep many. It has the same name as the whole text. */
export const short = (x: string): string =>
  `CASE WHEN strlen(${x}) > ${engineLimits.tallyTextLength} THEN ${cut(collapsed(x))} ELSE ${x} END`;
