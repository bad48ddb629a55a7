import { type Cell, isBlank } from './kinds.ts';
import { isLike } from './numbers.ts';

// Dates and times, as ISO 8601 writes them and as dataflows do with the culture en-US. Everything of the years 1 to 9999.

const isIso = (x: string): string => `${x} LIKE '____-__-__%'`;
const isUs = (x: string): string => `${x} LIKE '%_/%_/____%'`;

/** Newer runtimes put a narrow space before AM and PM. */
const withPlainSpaces = (x: string): string => `replace(${x}, chr(8239), ' ')`;

const usDay = '%-m/%-d/%Y';
const usTimes = ['%-I:%M:%S %p', '%-I:%M %p', '%-H:%M:%S', '%-H:%M'];
const formats = (all: readonly string[]): string => `[${all.map((format) => `'${format}'`).join(', ')}]`;

/** DuckDB reads 1/2/20 as a day of the year 20. */
const fromYear1000 = (moment: string): string => `CASE WHEN ${moment} >= TIMESTAMP '1000-01-01' THEN ${moment} END`;

const usMoment = (x: string): string =>
  fromYear1000(
    `try_strptime(${withPlainSpaces(x)}, ${formats([...usTimes.map((time) => `${usDay} ${time}`), usDay])})`,
  );

/** A moment without its zone as one in UTC. */
export const inUtc = (moment: string): string => `make_timestamptz(epoch_us(${moment}))`;

/** The years that ISO 8601 writes with four digits. */
const inFourDigits = (moment: string): string =>
  `CASE WHEN ${moment} >= '0001-01-01' AND ${moment} < '10000-01-01' THEN ${moment} END`;

/** A moment in UTC as ISO 8601, with as many digits as it has. */
export const isoMoment = (moment: string): string => `replace((${moment})::VARCHAR, ' ', 'T') || 'Z'`;

/** Moments, in UTC where they do not say otherwise. What is ISO 8601 stays as it is, with its zone and all digits. */
export const dateTimeCell = (x: string): Cell => {
  const typed = `CASE
      WHEN ${isIso(x)} THEN ${inFourDigits(`TRY_CAST(${x} AS TIMESTAMPTZ)`)}
      WHEN ${isUs(x)} THEN ${inUtc(usMoment(x))} END`;
  return {
    text: `CASE WHEN ${isIso(x)} THEN ${x} ELSE strftime(${usMoment(x)}, '%Y-%m-%dT%H:%M:%SZ') END`,
    typed,
    isSound: `(${typed}) IS NOT NULL`,
    isEmpty: isBlank(x),
  };
};

/** The day of a moment, unless it is within the day. */
const dayOf = (moment: string): string =>
  `CASE WHEN ${moment} = date_trunc('day', ${moment}) THEN CAST(${moment} AS DATE) END`;

/** Days. A moment at midnight, by its own clock, is one too: many writers have no other type. */
export const dateCell = (x: string): Cell => {
  const isPlain = `${x} LIKE '____-__-__'`;
  const typed = `CASE
      WHEN ${isPlain} THEN ${inFourDigits(`TRY_CAST(${x} AS DATE)`)}
      WHEN ${isIso(x)} THEN ${dayOf(inFourDigits(`TRY_CAST(${x} AS TIMESTAMP)`))}
      WHEN ${isUs(x)} THEN ${dayOf(usMoment(x))} END`;
  return {
    text: `CASE WHEN ${isPlain} THEN ${x} ELSE (${typed})::VARCHAR END`,
    typed,
    isSound: `(${typed}) IS NOT NULL`,
    isEmpty: isBlank(x),
  };
};

/** Times of day, without a zone. */
export const timeCell = (x: string): Cell => {
  const isPlain = isLike(x, '([01][0-9]|2[0-3]):[0-5][0-9](:[0-5][0-9]([.][0-9]+)?)?');
  const isTwelve = isLike(x, '(0?[1-9]|1[0-2]):[0-5][0-9](:[0-5][0-9])?.[AaPp][Mm]');
  const twelve = `CAST(try_strptime(${withPlainSpaces(x)}, ${formats(usTimes.slice(0, 2))}) AS TIME)`;
  const typed = `CASE WHEN ${isPlain} THEN TRY_CAST(${x} AS TIME) WHEN ${isTwelve} THEN ${twelve} END`;
  return {
    text: `CASE WHEN ${isPlain} THEN ${x} ELSE (${typed})::VARCHAR END`,
    typed,
    isSound: `(${typed}) IS NOT NULL`,
    isEmpty: isBlank(x),
  };
};
