import {
  type ProfileMapping,
  type ProfileNote,
  type ProfileTrait,
  profileNoteCodes,
  profileTraits,
} from '@junction/contracts';
import { hiddenParts } from '../hiding/parts.ts';
import type { CustomerTally } from '../tally.ts';

type Code = ProfileNote['code'];
type Facts = { completeness: { trait: ProfileTrait; column: string; filled: number | null }[]; notes: ProfileNote[] };

/** What the bars of a trait say of those of whom nothing is known; null where that is hidden, undefined where there are no such bars. */
export type Unknown = (trait: ProfileTrait) => number | null | undefined;

/** How many there are of what a note tells of. */
const rowsOf = ({ odd, ids, malformed }: CustomerTally): Record<Code, number> => ({
  ...odd,
  duplicateIds: ids?.repeated ?? 0,
  missingIds: ids?.missing ?? 0,
  rowsMalformed: malformed,
});

/** What people can be unknown for, besides having nothing in the column. */
const reasons: Partial<Record<ProfileTrait, readonly Code[]>> = {
  gender: ['gendersNotUnderstood'],
  birthDate: ['birthDatesUnreadable', 'birthDatesInFuture', 'birthDatesPlaceholder', 'agesOver120'],
  country: ['countriesNotUnderstood'],
  income: ['incomesUnreadable', 'incomesNegative'],
};

/** Stands for the people with nothing in a column, and for those with something that means nothing. */
const empty = 'empty';
const meaningless = 'meaningless';

/**
 * Which of the numbers about a column are hidden. The unknown are those with nothing in it and those whose value was not understood, so what is
 * told of these must not tell how many the others are. `known` has notes about people who are known all the same.
 */
const hiddenOfTrait = (
  tally: CustomerTally,
  trait: ProfileTrait,
  unknown: number | null | undefined,
  threshold: number,
) => {
  const rows = rowsOf(tally);
  const negativesAreKnown = tally.cells.some(({ income }) => income === 0);
  const codes = (reasons[trait] ?? []).filter((code) => code !== 'incomesNegative' || !negativesAreKnown);
  const missing = tally.rows - (tally.filled[trait] ?? 0);
  const parts = new Map<Code | typeof empty | typeof meaningless, number>([[empty, missing]]);
  for (const code of codes) parts.set(code, rows[code]);
  const sum = [...parts.values()].reduce((all, n) => all + n, 0);
  if (unknown === null) return new Set(parts.keys());
  if (unknown === undefined) return hiddenParts(parts.set(meaningless, tally.rows - sum), threshold);
  // More reasons than people: somebody is counted twice, so no line adds up.
  if (sum > unknown) return new Set(parts.keys());
  return hiddenParts(parts.set(meaningless, unknown - sum), threshold);
};

/** Notes about people who are told of in a bar: those, and who is with them there, must be many enough. */
const isNegativesHidden = (tally: CustomerTally, lowestBar: number | null | undefined, threshold: number) => {
  const negatives = tally.odd.incomesNegative;
  const others = (lowestBar ?? 0) - negatives;
  return typeof lowestBar !== 'number' || negatives < threshold || (others !== 0 && others < threshold);
};

/** How complete each column is and what was odd in it, without what would tell of too few people. */
export const factsOf = (
  tally: CustomerTally,
  {
    threshold,
    columns,
    unknown,
    unknownCities,
    lowestIncome,
  }: {
    threshold: number;
    columns: ProfileMapping;
    unknown: Unknown;
    /** The unknown cities of each country; null for one that is hidden. */
    unknownCities: readonly (number | null)[];
    /** The people of the lowest bar of incomes, as told. */
    lowestIncome: number | null | undefined;
  },
): Facts => {
  const hidden = new Set<string>();
  const completeness = profileTraits.flatMap((trait) => {
    const column = columns[trait];
    if (column === undefined) return [];
    const parts = hiddenOfTrait(tally, trait, unknown(trait), threshold);
    for (const part of parts) hidden.add(part);
    const filled = tally.filled[trait] ?? 0;
    const isHidden =
      parts.has(empty) ||
      (filled > 0 && filled < threshold) ||
      (trait === 'city' && tellsOfCities(tally, unknownCities, threshold));
    return [{ trait, column, filled: isHidden ? null : filled }];
  });
  if (tally.cells.some(({ income }) => income === 0) && isNegativesHidden(tally, lowestIncome, threshold))
    hidden.add('incomesNegative');
  const rows = rowsOf(tally);
  const notes = profileNoteCodes
    .filter((code) => rows[code] > 0)
    .map((code) => ({ code, rows: hidden.has(code) || rows[code] < threshold ? null : rows[code] }));
  return { completeness, notes };
};

/** Whether the people without a city would tell of those without one in a country whose number is hidden, or in none. */
const tellsOfCities = (tally: CustomerTally, unknownCities: readonly (number | null)[], threshold: number) => {
  const missing = tally.rows - (tally.filled.city ?? 0);
  const told = unknownCities.reduce<number>((sum, people) => sum + (people ?? 0), 0);
  const rest = Math.abs(missing - told);
  return unknownCities.includes(null) || (rest > 0 && rest < threshold);
};
