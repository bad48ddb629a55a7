import { profileTraits } from '@junction/contracts';
import type { ReportOptions } from '../report/make.ts';
import { type CustomerTally, incomeEdges, type TallyCell } from '../tally.ts';

/** A customer as a test thinks of one. */
export type Customer = {
  gender: string | null;
  age: number | null;
  country: string | null;
  city: string | null;
  income: number | null;
};

export const nobodyOdd: CustomerTally['odd'] = {
  birthDatesUnreadable: 0,
  birthDatesInFuture: 0,
  birthDatesPlaceholder: 0,
  agesOver120: 0,
  gendersNotUnderstood: 0,
  countriesNotUnderstood: 0,
  incomesUnreadable: 0,
  incomesNegative: 0,
};

export const allColumns: ReportOptions['columns'] = Object.fromEntries(
  profileTraits.map((trait) => [trait, `the ${trait}`]),
);

const counted = (values: readonly (number | null)[]) => {
  const rows = new Map<number, number>();
  for (const value of values) if (value !== null) rows.set(value, (rows.get(value) ?? 0) + 1);
  return [...rows];
};

/** Counts customers as the engine does. */
export const tallyOf = (customers: readonly Customer[], changes: Partial<CustomerTally> = {}): CustomerTally => {
  const cells = new Map<string, TallyCell>();
  for (const { gender, age, country, city, income } of customers) {
    const cell = {
      gender,
      age: age === null ? null : Math.min(100, Math.floor(age / 10) * 10),
      country,
      city,
      income: income === null ? null : incomeEdges.filter((edge) => edge <= income).length,
    };
    const name = JSON.stringify(cell);
    cells.set(name, { ...cell, rows: (cells.get(name)?.rows ?? 0) + 1 });
  }
  const filled = (key: keyof Customer) => customers.filter((customer) => customer[key] !== null).length;
  return {
    rows: customers.length,
    malformed: 0,
    ids: { missing: 0, repeated: 0 },
    cells: [...cells.values()],
    ages: counted(customers.map(({ age }) => age)).map(([years, rows]) => ({ years, rows })),
    incomes: counted(customers.map(({ income }) => income)).map(([value, rows]) => ({ value, rows })),
    filled: {
      gender: filled('gender'),
      birthDate: filled('age'),
      country: filled('country'),
      city: filled('city'),
      postalCode: customers.length,
      income: filled('income'),
    },
    odd: nobodyOdd,
    ...changes,
  };
};

/** So many of the same. */
export const people = (n: number, customer: Partial<Customer> = {}): Customer[] =>
  Array.from({ length: n }, () => ({ gender: null, age: null, country: null, city: null, income: null, ...customer }));

/** Customers as different as real ones, the same for the same seed. */
export const variedCustomers = (n: number, seed = 1): Customer[] => {
  let state = seed;
  const random = () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
  /** Small numbers much more often than large ones. */
  const rank = (most: number) => Math.floor(most ** random()) - 1;
  return Array.from({ length: n }, () => {
    const country = random() < 0.03 ? null : (['DE', 'FR', 'IT', 'NL', 'PL', 'AT', 'LU', 'MT'][rank(8)] ?? null);
    return {
      gender: random() < 0.48 ? 'female' : random() < 0.9 ? 'male' : random() < 0.3 ? 'other' : null,
      age: random() < 0.04 ? null : Math.floor(18 + (random() + random()) * 42),
      country,
      city: country === null || random() < 0.1 ? null : `${country} ${rank(12)}`,
      income: random() < 0.1 ? null : Math.floor(10 ** (3.5 + (random() + random()) * 0.9) / 100) * 100,
    };
  });
};
