import { type Cell, isBlank } from './kinds.ts';

/** Whether all of a text is like a pattern of RE2. */
export const isLike = (x: string, pattern: string): string => `regexp_full_match(${x}, '${pattern}')`;

const number = '[+-]?([0-9]+[.]?[0-9]*|[.][0-9]+)([eE][+-]?[0-9]+)?';

/** Whole numbers of 64 bits. DuckDB alone would round 1.5 and take 1_000 and 0x1F. */
export const integerCell = (x: string): Cell => {
  const isShort = isLike(x, '[+-]?[0-9]{1,18}');
  const isWhole = isLike(x, '[+-]?[0-9]+([.]0*)?');
  return {
    text: `nullif(${x}, '')`,
    typed: `CASE WHEN ${isWhole} THEN TRY_CAST(${x} AS BIGINT) END`,
    isSound: `CASE WHEN ${isShort} THEN true WHEN ${isWhole} THEN TRY_CAST(${x} AS BIGINT) IS NOT NULL ELSE false END`,
    isEmpty: isBlank(x),
  };
};

/**
 * Decimal numbers: 20 digits before the point and 18 after it, as Spark has them. DuckDB takes up to 20 µs to read a text into this type, so
 * short ones take a way around: by a smaller type, or as two whole numbers.
 */
export const decimalCell = (x: string): Cell => {
  const slowly = `TRY_CAST(${x} AS DECIMAL(38, 18))`;
  const isNumber = isLike(x, number);
  const sign = `(CASE WHEN starts_with(${x}, '-') THEN -1::DECIMAL(1, 0) ELSE 1::DECIMAL(1, 0) END)`;
  const whole = `TRY_CAST(split_part(ltrim(${x}, '+-'), '.', 1) AS BIGINT)::DECIMAL(19, 0)`;
  const fraction = `TRY_CAST(rpad(split_part(${x}, '.', 2), 18, '0') AS BIGINT)::DECIMAL(18, 0)`;
  return {
    text: `nullif(${x}, '')`,
    typed: `CASE
      WHEN ${isLike(x, '[+-]?[0-9]{1,9}([.][0-9]{0,9})?')} THEN TRY_CAST(${x} AS DECIMAL(18, 9))::DECIMAL(38, 18)
      WHEN ${isLike(x, '[+-]?[0-9]{1,18}([.][0-9]{0,18})?')} THEN ${sign} * (${whole} + ${fraction} * 0.000000000000000001::DECIMAL(18, 18))
      WHEN ${isNumber} THEN ${slowly} END`,
    isSound: `CASE WHEN ${isLike(x, '[+-]?[0-9]{1,19}([.][0-9]*)?')} THEN true WHEN ${isNumber} THEN ${slowly} IS NOT NULL ELSE false END`,
    isEmpty: isBlank(x),
  };
};

/** Floating-point numbers, with the words that writers have for what is none. A number that is too large is not of this kind. */
export const doubleCell = (x: string): Cell => {
  const isWord = isLike(x, '(?i)nan|[+-]?inf(inity)?');
  const isShort = isLike(x, '[+-]?[0-9]{1,300}([.][0-9]*)?');
  const isNumber = isLike(x, number);
  const value = `TRY_CAST(${x} AS DOUBLE)`;
  return {
    text: `nullif(${x}, '')`,
    typed: `CASE WHEN ${isNumber} THEN CASE WHEN isfinite(${value}) THEN ${value} END WHEN ${isWord} THEN ${value} END`,
    isSound: `CASE WHEN ${isShort} THEN true WHEN ${isNumber} THEN coalesce(isfinite(${value}), false) ELSE ${isWord} END`,
    isEmpty: isBlank(x),
  };
};

/** A number of DuckDB as text with all its digits and without an exponent, where it has less than 38 digits. */
export const plainNumber = (x: string): string => `CASE
    WHEN NOT contains(${x}::VARCHAR, 'e') THEN ${x}::VARCHAR
    WHEN abs(${x}) >= 1 THEN coalesce(TRY_CAST(${x} AS HUGEINT)::VARCHAR, ${x}::VARCHAR)
    WHEN abs(${x}) >= 1e-15 THEN rtrim(TRY_CAST(${x}::VARCHAR AS DECIMAL(38, 37))::VARCHAR, '0')
    ELSE ${x}::VARCHAR END`;

/** A number of JSON: the text of a value where that is one already, so that no digit is lost. */
export const jsonNumber = (text: string, typed: string): string => `CASE
    WHEN ${text} IS NULL THEN 'null'
    WHEN ${isLike(text, '-?(0|[1-9][0-9]*)([.][0-9]+)?([eE][+-]?[0-9]+)?')} THEN ${text}
    WHEN isfinite(${typed}::DOUBLE) THEN ${plainNumber(typed)}
    ELSE to_json(${text})::VARCHAR END`;
