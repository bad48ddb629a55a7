import fc from 'fast-check';
import type { CustomerText } from './tally-model.ts';

// Customers as people and programs write them, and as nobody should.

const spaces = fc.constantFrom('', '', '', ' ', '\u00a0', '\t ', '\u3000');
/** A text that is there or not, and may have spaces around it. */
const loose = (text: fc.Arbitrary<string>): fc.Arbitrary<string | null> =>
  fc.option(
    fc.tuple(spaces, text, spaces).map((parts) => parts.join('')),
    { freq: 9 },
  );
const anyText = fc.string({ unit: fc.constantFrom(...'aZ09 .,-/:%_€$kTéß世🙂\u00a0') });

const padded = (size: number) => (value: number) => String(value).padStart(size, '0');
const year = fc.oneof(fc.integer({ min: 1890, max: 2030 }), fc.integer({ min: 0, max: 9999 })).map(padded(4));
const month = fc.integer({ min: 0, max: 13 });
const day = fc.integer({ min: 0, max: 32 });
const isoTime = fc.oneof(
  fc.constantFrom(
    '',
    '',
    'T00:00:00',
    ' 00:00:00.000',
    'T23:30:00Z',
    'T00:00:00.0000000+02:00',
    'T08:30-0500',
    'T24:00',
    'X',
  ),
  fc.stringMatching(/^[T ]\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d(:?\d\d)?)?$/),
);
const usTime = fc.constantFrom(
  '',
  ' 12:00:00 AM',
  ' 12:00:00\u202fAM',
  ' 8:30 PM',
  ' 00:00:00',
  ' 0:00',
  ' 13:00 PM',
  ' ',
);
export const birthDate = fc.oneof(
  fc.tuple(year, month.map(padded(2)), day.map(padded(2)), isoTime).map(([y, m, d, t]) => `${y}-${m}-${d}${t}`),
  fc.tuple(month, day, year, usTime).map(([m, d, y, t]) => `${m}/${d}/${y}${t}`),
  fc.tuple(month.map(padded(2)), day.map(padded(2)), year, usTime).map(([m, d, y, t]) => `${m}/${d}/${y}${t}`),
  fc.constantFrom(
    '1900-01-01',
    '0001-01-01T00:00:00Z',
    '2026-11-22',
    '2026-11-23',
    '1906-11-22',
    '1905-11-22',
    '2000-02-29',
  ),
  fc.constantFrom('infinity', 'epoch', '1990-1-5', '1990/01/05', '22.11.1990', 'today', '1990-01-05 (BC)', '19900105'),
  anyText,
);

const digits = fc.stringMatching(/^\d{1,6}$/);
const number = fc.oneof(
  digits,
  fc.tuple(digits, fc.constantFrom('.', ','), fc.stringMatching(/^\d{0,4}$/)).map((parts) => parts.join('')),
  fc
    .tuple(
      fc.stringMatching(/^\d{1,3}$/),
      fc.constantFrom('.', ',', ' ', '’', "'", '\u202f'),
      fc.stringMatching(/^(\d{3}){1,3}$/),
      fc.stringMatching(/^([.,]\d{1,3})?$/),
    )
    .map(([first, separator, rest, end]) => first + rest.replace(/\d{3}/g, `${separator}$&`) + end),
  fc.stringMatching(/^\d{1,2}(,\d{2}){1,3},\d{3}(\.\d\d)?$/),
  fc.stringMatching(/^\d(\.\d{1,4})?[eE][+-]?\d{1,2}$/),
  fc.constantFrom(
    '1_000',
    'nan',
    'inf',
    '50k',
    '0x1F',
    '.',
    ',',
    '1.2.3',
    '99999999999999',
    '9999999999999.99',
    '1.005',
    '.5',
    '5.',
  ),
);
export const income = fc.oneof(
  {
    weight: 5,
    arbitrary: fc
      .tuple(
        fc.constantFrom('', '', '', '-', '+', '−', '€', '$ ', 'EUR ', 'US$', 'kr ', '-€', '€ -', '--'),
        number,
        fc.constantFrom('', '', '', ' €', 'k€', 'kr.', ' CHF', '%'),
      )
      .map((parts) => parts.join('')),
  },
  { weight: 1, arbitrary: anyText },
);

export const customer: fc.Arbitrary<CustomerText> = fc.record({
  id: loose(fc.integer({ min: 0, max: 200 }).map(String)),
  gender: loose(fc.oneof(fc.constantFrom('Female', 'male', 'M', 'F', 'Non-Binary', 'x'), anyText)),
  birthDate: loose(birthDate),
  country: loose(
    fc.oneof(
      fc.constantFrom('Germany', 'DEUTSCHLAND', 'Österreich', 'ÖSTERREICH', '日本', 'United States', 'United  States'),
      anyText,
    ),
  ),
  city: loose(
    fc.oneof(
      fc.constantFrom(
        'Wien',
        'WIEN',
        'wien',
        'New York',
        'New  York',
        'São Paulo',
        'SÃO PAULO',
        '東京',
        'x'.repeat(120),
        `${'y'.repeat(99)}  y`,
      ),
      anyText,
    ),
  ),
  postalCode: loose(anyText),
  income: loose(income),
});
