/** Digits after the point, and numbers that are too large: what DECIMAL(38, 18) can hold. */
const fractionDigits = 18;
const largest = 10n ** 38n - 1n;

/** A number of a filter as the largest decimal of the engine's precision that is not above it. */
export type DecimalBound = {
  /** As SQL takes it. */
  text: string;
  /** Whether that is the number itself. */
  isExact: boolean;
};

const asText = (scaled: bigint): string => {
  const digits = (scaled < 0n ? -scaled : scaled).toString().padStart(fractionDigits + 1, '0');
  return `${scaled < 0n ? '-' : ''}${digits.slice(0, -fractionDigits)}.${digits.slice(-fractionDigits)}`;
};

/**
 * A filter may name a number with more digits than values have. No value equals it then, and what is below it is what is at most the
 * bound. Undefined when every value is above it.
 */
export const decimalBound = (value: string): DecimalBound | undefined => {
  const [, sign = '', whole = '', fraction = ''] = /^(-?)(\d+)(?:\.(\d+))?$/.exec(value) ?? [];
  const kept = BigInt(whole + fraction.slice(0, fractionDigits).padEnd(fractionDigits, '0'));
  const isExact = !/[1-9]/.test(fraction.slice(fractionDigits));
  const scaled = sign === '' ? kept : -kept - (isExact ? 0n : 1n);
  if (scaled < -largest) return undefined;
  return scaled > largest ? { text: asText(largest), isExact: false } : { text: asText(scaled), isExact };
};
