import type { Query, Value } from '../duckdb/query.ts';
import { engineLimits } from '../limits.ts';
import { noAge } from './birth-dates-sql.ts';
import { codesOf, compactSql } from './groups-sql.ts';
import { noIncome } from './incomes-sql.ts';
import { cellsSql, citiesSql, cityNamesSql, countsSql, distinctIdsSql, namedRowsSql, noCity } from './result-sql.ts';
import { otherCities, type Tallied, type TalliedCell, type TallyInput, type TallyTrait } from './tally-input.ts';
import type { TallyPlan } from './tally-plan.ts';

const numberOf = (value: Value | undefined): number => Number(value ?? 0);

/** Hashes are compared some at a time, as many as fit into memory. */
const readIds = async (query: Query, rows: number): Promise<Tallied['ids']> => {
  const [[named] = []] = await query.run(namedRowsSql);
  const times = Math.max(1, Math.ceil(rows / engineLimits.idsAtOnce));
  let distinct = 0;
  for (let rest = 0; rest < times; rest += 1) {
    const [[some] = []] = await query.run(distinctIdsSql(rest, times));
    distinct += numberOf(some);
  }
  return { missing: rows - numberOf(named), repeated: numberOf(named) - distinct };
};

const readCells = async (query: Query, { words }: TallyInput): Promise<TalliedCell[]> => {
  for (const sql of citiesSql) await query.run(sql);
  const genders = codesOf(words.gender);
  const countries = codesOf(words.country);
  const cities = new Map<number, string>([[noCity.other, otherCities]]);
  for (const [number, name] of await query.run(cityNamesSql)) cities.set(Number(number), String(name));
  const named = (names: readonly string[], value: Value | undefined): string | null =>
    typeof value === 'number' ? (names[value] ?? null) : null;
  const cells: TalliedCell[] = [];
  for await (const rows of query.stream(cellsSql)) {
    for (const [gender, age, country, city, income, count] of rows) {
      cells.push({
        gender: named(genders, gender),
        age: typeof age === 'number' ? age * 10 : null,
        country: named(countries, country),
        city: cities.get(Number(city)) ?? null,
        income: typeof income === 'number' ? income : null,
        rows: Number(count),
      });
    }
  }
  return cells;
};

type Counts = {
  /** Of a value, or of what stands in its place. */
  at(what: string, value: number | null): number;
  /** Of all values of a kind that are not nothing. */
  filled(what: string): number;
  /** Of those that mean something, in ascending order. */
  of(what: string): { value: number; rows: number }[];
};

const readCounts = async (query: Query): Promise<Counts> => {
  const byKind = new Map<string, Map<number | null, number>>();
  for (const [what, value, rows] of await query.run(countsSql)) {
    const kind = byKind.get(String(what)) ?? new Map<number | null, number>();
    byKind.set(String(what), kind.set(value === null ? null : Number(value), Number(rows)));
  }
  const entries = (what: string) =>
    [...(byKind.get(what) ?? [])].flatMap(([value, rows]) => (value === null ? [] : [{ value, rows }]));
  return {
    at: (what, value) => byKind.get(what)?.get(value) ?? 0,
    filled: (what) => entries(what).reduce((sum, { rows }) => sum + rows, 0),
    of: (what) => entries(what).filter(({ value }) => value >= 0),
  };
};

/** Where the counts of a trait are. */
const countedAs: Readonly<Record<TallyTrait, string>> = {
  gender: 'gender',
  birthDate: 'years',
  country: 'country',
  city: 'city',
  postalCode: 'postalCode',
  income: 'income',
};

/** What a tally knows. It may be asked more than once. */
export const readResult = async (
  query: Query,
  { input, plan, rows, malformed }: { input: TallyInput; plan: TallyPlan; rows: number; malformed: number },
): Promise<Tallied> => {
  for (const sql of compactSql) await query.run(sql);
  const ids = plan.has('id') ? await readIds(query, rows) : null;
  const cells = await readCells(query, input);
  const counts = await readCounts(query);
  const filled = Object.entries(countedAs).flatMap(([trait, what]) =>
    plan.has(trait as TallyTrait) ? [[trait, counts.filled(what)]] : [],
  );
  return {
    rows,
    malformed,
    ids,
    cells,
    ages: counts.of('years').map(({ value, rows }) => ({ years: value, rows })),
    incomes: counts.of('income').map(({ value, rows }) => ({ value: value / 100, rows })),
    filled: Object.fromEntries(filled),
    odd: {
      birthDatesUnreadable: counts.at('years', noAge.unreadable),
      birthDatesInFuture: counts.at('years', noAge.inFuture),
      birthDatesPlaceholder: counts.at('years', noAge.placeholder),
      agesOver120: counts.at('years', noAge.over120),
      gendersNotUnderstood: counts.at('gender', 0),
      countriesNotUnderstood: counts.at('country', 0),
      incomesUnreadable: counts.at('income', noIncome.unreadable),
      incomesNegative: counts.at('income', noIncome.negative),
    },
  };
};
