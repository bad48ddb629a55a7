import type { EntityColumn } from '@junction/contracts';
import type { Tolerance } from '../malformed.ts';

/** What is told of customers, as far as their entity has a column for it. */
export type TallyTrait = 'gender' | 'birthDate' | 'country' | 'city' | 'postalCode' | 'income';

/** What is to be tallied. */
export type TallyInput = {
  /** All columns of the entity in the order of its files. */
  columns: readonly EntityColumn[];
  /** The names of the columns that tell who a customer is, and of what kind; what no column tells is left out. */
  mapping: Partial<Record<'id' | TallyTrait, string>>;
  /** The code of a gender or country for each text that means one, trimmed and in lower case. */
  words: Record<'gender' | 'country', ReadonlyMap<string, string>>;
  /** Where bands of incomes begin, in ascending order. */
  incomeEdges: readonly number[];
  /** The day that ages are as of: `2026-11-22`. */
  today: string;
  malformed: Tolerance;
};

/** How many rows have the same values; null is nothing, or nothing that was understood. */
export type TalliedCell = {
  gender: string | null;
  /** The lower bound of ten years, from 0 to 100. */
  age: number | null;
  country: string | null;
  /** Its most frequent spelling; `otherCities` where it is not among the largest. */
  city: string | null;
  /** How many of the edges are not above it. */
  income: number | null;
  rows: number;
};

/** Counts of rows; nothing in it is about one of them. */
export type Tallied = {
  /** Those that could be read. */
  rows: number;
  /** Those that could not, and are in no other number. */
  malformed: number;
  /** Rows without an id, and rows with one that another row has too; null without a column of ids. */
  ids: { missing: number; repeated: number } | null;
  /** Each combination once. */
  cells: TalliedCell[];
  ages: { years: number; rows: number }[];
  /** Rounded to three significant digits. */
  incomes: { value: number; rows: number }[];
  /** Rows with anything in a column, understood or not. */
  filled: Partial<Record<TallyTrait, number>>;
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

/** Stands for every city that is not among the largest. No city has this name. */
export const otherCities = '\u0000';
