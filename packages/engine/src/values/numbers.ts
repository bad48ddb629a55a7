/** Whether all of a text is like a pattern of RE2. */
export const isLike = (x: string, pattern: string): string => `regexp_full_match(${x}, '${pattern}')`;

/** Numbers below 10⁻¹⁹, of which DuckDB makes 10⁻¹⁸ when their first digit is 5 or more. */
const isTiny = (x: string): string => isLike(x, '.*[eE]-0*(?:[2-9][0-9]|[1-9][0-9]{2})');

/**
 * A text as a decimal number. DuckDB takes up to 20 µs to read one into this type, so short ones take a way around: by a smaller type, or
 * as two whole numbers.
 */
export const decimalOf = (x: string): string => {
  const sign = `(CASE WHEN starts_with(${x}, '-') THEN -1::DECIMAL(1, 0) ELSE 1::DECIMAL(1, 0) END)`;
  const whole = `TRY_CAST(split_part(ltrim(${x}, '+-'), '.', 1) AS BIGINT)::DECIMAL(19, 0)`;
  const fraction = `TRY_CAST(rpad(split_part(${x}, '.', 2), 18, '0') AS BIGINT)::DECIMAL(18, 0)`;
  return `CASE
    WHEN ${isLike(x, '[+-]?[0-9]{1,9}(?:[.][0-9]{0,9})?')} THEN TRY_CAST(${x} AS DECIMAL(18, 9))::DECIMAL(38, 18)
    WHEN ${isLike(x, '[+-]?[0-9]{1,18}(?:[.][0-9]{0,18})?')}
      THEN ${sign} * (${whole} + ${fraction} * 0.000000000000000001::DECIMAL(18, 18))
    WHEN ${isTiny(x)} THEN 0::DECIMAL(38, 18)
    ELSE TRY_CAST(${x} AS DECIMAL(38, 18)) END`;
};

/** A number of DuckDB as text with all its digits and without an exponent, where it has less than 38 digits. */
export const plainNumber = (x: string): string => `CASE
    WHEN NOT contains(${x}::VARCHAR, 'e') THEN ${x}::VARCHAR
    WHEN abs(${x}) >= 1 THEN coalesce(TRY_CAST(${x} AS HUGEINT)::VARCHAR, ${x}::VARCHAR)
    WHEN abs(${x}) >= 1e-15 THEN rtrim(TRY_CAST(${x}::VARCHAR AS DECIMAL(38, 37))::VARCHAR, '0')
    ELSE ${x}::VARCHAR END`;

/** A decimal of DuckDB as text, without the zeros that its type puts behind it. */
export const plainDecimal = (x: string): string =>
  `CASE WHEN contains(${x}::VARCHAR, '.') THEN rtrim(rtrim(${x}::VARCHAR, '0'), '.') ELSE ${x}::VARCHAR END`;

/** A number of JSON: the text of a value where that is one already, so that no digit is lost. */
export const jsonNumber = (text: string, typed: string, kind: 'decimal' | 'double'): string => `CASE
    WHEN ${text} IS NULL THEN 'null'
    WHEN ${isLike(text, '-?(?:0|[1-9][0-9]*)(?:[.][0-9]+)?(?:[eE][+-]?[0-9]+)?')} THEN ${text}
    ELSE ${kind === 'decimal' ? plainDecimal(typed) : `CASE WHEN isfinite(${typed}) THEN ${plainNumber(typed)} ELSE to_json(${text})::VARCHAR END`} END`;
