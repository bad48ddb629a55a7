// Dates and times of texts that are like their patterns: ISO 8601, and what dataflows write with the culture en-US, which has slashes or
// ends with AM or PM.

import { isLike } from './numbers.ts';

const isUsDay = (x: string): string => `contains(${x}, '/')`;

/** Newer runtimes put a narrow space before AM and PM. */
const withPlainSpaces = (x: string): string => `translate(${x}, '\u00a0\u202f', '  ')`;

const usTimes = ['%-I:%M:%S %p', '%-I:%M %p', '%-H:%M:%S', '%-H:%M'];
const usDay = '%-m/%-d/%Y';

const parsed = (x: string, formats: readonly string[]): string =>
  `try_strptime(${withPlainSpaces(x)}, [${formats.map((format) => `'${format}'`).join(', ')}])`;

const usMoment = (x: string): string => parsed(x, [...usTimes.map((time) => `${usDay} ${time}`), usDay]);

/** A moment without its zone as one in UTC. */
export const inUtc = (moment: string): string => `make_timestamptz(epoch_us(${moment}))`;

/**
 * A moment in UTC as ISO 8601, with as many digits as it has. The years before the first are 0000, -001 and so on: what some writers make of
 * the first day of the first year is two days before it, which DuckDB would write with `(BC)`.
 */
export const isoMoment = (moment: string): string => `CASE WHEN ${moment} < TIMESTAMP '0001-01-01'
    THEN strftime(${moment}, '%Y-%m-%dT%H:%M:%SZ') ELSE replace((${moment})::VARCHAR, ' ', 'T') || 'Z' END`;

/** A day as ISO 8601, with the same years. */
export const isoDay = (day: string): string =>
  `CASE WHEN ${day} < DATE '0001-01-01' THEN strftime(${day}, '%Y-%m-%d') ELSE (${day})::VARCHAR END`;

/** Without seconds and with a zone, which DuckDB does not read. */
const lacksSeconds = (x: string): string => isLike(x, '.{16}[Z+-].*');

/** A text as a moment; in UTC where it does not say otherwise. */
export const momentOf = (x: string): string => `CASE
    WHEN ${isUsDay(x)} THEN ${inUtc(usMoment(x))}
    WHEN ${lacksSeconds(x)} THEN TRY_CAST(concat(left(${x}, 16), ':00', substr(${x}, 17)) AS TIMESTAMPTZ)
    ELSE TRY_CAST(${x} AS TIMESTAMPTZ) END`;

/** The text of a moment: as it is where it is ISO 8601, with its zone and all digits. */
export const momentText = (x: string): string =>
  `CASE WHEN ${isUsDay(x)} THEN strftime(${usMoment(x)}, '%Y-%m-%dT%H:%M:%SZ') ELSE nullif(${x}, '') END`;

/** A text as a day. Moments at midnight, by their own clock, are days too: many writers have no other type. */
export const dayOf = (x: string): string =>
  `CASE WHEN ${isUsDay(x)} THEN TRY_CAST(${usMoment(x)} AS DATE) ELSE TRY_CAST(left(${x}, 10) AS DATE) END`;

export const dayText = (x: string): string =>
  `CASE WHEN ${isUsDay(x)} THEN TRY_CAST(${usMoment(x)} AS DATE)::VARCHAR ELSE nullif(left(${x}, 10), '') END`;

const isTwelve = (x: string): string => `ends_with(upper(${x}), 'M')`;
const twelve = (x: string): string => `TRY_CAST(${parsed(x, usTimes.slice(0, 2))} AS TIME)`;

/** A text as a time of day, without a zone. */
export const timeOf = (x: string): string =>
  `CASE WHEN ${isTwelve(x)} THEN ${twelve(x)} ELSE TRY_CAST(${x} AS TIME) END`;

export const timeText = (x: string): string =>
  `CASE WHEN ${isTwelve(x)} THEN ${twelve(x)}::VARCHAR ELSE nullif(${x}, '') END`;
