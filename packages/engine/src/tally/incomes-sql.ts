import { isLike } from '../values/numbers.ts';
import { isFilled, trimmed } from './texts-sql.ts';

/** What stands in the place of an amount when there is none. */
export const noIncome = { unreadable: -1, negative: -2 } as const;

const spaces = ' \u00a0\u2009\u202f';
const space = `[${spaces}]*`;

/** How people write that a number is money: codes, signs, and signs made of letters. A thousand euros, `1 k€`, are not one. */
const currency = `(?i:${[
  ...Intl.supportedValuesOf('currency'),
  '(?:US|CA|AU|NZ|HK|NT|MX|[ACRS])?[$]',
  '\\p{Sc}',
  'kr[.]?',
  'fr[.]?',
  'rs[.]?',
  'zł',
  'kč',
  'ft',
  'лв[.]?',
  'руб[.]?',
].join('|')})`;
const aroundNumber = `^([-+\u2212]?)${space}(?:${currency})?${space}([-+\u2212]?)(.*?)${space}(?:${currency})?$`;

/** So much of a text is read as what it says, without looking further. */
const plainText = '[0-9]{1,13}(?:[.][0-9]{1,2})?';
const anyNumber = '[-+]?(?:[0-9]+(?:[.][0-9]*)?|[.][0-9]+)(?:[eE][-+]?[0-9]{1,3})?';

const byThousands = (separator: string, decimal: string): string =>
  `[-+]?[1-9][0-9]{0,2}(?:${separator}[0-9]{3})+(?:${decimal}[0-9]+)?`;
const byLakhs = '[-+]?[1-9][0-9]?(?:,[0-9]{2})+,[0-9]{3}(?:[.][0-9]+)?';
const withComma = '[-+]?(?:[0-9]*,[0-9]+)';

const amount = (x: string): string => `TRY_CAST(${x} AS DECIMAL(15, 2))`;

/** With an exponent DuckDB is mistaken about the smallest numbers and takes too large ones, unless they are made a double before. */
const numberAmount = (x: string): string =>
  `CASE WHEN ${isLike(x, '.*[eE].*')} THEN TRY_CAST(TRY_CAST(${x} AS DOUBLE) AS DECIMAL(15, 2)) ELSE ${amount(x)} END`;

/** A point or comma before exactly three digits parts thousands, unless nothing but a zero is before it. */
const writtenAmount = (x: string): string => `CASE
    WHEN ${isLike(x, `(?:${byThousands(',', '[.]')}|${byLakhs})`)} THEN ${amount(`replace(${x}, ',', '')`)}
    WHEN ${isLike(x, byThousands('[.]', ','))} THEN ${amount(`translate(${x}, ',.', '.')`)}
    WHEN ${isLike(x, byThousands(`[${spaces}''’]`, '[.,]'))} THEN ${amount(`translate(${x}, ',${spaces}''’', '.')`)}
    WHEN ${isLike(x, withComma)} THEN ${amount(`replace(${x}, ',', '.')`)}
    WHEN ${isLike(x, anyNumber)} THEN ${numberAmount(x)} END`;

/** Half up, as all digits are there. */
const threeDigits = `CASE WHEN cents < 1000 THEN cents ELSE (cents + unit // 2) // unit * unit END`;

/** How many of ascending edges are not above `cents`, found by halves. */
const bandSql = (edges: readonly number[], below = 0): string => {
  if (edges.length === 0) return `${below}`;
  const middle = Math.floor(edges.length / 2);
  const [lower, upper] = [bandSql(edges.slice(0, middle), below), bandSql(edges.slice(middle + 1), below + middle + 1)];
  return `CASE WHEN cents < ${Math.round((edges[middle] ?? 0) * 100)} THEN ${lower} ELSE ${upper} END`;
};

/**
 * Adds to rows with a text `earned`: `band`, how many of the edges are not above the amount, and `income`, the amount in hundredths rounded to three
 * significant digits, one of `noIncome`, or NULL where there is nothing. In a column of numbers 1.234 is less than two.
 */
export const withIncome = (rows: string, edges: readonly number[], isNumber: boolean): string => {
  // DuckDB reads 1_000 as a thousand, which nobody writes.
  const isPlain = isNumber ? `NOT contains(earned, '_') AND NOT contains(earned, '-')` : isLike('earned', plainText);
  const plain = `SELECT *, CASE WHEN ${isPlain} THEN ${amount('earned')} END AS plain FROM (${rows})`;
  const bare = `SELECT *, CASE WHEN earned IS NULL OR plain IS NOT NULL THEN NULL
    ELSE translate(regexp_replace(${trimmed('earned')}, '${aroundNumber}', '\\1\\2\\3'), '\u2212', '-') END AS bare FROM (${plain})`;
  const written = isNumber
    ? `CASE WHEN ${isLike('bare', anyNumber)} THEN ${numberAmount('bare')} ELSE ${writtenAmount('bare')} END`
    : writtenAmount('bare');
  const read = `SELECT *, CASE WHEN bare IS NULL THEN plain ELSE ${written} END AS amount FROM (${bare})`;
  const counted = `SELECT *, CASE WHEN amount BETWEEN -9999999999999.99 AND 9999999999999.99 THEN (amount * 100::DECIMAL(3, 0))::BIGINT END AS cents FROM (${read})`;
  const scaled = `SELECT *, pow(10, floor(log10(greatest(cents, 1))) - 2)::BIGINT AS unit FROM (${counted})`;
  return `SELECT * EXCLUDE (plain, bare, amount, cents, unit),
    CASE WHEN cents >= 0 THEN ${bandSql(edges)} END::UTINYINT AS band,
    CASE WHEN cents IS NULL THEN CASE WHEN ${isFilled('earned')} THEN ${noIncome.unreadable} END
      WHEN cents < 0 THEN ${noIncome.negative} ELSE ${threeDigits} END::BIGINT AS income FROM (${scaled})`;
};
