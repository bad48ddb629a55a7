import { literal } from '../duckdb/sql-text.ts';
import { dayOf } from '../values/moments.ts';
import { isLike } from '../values/numbers.ts';
import { isoTimePattern, patternOf } from '../values/patterns.ts';
import { isFilled, trimmed } from './texts-sql.ts';

/** What stands in the place of a number of years when there is none. */
export const noAge = { unreadable: -1, inFuture: -2, placeholder: -3, over120: -4 } as const;

/** The last year of life that is believed. */
const oldest = 120;

/** Days that systems write when they know none. */
const placeholders = ['1900-01-01', '0001-01-01'].map((day) => `DATE '${day}'`).join(', ');

/** Nearly all are ISO, and reading them back as text is the fastest way to know. */
const isIso = `CASE WHEN day IS NULL THEN false WHEN day::VARCHAR = born THEN strlen(born) = 10
    ELSE day::VARCHAR = left(born, 10) AND ${isLike('substr(born, 11)', isoTimePattern)} END`;

const anyDay = `(?:${patternOf('date')}|${patternOf('dateTime')})`;

/** A day as a number whose digits are year, month and day: the difference of two of them has the completed years in front. */
const digits = (day: string): string => `(year(${day}) * 10000 + month(${day}) * 100 + day(${day}))`;

/**
 * Adds `years` to rows with a text `born`: completed years as of a day, one of `noAge`, or NULL where there is nothing. The day is the one that
 * stands in the text, by its own clock.
 */
export const withYears = (rows: string, today: string): string => {
  const asOf = `DATE ${literal(today)}`;
  const cast = `SELECT *, TRY_CAST(born AS DATE) AS day FROM (${rows})`;
  const judged = `SELECT *, ${isIso} AS is_iso FROM (${cast})`;
  const other = `SELECT *, CASE WHEN is_iso THEN NULL ELSE ${trimmed('born')} END AS other FROM (${judged})`;
  const read = `SELECT * REPLACE (CASE WHEN is_iso THEN day WHEN ${isLike('other', anyDay)} THEN ${dayOf('other')} END AS day) FROM (${other})`;
  const aged = `SELECT *, (${digits(asOf)} - ${digits('day')}) // 10000 AS age FROM (${read})`;
  return `SELECT * EXCLUDE (is_iso, other, day, age), CASE
      WHEN day IS NULL THEN CASE WHEN ${isFilled('born')} THEN ${noAge.unreadable} END
      WHEN day > ${asOf} THEN ${noAge.inFuture}
      WHEN day IN (${placeholders}) THEN ${noAge.placeholder}
      WHEN age > ${oldest} THEN ${noAge.over120}
      ELSE age END::SMALLINT AS years FROM (${aged})`;
};
