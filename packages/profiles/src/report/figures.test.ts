import type { ProfileBars, ProfileFilter } from '@junction/contracts';
import { beforeAll, describe, expect, it } from 'vitest';
import { incomeEdges } from '../tally.ts';
import { barsOf, filtersOf, opened } from '../testing/asked.ts';
import { allColumns, type Customer, people, tallyOf, variedCustomers } from '../testing/customers.ts';
import type { OpenReport } from './open.ts';

const threshold = 5;
const customers = variedCustomers(2_000);
let report: OpenReport;
beforeAll(async () => {
  report = await opened(tallyOf(customers), { threshold, columns: allColumns });
});

const count = (matches: (customer: Customer) => boolean) => customers.filter(matches).length;

/** The country and city that a customer is shown in, counted anew from what the rules say. */
const countries = Map.groupBy(customers, ({ country }) => country);
const cities = Map.groupBy(customers, ({ country, city }) => `${country} ${city}`);
const shownAs = (value: string | null, same: readonly Customer[] | undefined) =>
  value === null ? 'unknown' : (same?.length ?? 0) < threshold ? 'others' : value;
const countryOf = ({ country }: Customer) => shownAs(country, countries.get(country));
const cityOf = ({ country, city }: Customer) => shownAs(city, cities.get(`${country} ${city}`));

const isIn = (band: string, income: number | null) => {
  if (band === 'unknown' || income === null) return band === 'unknown' && income === null;
  const [from, to] = band.split('-');
  return (!from || income >= Number(from)) && (!to || income < Number(to));
};

const passes = (customer: Customer, { gender, age, country, city, income }: ProfileFilter) =>
  (gender === undefined || (customer.gender ?? 'unknown') === gender) &&
  (age === undefined ||
    (customer.age === null ? 'unknown' : String(Math.min(100, Math.floor(customer.age / 10) * 10))) === age) &&
  (country === undefined || countryOf(customer) === country) &&
  (city === undefined || cityOf(customer) === city) &&
  (income === undefined || isIn(income, customer.income));

/** Compares everything that is shown with one filter; answers how many figures were hidden, and how many not. */
const compare = (filter: ProfileFilter) => {
  const { matching, charts } = report.answer(filter);
  const tally = { shown: 0, hidden: 0 };
  const check = (people: number | null, own: ProfileFilter) => {
    if (people === null) tally.hidden++;
    else {
      tally.shown++;
      expect(people, JSON.stringify(own)).toBe(count((customer) => passes(customer, own)));
    }
  };
  const checkChart = (chart: keyof typeof charts, bars: ProfileBars | null, rest: ProfileFilter) => {
    check(bars?.people ?? null, rest);
    for (const { key, people } of bars?.bars ?? []) check(people, { ...rest, [chart]: key });
  };
  check(matching, filter);
  for (const chart of ['gender', 'age', 'income'] as const)
    checkChart(chart, charts[chart], { ...filter, [chart]: undefined });
  checkChart('country', charts.country, { ...filter, country: undefined, city: undefined });
  if (filter.country === undefined) expect(charts.city).toBeNull();
  else checkChart('city', charts.city, { ...filter, city: undefined });
  return tally;
};

describe('the figures of a report', () => {
  it('are those of the customers, whatever filters', () => {
    // One age has too few, so another one is hidden with it.
    expect(compare({})).toEqual({ shown: 36, hidden: 2 });
  });

  it('are those of the customers that pass one filter or two', () => {
    const bars = barsOf(report.answer);
    const filters = filtersOf(bars).filter((filter) => {
      const chosen = [filter.gender, filter.age, filter.income, filter.country].filter((key) => key !== undefined);
      return chosen.length === 1 || chosen.length === 2;
    });
    const all = filters
      .filter((_, index) => index % 5 === 0)
      .map(compare)
      .reduce((sum, { shown, hidden }) => ({ shown: sum.shown + shown, hidden: sum.hidden + hidden }));
    expect(filters.length).toBeGreaterThan(500);
    expect(all.shown).toBeGreaterThan(all.hidden / 4);
    expect(all.hidden).toBeGreaterThan(100);
  });

  it('have bars in their order', () => {
    const { charts } = report.answer({});
    const keys = (chart: keyof typeof charts) => charts[chart]?.bars.map(({ key }) => key) ?? [];
    expect(keys('gender')).toEqual(['female', 'male', 'other', 'unknown']);
    expect(keys('age')).toEqual([
      ...keys('age')
        .slice(0, -1)
        .toSorted((a, b) => Number(a) - Number(b)),
      'unknown',
    ]);
    const countries = charts.country?.bars.slice(0, -1).map(({ people }) => people ?? 0) ?? [];
    expect(countries).toEqual(countries.toSorted((one, other) => other - one));
    expect(keys('country').at(-1)).toBe('unknown');
    const cities = report.answer({ country: 'DE' }).charts.city?.bars.map(({ key }) => key) ?? [];
    expect(cities.slice(-1)).toEqual(['unknown']);
  });

  it('are medians of everybody, and of nobody less', () => {
    const middle = (values: (number | null)[]) => {
      const known = values.flatMap((value) => (value === null ? [] : [value])).toSorted((one, other) => one - other);
      const half = known.length / 2;
      return known.length % 2 === 1 ? known[Math.floor(half)] : ((known[half - 1] ?? 0) + (known[half] ?? 0)) / 2;
    };
    const { charts } = report.answer({});
    expect(charts.age?.median).toBe(middle(customers.map(({ age }) => age)));
    expect(charts.income?.median).toBe(middle(customers.map(({ income }) => income)));
    expect(charts.gender?.median).toBeNull();
    const filtered = report.answer({ gender: 'female' }).charts;
    expect([filtered.age?.median, filtered.income?.median]).toEqual([null, null]);
  });

  it('are of nobody for a bar that is not there', () => {
    const { matching, charts } = report.answer({ gender: 'robot' });
    expect(matching).toBe(0);
    expect(charts.age?.people).toBe(0);
    expect(charts.age?.bars.every(({ people }) => people === 0)).toBe(true);
    expect(charts.gender).toEqual(report.answer({}).charts.gender);
    expect(report.answer({ country: 'AQ' }).charts.city).toEqual({ bars: [], people: 0, median: null });
    expect(report.answer({ country: 'DE', city: 'Atlantis' }).matching).toBe(0);
  });
});

describe('a report of few', () => {
  const made = (customers: Customer[], columns = allColumns) => opened(tallyOf(customers), { threshold, columns });

  it('has no median of fewer than twice the threshold', async () => {
    const nine = await made([...people(9, { age: 30 }), ...people(20)]);
    expect(nine.answer({}).charts.age?.median).toBeNull();
    const ten = await made([...people(10, { age: 30 }), ...people(20)]);
    expect(ten.answer({}).charts.age?.median).toBe(30);
  });

  it('names nothing of fewer than the threshold', async () => {
    const { answer } = await made(people(4, { gender: 'female', age: 30, country: 'DE', city: 'Bonn', income: 100 }));
    const { matching, charts, completeness } = answer({});
    expect(matching).toBeNull();
    for (const chart of ['gender', 'age', 'country', 'income'] as const)
      expect(charts[chart]).toEqual({ bars: [], people: null, median: null });
    expect(completeness.map(({ filled }) => filled)).toEqual(completeness.map(() => null));
  });

  it('is of nobody for no customers', async () => {
    const { matching, charts } = (await made([])).answer({});
    expect(matching).toBe(0);
    expect(charts.gender).toEqual({ bars: [], people: 0, median: null });
  });

  it('has no chart of a column that is not there', async () => {
    const { charts, completeness } = (await made(people(20, { gender: 'male' }), { gender: 'Sex' })).answer({});
    expect(charts).toEqual({
      gender: { bars: [{ key: 'male', people: 20 }], people: 20, median: null },
      age: null,
      country: null,
      city: null,
      income: null,
    });
    expect(completeness).toEqual([{ trait: 'gender', column: 'Sex', filled: 20 }]);
  });

  it('puts rare countries and cities together, and spellings of one city', async () => {
    const { answer } = await made([
      ...people(10, { country: 'DE', city: 'Berlin' }),
      ...people(6, { country: 'DE', city: 'BERLIN ' }),
      ...people(4, { country: 'DE', city: 'Bonn' }),
      ...people(3, { country: 'DE', city: 'Ulm' }),
      ...people(8, { country: 'DE' }),
      ...people(4, { country: 'FR', city: 'Paris' }),
      ...people(4, { country: 'LU' }),
      ...people(9, { city: 'Berlin' }),
    ]);
    expect(answer({}).charts.country?.bars).toEqual([
      { key: 'DE', people: 31 },
      { key: 'others', people: 8 },
      { key: 'unknown', people: 9 },
    ]);
    expect(answer({ country: 'DE' }).charts.city?.bars).toEqual([
      { key: 'Berlin', people: 16 },
      { key: 'others', people: 7 },
      { key: 'unknown', people: 8 },
    ]);
    expect(answer({ country: 'others' }).charts.city).toEqual({ bars: [], people: 8, median: null });
  });

  it('does not tell where nobody is when everybody is alone', async () => {
    const { answer } = await made([20, 30, 50, 70, 80, 90].flatMap((age) => people(1, { age, gender: 'female' })));
    const { age, gender } = answer({}).charts;
    expect(age?.bars).toHaveLength(8);
    expect(age?.bars.map(({ people }) => people)).toEqual(age?.bars.map(() => null));
    expect([age?.people, gender?.bars]).toEqual([6, [{ key: 'female', people: 6 }]]);
  });

  it('names no city that looks like an address or a number', async () => {
    const { answer } = await made([
      ...people(20, { country: 'DE', city: 'Bonn' }),
      ...people(10, { country: 'DE', city: 'office@contoso.example' }),
      ...people(10, { country: 'DE', city: '+49 228 1234567' }),
      ...people(10, { country: 'JP', city: '大阪市' }),
    ]);
    expect(answer({ country: 'DE' }).charts.city?.bars).toEqual([
      { key: 'Bonn', people: 20 },
      { key: 'others', people: 20 },
    ]);
    expect(answer({ country: 'JP' }).charts.city?.bars).toEqual([{ key: '大阪市', people: 10 }]);
    expect(answer({ country: 'DE', city: 'office@contoso.example' }).matching).toBe(0);
  });

  it('keeps extremes of income in open bars', async () => {
    const { answer } = await made([
      ...people(1, { income: 90_000_000 }),
      ...people(2, { income: 40 }),
      ...people(200, { income: 25_000 }),
      ...people(200, { income: 60_000 }),
      ...people(50, { income: 120_000 }),
    ]);
    expect(answer({}).charts.income?.bars).toEqual([
      { key: '-30000', people: 202 },
      { key: '30000-40000', people: 0 },
      { key: '40000-50000', people: 0 },
      { key: '50000-70000', people: 200 },
      { key: '70000-100000', people: 0 },
      { key: '100000-', people: 51 },
    ]);
  });

  it('has at most ten bars of income', async () => {
    const { answer } = await made(incomeEdges.flatMap((edge) => people(30, { income: edge })));
    const bars = answer({}).charts.income?.bars ?? [];
    expect(bars).toHaveLength(10);
    expect(bars.reduce((sum, { people }) => sum + (people ?? 0), 0)).toBe(incomeEdges.length * 30);
  });

  it('refuses a tally that does not add up', async () => {
    await expect(opened({ ...tallyOf(people(9)), rows: 10 }, { threshold, columns: {} })).rejects.toThrow('add up');
  });

  it('has its most bars in a place', async () => {
    const codes = Array.from({ length: 70 }, (_, index) =>
      String.fromCharCode(65 + Math.floor(index / 26), 65 + (index % 26)),
    );
    const everywhere = codes.flatMap((country, index) =>
      Array.from({ length: 30 }, (_, city) =>
        people(5 + (index === 0 ? 1 : 0), { country, city: `City ${city}` }),
      ).flat(),
    );
    const { answer } = await made(everywhere);
    const { country } = answer({}).charts;
    expect(country?.bars).toHaveLength(61);
    expect(country?.bars.at(-1)).toEqual({ key: 'others', people: 10 * 30 * 5 });
    const cities = (country?.bars ?? []).map(({ key }) => answer({ country: key }).charts.city?.bars ?? []);
    const named = cities.map((bars) => bars.filter(({ key }) => key !== 'others').length);
    expect(named[0]).toBe(25);
    expect(named.reduce((sum, n) => sum + n, 0)).toBe(500);
  });
});
