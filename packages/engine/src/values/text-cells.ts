import { type Cell, isBlank, type Kind } from './kinds.ts';
import { dayOf, dayText, momentOf, momentText, timeOf, timeText } from './moments.ts';
import { decimalOf, isLike } from './numbers.ts';
import { patternOf } from './patterns.ts';

/** Numbers and guids are shown as the source has them, so that no digit is lost. */
const asItIs = (x: string): string => `nullif(${x}, '')`;

/** By the first letter, as sound ones have no other: with IN, DuckDB takes milliseconds to plan each of hundreds of columns. */
const truth = (x: string, yes: string, no: string): string =>
  `CASE WHEN ${isBlank(x)} THEN NULL WHEN contains('tT1', ${x}[1]) THEN ${yes} ELSE ${no} END`;

const texts: Readonly<Record<Kind, (x: string) => string>> = {
  text: (x) => x,
  guid: asItIs,
  integer: asItIs,
  decimal: asItIs,
  double: asItIs,
  boolean: (x) => truth(x, `'true'`, `'false'`),
  date: dayText,
  time: timeText,
  dateTime: momentText,
};

const values: Readonly<Record<Kind, (x: string) => string>> = {
  text: (x) => x,
  // As guids are compared: without braces, in lower case.
  guid: (x) => `lower(trim(${x}, '{}'))`,
  integer: (x) => `TRY_CAST(${x} AS BIGINT)`,
  decimal: decimalOf,
  double: (x) => `TRY_CAST(${x} AS DOUBLE)`,
  boolean: (x) => truth(x, 'true', 'false'),
  date: dayOf,
  time: timeOf,
  dateTime: momentOf,
};

/** A value that the source has as text, by the kind of its column. */
export const cellOfText = (kind: Kind, x: string): Cell => {
  const pattern = patternOf(kind);
  return {
    text: texts[kind](x),
    typed: values[kind](x),
    ...(pattern && { isWrong: `NOT ${isLike(x, `(?:${pattern})?`)}` }),
  };
};
