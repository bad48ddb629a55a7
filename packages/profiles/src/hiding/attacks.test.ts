import type { ProfileFilter } from '@junction/contracts';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Work } from '../breath.ts';
import { buildCube } from '../cube/build.ts';
import { barsOf, filtersOf, opened } from '../testing/asked.ts';
import { linearlyKnown, linesOf, rangesByLines, type Told } from '../testing/attacks.ts';
import { allColumns, type Customer, people, tallyOf, variedCustomers } from '../testing/customers.ts';
import { hideCells } from './hide.ts';
import { tablesOf } from './tables.ts';

/** How the small reports of these tests show a customer. Their incomes are far apart, so that each has a bar of its own. */
const agrees = (customer: Customer, filter: ProfileFilter, bars: { countries: string[]; cities: string[] }) => {
  const country =
    customer.country === null ? 'unknown' : bars.countries.includes(customer.country) ? customer.country : 'others';
  const city = customer.city === null ? 'unknown' : bars.cities.includes(customer.city) ? customer.city : 'others';
  const [from, to] = (filter.income ?? '').split('-');
  const isIncome =
    filter.income === 'unknown'
      ? customer.income === null
      : customer.income !== null && (!from || customer.income >= Number(from)) && (!to || customer.income < Number(to));
  return (
    (filter.gender === undefined || (customer.gender ?? 'unknown') === filter.gender) &&
    (filter.age === undefined ||
      (customer.age === null ? 'unknown' : String(Math.floor(customer.age / 10) * 10)) === filter.age) &&
    (filter.income === undefined || isIncome) &&
    (filter.country === undefined || country === filter.country) &&
    (filter.city === undefined || city === filter.city)
  );
};

/** Every number of a report, as it is told and as it is. */
const numbersOf = async (customers: readonly Customer[], threshold: number): Promise<Told[]> => {
  const { answer } = await opened(tallyOf(customers), { threshold, columns: allColumns });
  const bars = barsOf(answer);
  const countries = bars.place.flatMap(({ country }) => country ?? []);
  return filtersOf(bars).map((filter) => {
    const cities = bars.place.filter(({ country }) => country === filter.country).flatMap(({ city }) => city ?? []);
    const truth = customers.filter((customer) => agrees(customer, filter, { countries, cities })).length;
    return { filter, people: answer(filter).matching, truth };
  });
};

const places = [
  { country: 'DE', city: 'Berlin' },
  { country: 'DE', city: 'Bonn' },
  { country: 'DE', city: null },
  { country: 'FR', city: 'Paris' },
  { country: 'FR', city: 'Lyon' },
  { country: null, city: null },
];

const somebody = fc
  .record({
    gender: fc.constantFrom('female', 'male', null),
    age: fc.constantFrom(25, 35, 45, null),
    income: fc.constantFrom(150, 15_000, null),
    place: fc.constantFrom(...places),
    n: fc.constantFrom(1, 1, 2, 3, 5, 8, 13),
  })
  .map(({ place, n, ...rest }) => people(n, { ...rest, ...place }));

const population = fc.array(somebody, { minLength: 1, maxLength: 24 }).map((groups) => groups.flat());
const threshold = fc.constantFrom(2, 3, 5);

/** Enough to find what a change breaks, and over in seconds. */
const numRuns = 40;

const always = (check: (numbers: Told[], least: number) => void) =>
  fc.assert(
    fc.asyncProperty(population, threshold, async (customers, least) => {
      check(await numbersOf(customers, least), least);
    }),
    { numRuns },
  );

const isSmall = ({ truth }: Told, least: number) => truth > 0 && truth < least;

describe('of any customers', () => {
  it('what is told is true, and never about too few', () =>
    always((numbers, least) => {
      for (const number of numbers) {
        if (number.people === null) continue;
        expect(number.people).toBe(number.truth);
        expect(isSmall(number, least)).toBe(false);
      }
    }));

  it('no hidden number follows from told ones by adding and taking away', () =>
    always((numbers) => expect(linearlyKnown(numbers)).toEqual([])));

  it('no number of too few follows from all lines and from being a number of people', () =>
    always((numbers, least) => {
      for (const [number, { low, high }] of rangesByLines(numbers))
        if (isSmall(number, least)) expect(high, JSON.stringify(number)).toBeGreaterThan(low);
    }));

  it('the bars that are told leave nothing or enough people for the others', () =>
    always((numbers, least) => {
      for (const { total, parts } of linesOf(numbers)) {
        const left = (total.people ?? 0) - parts.reduce((sum, part) => sum + (part.people ?? 0), 0);
        const hidden = parts.filter((part) => part.people === null && part.truth > 0);
        if (total.people === null) expect(parts.every((part) => part.people === null)).toBe(true);
        else if (hidden.length === 0) expect(left).toBe(0);
        else {
          expect(left).toBeGreaterThanOrEqual(least);
          // One alone would be what is left.
          expect(hidden.length === 1 && hidden.some((part) => isSmall(part, least))).toBe(false);
        }
      }
    }));

  it('a filter and its complement tell of nobody', () =>
    always((numbers, least) => {
      const told = (filter: ProfileFilter) =>
        numbers.find((number) => JSON.stringify(number.filter) === JSON.stringify(filter))?.people ?? null;
      const whole = told({});
      for (const { filter, people: own, truth } of numbers) {
        const complement = whole === null || own === null ? null : whole - own;
        if (Object.keys(filter).length !== 1 || complement === null) continue;
        expect(truth === 0 || truth >= least).toBe(true);
        expect(complement === 0 || complement >= least || least === 1, JSON.stringify(filter)).toBe(true);
      }
    }));
});

describe('of customers that invite an attack', () => {
  let numbers: Told[];
  const told = (filter: ProfileFilter) =>
    numbers.find((number) => JSON.stringify(number.filter) === JSON.stringify(filter))?.people;

  beforeAll(async () => {
    numbers = await numbersOf(
      [
        ...people(40, { gender: 'female', age: 25 }),
        ...people(30, { gender: 'male', age: 25 }),
        ...people(3, { gender: 'other', age: 25 }),
        ...people(50, { gender: 'female', age: 35 }),
        ...people(60, { gender: 'male', age: 35 }),
      ],
      5,
    );
  });

  it('hides a bar beside the small one, so that the total does not tell', () => {
    expect(told({})).toBe(183);
    expect(told({ gender: 'other' })).toBeNull();
    expect([told({ gender: 'female' }), told({ gender: 'male' })].filter((n) => n === null)).toHaveLength(1);
  });

  it('hides the same behind a filter', () => {
    expect(told({ age: '20' })).toBe(73);
    expect(told({ gender: 'other', age: '20' })).toBeNull();
  });
});

describe('of customers who are all the same in something', () => {
  it('hides and tells as if that were not asked', async () => {
    const numbers = await numbersOf(
      [
        ...people(40, { age: 25, country: 'DE', city: 'Berlin' }),
        ...people(30, { age: 35, country: 'DE', city: 'Berlin' }),
        ...people(20, { age: 45, country: 'DE', city: 'Bonn' }),
        ...people(2, { age: 55, country: 'DE', city: 'Bonn' }),
        ...people(2, { age: 25, country: 'DE', city: 'Ulm' }),
        ...people(4, { age: 35, country: 'DE', city: 'Jena' }),
      ],
      5,
    );
    const told = (filter: ProfileFilter) =>
      numbers.find((number) => JSON.stringify(number.filter) === JSON.stringify(filter))?.people;
    expect([told({}), told({ gender: 'unknown' }), told({ country: 'DE' })]).toEqual([98, 98, 98]);
    expect([told({ country: 'DE', city: 'Berlin' }), told({ country: 'DE', city: 'others' })]).toEqual([70, 6]);
    expect(told({ age: '50' })).toBeNull();
    for (const age of ['20', '30', '40', '50'])
      expect([told({ gender: 'unknown', age }), told({ age, country: 'DE' })]).toEqual([told({ age }), told({ age })]);
    expect(linearlyKnown(numbers)).toEqual([]);
  });
});

describe('when hiding comes to no end', () => {
  const hiddenBy = (rounds: number) => {
    const done = <Result>(work: Work<Result>): Result => {
      for (;;) {
        const step = work.next();
        if (step.done) return step.value;
      }
    };
    const cube = done(buildCube(tallyOf(variedCustomers(500)), 5, allColumns));
    const hidden = done(hideCells(cube, 5, rounds));
    const tables = tablesOf(cube.shape);
    const toldOf = (depth: number) =>
      tables
        .filter((table) => table.depth === depth)
        .flatMap(({ cells }) => [...cells])
        .filter((cell) => hidden[cell] === 0).length;
    return [0, 1, 2, 3].map(toldOf);
  };

  it('leaves single charts, or everybody', () => {
    const [everybody, single, double] = hiddenBy(60);
    expect(everybody).toBe(1);
    expect(double).toBeGreaterThan(single ?? 0);
    expect(hiddenBy(0)).toEqual([1, 0, 0, 0]);
    const last = hiddenBy(1);
    expect(last.slice(2)).toEqual([0, 0]);
  });
});
