import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Bench, openBench, selectionOf } from '../testing/bench.ts';
import { readParquet } from '../testing/read-back.ts';
import type { Kind } from './kinds.ts';
import { patternOf } from './patterns.ts';

let bench: Bench;
beforeAll(async () => {
  bench = await openBench();
});
afterAll(() => bench.close());

/** A decimal as a number of 10⁻¹⁸, rounded half away from zero. */
const scaled = (text: string): bigint => {
  const [, sign = '', whole = '', fraction = '', exponent = '0'] =
    /^([+-]?)(\d*)[.]?(\d*)(?:[eE]([+-]?\d+))?$/.exec(text) ?? [];
  const digits = BigInt(whole + fraction || '0');
  const shift = 18 - fraction.length + Number(exponent);
  const divisor = 10n ** BigInt(Math.max(0, -shift));
  const value = shift >= 0 ? digits * 10n ** BigInt(shift) : (digits + divisor / 2n) / divisor;
  return sign === '-' ? -value : value;
};

const decimalText = (value: bigint): string => {
  const digits = (value < 0n ? -value : value).toString().padStart(19, '0');
  const fraction = digits.slice(-18).replace(/0+$/, '');
  return `${value < 0n ? '-' : ''}${digits.slice(0, -18)}${fraction && `.${fraction}`}`;
};

const dayOf = (text: string): Date => {
  const [, month = '', day = '', year = ''] = /^(\d+)\/(\d+)\/(\d+)/.exec(text) ?? [];
  const iso = year === '' ? text.slice(0, 10) : `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
  return new Date(`${iso}T00:00:00Z`);
};

/** Microseconds of a day. */
const clockOf = (text: string): bigint => {
  const [, hour = '0', minute = '0', second = '0', fraction = '', half = ''] =
    /^(\d+):(\d+)(?::(\d+)(?:[.](\d+))?)?(?:.([AaPp])[Mm])?/.exec(text) ?? [];
  const hours = half === '' ? Number(hour) : (Number(hour) % 12) + (half.toLowerCase() === 'p' ? 12 : 0);
  const seconds = BigInt((hours * 60 + Number(minute)) * 60 + Number(second));
  return seconds * 1_000_000n + BigInt(fraction.slice(0, 6).padEnd(6, '0'));
};

const momentOf = (text: string): Date => {
  const [, clock = ''] = /^\S+?[T ](.*)$/.exec(text) ?? [];
  const [, sign = '', hours = '0', minutes = '0'] = /([+-])(\d\d):?(\d\d)?$/.exec(clock) ?? [];
  const ahead = (Number(hours) * 60 + Number(minutes)) * 60_000 * (sign === '-' ? -1 : 1);
  return new Date(dayOf(text).getTime() + Math.floor(Number(clockOf(clock)) / 1_000) - ahead);
};

const doubleOf = (text: string): number => {
  const word = text.toLowerCase();
  if (word.includes('nan')) return Number.NaN;
  if (word.includes('inf')) return word.startsWith('-') ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY;
  return Number(text);
};

/** What a text of a kind means, worked out without DuckDB. */
const meanings: Readonly<Record<Exclude<Kind, 'text'>, (text: string) => unknown>> = {
  guid: (text) => text,
  integer: (text) => BigInt(text.replace(/^[+]|[.]0*$/g, '')),
  decimal: (text) => decimalText(scaled(text)),
  double: doubleOf,
  boolean: (text) => ['true', '1'].includes(text.toLowerCase()),
  date: dayOf,
  time: clockOf,
  dateTime: momentOf,
};

/** JavaScript has no letters of either case within a pattern. */
const eitherCase = (pattern: string): string =>
  pattern.replace(/\(\?i:([^()]*(?:\([^()]*\)[^()]*)*)\)/g, (_, inner: string) =>
    `(?:${inner.replaceAll('?:', '\0').replace(/[a-z]/g, (letter) => `[${letter}${letter.toUpperCase()}]`)})`.replaceAll(
      '\0',
      '?:',
    ),
  );

it.each(Object.entries(meanings))('whatever is like a %s is read as what it means', async (kind, meaning) => {
  const pattern = new RegExp(`^(?:${eitherCase(patternOf(kind as Kind) ?? '')})$`);
  const type = kind === 'double' ? 'decimal:double' : kind;
  const selection = selectionOf({ value: type, other: 'text' });
  const texts = fc.array(fc.stringMatching(pattern, { size: 'small' }), { minLength: 100, maxLength: 100 });
  await fc.assert(
    fc.asyncProperty(texts, async (values) => {
      const file = await bench.file('values.csv', values.map((value) => `${value},-\n`).join(''));
      const { content } = await bench.transform([file], selection, { type: 'parquet' });
      const read = (await readParquet(content)).map(({ value }) => value);
      const found = values.map((value, index) => [value, read[index]]);
      expect(found).toEqual(values.map((value) => [value, meaning(value)]));
    }),
    { numRuns: 6, endOnFailure: true },
  );
});
