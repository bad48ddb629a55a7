import type { ProfileTrait } from '@junction/contracts';

/**
 * What a report is made of: how many rows of the customers have which values. Counted beside the rows, so that no customer comes further than
 * the engine.
 */
export type CustomerTally = {
  /** All that could be read. */
  rows: number;
  /** Those that are not what their columns say; they are in no other number. */
  malformed: number;
  /** Null where no column is known to name a customer. */
  ids: { missing: number; repeated: number } | null;
  /** How many rows have which combination of values; each combination once. */
  cells: readonly TallyCell[];
  /** How many rows have which age in years, from 0 to 120. */
  ages: readonly { years: number; rows: number }[];
  /** How many rows have which income, rounded to three significant digits. */
  incomes: readonly { value: number; rows: number }[];
  /** Rows with any value, understood or not, in each column that is mapped. */
  filled: Partial<Record<ProfileTrait, number>>;
  odd: {
    birthDatesUnreadable: number;
    birthDatesInFuture: number;
    birthDatesPlaceholder: number;
    agesOver120: number;
    gendersNotUnderstood: number;
    countriesNotUnderstood: number;
    incomesUnreadable: number;
    incomesNegative: number;
  };
};

export type TallyCell = {
  /** A value of `genderWords`; null for nothing, or what they do not have. */
  gender: string | null;
  /** The lower bound of ten years: 0 to 100, which is open. */
  age: number | null;
  /** A value of `countryWords`; null for nothing, or what they do not have. */
  country: string | null;
  /** As people write it; `restOfCities` for one of too many. */
  city: string | null;
  /** How many of `incomeEdges` the income reaches; 0 is below all of them. */
  income: number | null;
  rows: number;
};

/** Stands for every city of a country that is not counted by itself, because there are too many. No city has this name. */
export const restOfCities = '\u0000';

/** The bounds of the fine bands that incomes are counted in, whatever currency they have: 0, then 100, 150, 200, 300, 400, 500, 700, 1,000 and so on. */
export const incomeEdges: readonly number[] = [
  0,
  ...[100, 1_000, 10_000, 100_000, 1_000_000, 10_000_000].flatMap((decade) =>
    [1, 1.5, 2, 3, 4, 5, 7].map((step) => step * decade),
  ),
  100_000_000,
];
