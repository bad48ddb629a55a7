import { type ProfileNote, type ProfileTrait, profileNoteCodes } from '@junction/contracts';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { CustomerTally } from '../tally.ts';
import { opened } from '../testing/asked.ts';
import { allColumns, nobodyOdd, people, tallyOf } from '../testing/customers.ts';

const threshold = 5;

const answerOf = async (tally: CustomerTally) => (await opened(tally, { threshold, columns: allColumns })).answer({});

/** Customers of whom much is known, and some of whom nothing is. */
const known = people(100, { gender: 'female', age: 30, country: 'DE', city: 'Bonn', income: 20_000 });
const tallyWith = (unknown: number, { odd = nobodyOdd, ...changes }: Partial<CustomerTally> = {}) => {
  const tally = tallyOf([...known, ...people(unknown)]);
  const { birthDatesUnreadable, birthDatesInFuture, birthDatesPlaceholder, agesOver120 } = odd;
  // What is odd is something all the same.
  const filled = {
    ...tally.filled,
    gender: 100 + odd.gendersNotUnderstood,
    birthDate: 100 + birthDatesUnreadable + birthDatesInFuture + birthDatesPlaceholder + agesOver120,
    country: 100 + odd.countriesNotUnderstood,
    income: 100 + odd.incomesUnreadable + odd.incomesNegative,
  };
  return { ...tally, odd, filled, ...changes };
};

const filledOf = async (tally: CustomerTally) => {
  const { completeness } = await answerOf(tally);
  return Object.fromEntries(completeness.map(({ trait, filled }) => [trait, filled]));
};

/** What is odd, with whether it is why a value is unknown. */
const oddities: { code: ProfileNote['code']; odd: (rows: number) => Partial<CustomerTally> }[] = [
  ...(Object.keys(nobodyOdd) as (keyof typeof nobodyOdd)[]).map((code) => ({
    code,
    odd: (rows: number) => ({ odd: { ...nobodyOdd, [code]: rows } }),
  })),
  { code: 'duplicateIds', odd: (rows) => ({ ids: { missing: 0, repeated: rows } }) },
  { code: 'missingIds', odd: (rows) => ({ ids: { missing: rows, repeated: 0 } }) },
  { code: 'rowsMalformed', odd: (rows) => ({ malformed: rows }) },
];

describe('a note', () => {
  it('is there for everything odd', () => {
    expect(oddities.map(({ code }) => code).toSorted()).toEqual(profileNoteCodes.toSorted());
  });

  it.each(oddities)('$code tells how many rows', async ({ code, odd }) => {
    expect((await answerOf(tallyWith(40, odd(20)))).notes).toEqual([{ code, rows: 20 }]);
  });

  it.each(oddities)('$code tells of too few without their number', async ({ code, odd }) => {
    expect((await answerOf(tallyWith(40, odd(4)))).notes).toEqual([{ code, rows: null }]);
  });

  it('is not there for what is not odd, or not known to be', async () => {
    expect((await answerOf(tallyWith(40))).notes).toEqual([]);
    expect((await answerOf(tallyWith(40, { ids: null }))).notes).toEqual([]);
  });

  it('comes in the order of the contract', async () => {
    const tally = tallyWith(90, { odd: { ...nobodyOdd, incomesNegative: 9, agesOver120: 8 }, malformed: 7 });
    const codes = (await answerOf(tally)).notes.map(({ code }) => code);
    expect(codes).toEqual(['agesOver120', 'incomesNegative', 'rowsMalformed']);
  });
});

describe('how complete a column is', () => {
  const all = ['gender', 'birthDate', 'country', 'city', 'postalCode', 'income'] as ProfileTrait[];

  it('is told of each', async () => {
    expect(await filledOf(tallyWith(40))).toEqual({
      ...Object.fromEntries(all.map((trait) => [trait, 100])),
      postalCode: 140,
    });
  });

  it('is hidden where too few are unknown', async () => {
    const filled = await filledOf(tallyWith(3));
    for (const trait of ['gender', 'birthDate', 'country', 'city', 'income']) expect(filled[trait]).toBeNull();
  });

  it('is hidden where the unknown are, though they are many', async () => {
    // One other person: the bar of the unknown is hidden with theirs.
    const tally = tallyOf([...known, ...people(1, { gender: 'male' }), ...people(9)]);
    const { charts, completeness } = await answerOf(tally);
    expect(charts.gender?.bars.find(({ key }) => key === 'unknown')?.people).toBeNull();
    expect(completeness.find(({ trait }) => trait === 'gender')?.filled).toBeNull();
  });

  it('is hidden where it would tell how few wrote something that was not understood, and the other way round', async () => {
    // Ten are unknown: two wrote something, eight nothing.
    const tally = tallyWith(10, { odd: { ...nobodyOdd, gendersNotUnderstood: 2 } });
    const { notes, completeness } = await answerOf(tally);
    expect(notes).toEqual([{ code: 'gendersNotUnderstood', rows: null }]);
    expect(completeness.find(({ trait }) => trait === 'gender')?.filled).toBeNull();
    // Eight wrote something, two nothing.
    const other = tallyWith(10, { odd: { ...nobodyOdd, gendersNotUnderstood: 8 } });
    expect((await answerOf(other)).notes).toEqual([{ code: 'gendersNotUnderstood', rows: null }]);
  });

  it('is hidden for a city when a country hides who has none', async () => {
    const tally = tallyOf([
      ...people(50, { country: 'DE', city: 'Bonn' }),
      ...people(3, { country: 'DE' }),
      ...people(50, { country: 'FR', city: 'Paris' }),
      ...people(20),
    ]);
    expect((await filledOf(tally)).city).toBeNull();
    expect((await filledOf(tally)).country).toBe(103);
  });

  it('tells of negative incomes in the lowest bar only with enough others', async () => {
    const negatives = (rest: number) => {
      const customers = [
        ...people(6, { income: -5 }),
        ...people(rest, { income: 40 }),
        ...people(400, { income: 300 }),
      ];
      return tallyOf(customers, { odd: { ...nobodyOdd, incomesNegative: 6 } });
    };
    expect((await answerOf(negatives(2))).notes).toEqual([{ code: 'incomesNegative', rows: null }]);
    expect((await answerOf(negatives(60))).notes).toEqual([{ code: 'incomesNegative', rows: 6 }]);
  });
});

it('no note and no completeness tells of too few, taken with the bars', () =>
  fc.assert(
    fc.asyncProperty(
      fc.record({
        nothing: fc.integer({ min: 0, max: 12 }),
        future: fc.integer({ min: 0, max: 12 }),
        unreadable: fc.integer({ min: 0, max: 12 }),
        young: fc.integer({ min: 0, max: 12 }),
      }),
      async ({ nothing, future, unreadable, young }) => {
        const customers = [
          ...people(30, { age: 40 }),
          ...people(young, { age: 20 }),
          ...people(nothing + future + unreadable),
        ];
        const { charts, completeness, notes } = await answerOf(
          tallyOf(customers, {
            filled: { birthDate: 30 + young + future + unreadable },
            odd: { ...nobodyOdd, birthDatesInFuture: future, birthDatesUnreadable: unreadable },
          }),
        );
        const noted = (code: ProfileNote['code']) => {
          const note = notes.find((own) => own.code === code);
          return note ? note.rows : 0;
        };
        const filled = completeness.find(({ trait }) => trait === 'birthDate')?.filled ?? null;
        const parts = [
          { people: filled === null ? null : customers.length - filled, truth: nothing },
          { people: noted('birthDatesInFuture'), truth: future },
          { people: noted('birthDatesUnreadable'), truth: unreadable },
        ];
        for (const { people, truth } of parts) {
          if (people === null) continue;
          expect(people).toBe(truth);
          expect(truth === 0 || truth >= threshold).toBe(true);
        }
        // The unknown are told, so what is hidden of them is known in sum.
        const bars = charts.age?.bars ?? [];
        const unknown = bars.length > 0 ? (bars.find(({ key }) => key === 'unknown')?.people ?? null) : null;
        const hidden = parts.filter(({ people }) => people === null);
        if (unknown !== null && hidden.length > 0)
          expect(hidden.reduce((sum, { truth }) => sum + truth, 0)).toBeGreaterThanOrEqual(threshold);
        expect(hidden.length === 1 && unknown !== null && (hidden[0]?.truth ?? 0) < threshold).toBe(false);
      },
    ),
    { numRuns: 200 },
  ));
