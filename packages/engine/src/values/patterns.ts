import type { Kind } from './kinds.ts';

// What a value of each kind looks like, as patterns of RE2: one look at a text tells whether it is sound. DuckDB's own casts take more than
// any writer means (1_000, 0x1F, infinity, 1.5 as a whole number), and a cast for each notation of each of hundreds of columns needs more
// memory than the rows. Whatever a pattern lets through, the cast of its kind can read; a test holds the two together.

const anyOf = (...alternatives: readonly string[]): string => `(?:${alternatives.join('|')})`;

/** Numbers with as many digits as this one that are not larger. */
const upTo = (largest: string): string =>
  anyOf(
    ...[...largest].flatMap((digit, index) => {
      const same = largest.slice(0, index);
      const rest = largest.length - index - 1;
      return digit === '0' ? [] : [`${same}[0-${Number(digit) - 1}][0-9]{${rest}}`];
    }),
    largest,
  );

const integer = anyOf(
  `[+-]?0*[0-9]{1,18}(?:[.]0*)?`,
  `[+]?0*${upTo('9223372036854775807')}(?:[.]0*)?`,
  `-0*${upTo('9223372036854775808')}(?:[.]0*)?`,
);

/** At most 20 digits before the point, also when the 19th after it is rounded. */
const decimal = `[+-]?${anyOf(
  '0*[0-9]{1,19}(?:[.][0-9]*)?',
  '0*[0-9]{20}(?:[.][0-9]{0,18}0*)?',
  '[.][0-9]+',
  '[0-9](?:[.][0-9]*)?[eE][+]?(?:0?[0-9]|1[0-8])',
  '[0-9]{2,10}(?:[.][0-9]*)?[eE][+]?0?[0-9]',
  '[0-9]{1,19}(?:[.][0-9]*)?[eE]-(?:0?[0-9]|1[0-8])',
  '[1-9](?:[.][0-9]*)?[eE]-[0-9]{1,3}',
  '0(?:[.]0*)?[eE][+-]?[0-9]{1,3}',
  '[.][0-9]+[eE][+-]?0?[0-9]',
)}`;

/** Up to the largest number of 64 bits, 1.7976931348623157e308. */
const double = anyOf(
  `[+-]?${anyOf(
    '[0-9]{1,100}(?:[.][0-9]*)?',
    '[.][0-9]+',
    '[0-9]{1,20}(?:[.][0-9]*)?[eE][+]?0*[0-9]{1,2}',
    '[0-9](?:[.][0-9]*)?[eE][+]?0*(?:[12][0-9]{2}|30[0-7])',
    '1(?:[.][0-6][0-9]*)?[eE][+]?308',
    `1[.]${upTo('7976931348623157')}[eE][+]?308`,
    '[0-9]{1,100}(?:[.][0-9]*)?[eE]-[0-9]{1,4}',
    '[.][0-9]+[eE](?:-[0-9]{1,4}|[+]?0*[0-9]{1,2})',
  )}`,
  '(?i:nan|[+-]?inf(?:inity)?)',
);

const leapYear = '(?:[0-9]{2}(?:0[48]|[2468][048]|[13579][26])|(?:0[48]|[2468][048]|[13579][26])00)';
const year = '(?:[0-9]{3}[1-9]|[0-9]{2}[1-9][0-9]|[0-9][1-9][0-9]{2}|[1-9][0-9]{3})';

const isoDay = anyOf(
  `${year}-${anyOf(
    '(?:0[13-9]|1[0-2])-(?:0[1-9]|[12][0-9]|30)',
    '(?:0[13578]|1[02])-31',
    '02-(?:0[1-9]|1[0-9]|2[0-8])',
  )}`,
  `${leapYear}-02-29`,
);

/** The day of dataflows with the culture en-US: month, day, year. */
const usDay = anyOf(
  `${anyOf(
    '(?:0?[13-9]|1[0-2])/(?:0?[1-9]|[12][0-9]|30)',
    '(?:0?[13578]|1[02])/31',
    '0?2/(?:0?[1-9]|1[0-9]|2[0-8])',
  )}/[1-9][0-9]{3}`,
  `0?2/29/(?:[1-9][0-9](?:0[48]|[2468][048]|[13579][26])|(?:[2468][048]|[13579][26])00)`,
);

const isoClock = '(?:[01][0-9]|2[0-3]):[0-5][0-9](?::[0-5][0-9](?:[.][0-9]+)?)?';
const zone = '(?:Z|[+-](?:0[0-9]|1[0-5])(?::?[0-5][0-9])?)';

/** Newer runtimes put a narrow space before AM and PM. */
const usClock = '(?:0?[1-9]|1[0-2]):[0-5][0-9](?::[0-5][0-9])?[ \u00a0\u202f][AaPp][Mm]';
const longUsClock = '(?:[01]?[0-9]|2[0-3]):[0-5][0-9](?::[0-5][0-9])?';
const usMidnight = '12:00(?::00)?[ \u00a0\u202f][Aa][Mm]';

/** What may follow an ISO day: the time of day, and its zone. */
export const isoTimePattern = `[T ]${isoClock}${zone}?`;

const patterns: Readonly<Record<Exclude<Kind, 'text'>, string>> = {
  guid: '[{]?[0-9A-Fa-f]{8}-(?:[0-9A-Fa-f]{4}-){3}[0-9A-Fa-f]{12}[}]?',
  integer,
  decimal,
  double,
  boolean: '(?i:true|false)|[01]',
  date: anyOf(`${isoDay}(?:[T ]00:00(?::00(?:[.]0+)?)?${zone}?)?`, `${usDay}(?: (?:${usMidnight}|0?0:00(?::00)?))?`),
  time: anyOf(isoClock, usClock),
  dateTime: anyOf(`${isoDay}(?:${isoTimePattern})?`, `${usDay}(?: (?:${usClock}|${longUsClock}))?`),
};

/** What a text of a kind looks like; undefined for text, which may be anything. */
export const patternOf = (kind: Kind): string | undefined => (kind === 'text' ? undefined : patterns[kind]);
