import fc from 'fast-check';

/** A value of JSON. */
export type Json = null | boolean | number | string | Json[] | { [key: string]: Json };

/** What writers put where something else belongs. */
const oddValue: fc.Arbitrary<Json> = fc.oneof(
  fc.constantFrom<Json>(null, true, 0, -1, 1e308, '', ' ', 'x', [], {}, [[]], [null], { value: 1 }),
  fc.constantFrom<Json>(
    '\u0000',
    '\ud800',
    'ü'.repeat(3_000),
    '../../../../out',
    '/root.csv',
    '%',
    '%ff',
    'https://lake.example/files/%ff',
    'https://lake.example/files/%E0%A4%A',
    'https://lake.example/files/a.csv?sig=canary%3D&se=1',
    'https://elsewhere.example/files/a.csv?sig=canary',
    'abfss://x',
    'cdm:/core/applicationCommon/Account.cdm.json/Account',
    'local:/../a.csv',
    '0000-01-01T00:00:00Z',
    '9999999',
    '**/**/**/*',
    '2.0',
    'ReferenceEntity',
    'CsvFormatSettings',
    '__proto__',
    'constructor',
  ),
  fc.jsonValue({ maxDepth: 2 }) as fc.Arbitrary<Json>,
);

/** A change of one part of a document. Which part it is, `at` says. */
type Change = { at: number; change: (value: Json) => Json | undefined };

const change: fc.Arbitrary<Change> = fc.record({
  at: fc.nat({ max: 10_000 }),
  change: fc.oneof(
    { weight: 4, arbitrary: oddValue.map((odd) => () => odd) },
    { weight: 2, arbitrary: fc.constant(() => undefined) },
    { weight: 1, arbitrary: fc.constant((value: Json): Json => [value, value]) },
    { weight: 1, arbitrary: fc.constant((value: Json): Json => ({ value })) },
    {
      weight: 2,
      arbitrary: fc
        .tuple(fc.constantFrom('name', '__proto__', 'toString', '$type', 'location', 'problem'), oddValue)
        .map(
          ([key, odd]) =>
            (value: Json): Json =>
              typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value, [key]: odd } : value,
        ),
    },
  ),
});

const countParts = (value: Json): number =>
  typeof value === 'object' && value !== null
    ? 1 + Object.values(value).reduce((parts: number, one) => parts + countParts(one), 0)
    : 1;

/** Changes the part with that number, counted from 0 as they are written. */
const changePart = (value: Json, number: number, how: Change['change']): Json | undefined => {
  if (number === 0) return how(value);
  if (typeof value !== 'object' || value === null) return value;
  let left = number - 1;
  const changed = Object.entries(value).flatMap(([key, one]): [string, Json][] => {
    const parts = countParts(one);
    const isHere = left >= 0 && left < parts;
    const next = isHere ? changePart(one, left, how) : one;
    left -= parts;
    return next === undefined ? [] : [[key, next]];
  });
  return Array.isArray(value) ? changed.map(([, one]) => one) : Object.fromEntries(changed);
};

/** Text that is cut, or has something in it that is no JSON. */
const damage: fc.Arbitrary<(text: string) => string> = fc.oneof(
  { weight: 8, arbitrary: fc.constant((text: string) => text) },
  {
    weight: 1,
    arbitrary: fc.nat({ max: 100 }).map((share) => (text: string) => text.slice(0, (text.length * share) / 100)),
  },
  {
    weight: 1,
    arbitrary: fc
      .tuple(fc.nat({ max: 100 }), fc.constantFrom(',', '"', '}', '\u0000', '\ufeff', '\ud800', '//', 'NaN'))
      .map(([share, odd]) => (text: string) => {
        const at = Math.floor((text.length * share) / 100);
        return text.slice(0, at) + odd + text.slice(at);
      }),
  },
);

/** A sound document with a few things wrong in it, as text. */
export const oddDocument = (sound: Json): fc.Arbitrary<string> =>
  fc.tuple(fc.array(change, { maxLength: 4 }), damage).map(([changes, damaged]) => {
    const odd = changes.reduce<Json>((value, { at, change: how }) => {
      const changed = changePart(value, at % countParts(value), how);
      return changed === undefined ? null : changed;
    }, sound);
    return damaged(JSON.stringify(odd));
  });
