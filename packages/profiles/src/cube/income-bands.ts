import { limits } from '../limits.ts';
import { incomeEdges } from '../tally.ts';

/** Bands from one fine band on to the last before the next one; the first is open below, the last above, so that both hold the extremes. */
export type IncomeBands = { keys: string[]; bandOf: (fine: number) => number };

/** The fine band that the given share of people is at or below. */
const percentile = (rows: readonly number[], share: number) => {
  const wanted = rows.reduce((sum, n) => sum + n, 0) * share;
  let sum = 0;
  return rows.findIndex((n) => {
    sum += n;
    return n > 0 && sum >= wanted;
  });
};

/** `from-to`, of the edges before two fine bands; nothing where a band is open. */
const keyOf = (first: number | null, next: number | null) => {
  const edge = (fine: number | null) => (fine === null ? '' : String(incomeEdges[fine - 1] ?? ''));
  return `${edge(first)}-${edge(next)}`;
};

/** Takes away what separates the two neighbours with the fewest people. */
const mergeFewest = (starts: number[], rows: readonly number[]) => {
  const people = (index: number) =>
    rows.slice(starts[index], starts[index + 1] ?? rows.length).reduce((sum, n) => sum + n, 0);
  const fewest = starts
    .slice(1)
    .map((_, index) => ({ index, n: people(index) + people(index + 1) }))
    .reduce((least, pair) => (pair.n < least.n ? pair : least));
  starts.splice(fewest.index + 1, 1);
};

/** At most ten bands of the fine ones; `rows` are the people in each of those. */
export const chooseIncomeBands = (rows: readonly number[]): IncomeBands => {
  const lowest = Math.max(0, percentile(rows, limits.incomeTail));
  const highest = Math.max(lowest, percentile(rows, 1 - limits.incomeTail));
  // The first starts below everything; one band alone is parted from the side that has more people.
  const starts = [0];
  for (let fine = lowest + 1; fine <= highest; fine++) starts.push(fine);
  if (lowest === highest) {
    const below = rows.slice(0, lowest).reduce((sum, n) => sum + n, 0);
    const above = rows.slice(lowest + 1).reduce((sum, n) => sum + n, 0);
    if (below === 0 && above === 0) return { keys: [keyOf(lowest || null, lowest + 1)], bandOf: () => 0 };
    starts.push(above >= below ? lowest + 1 : lowest);
  }
  while (starts.length > limits.incomeBands) mergeFewest(starts, rows);
  const keys = starts.map((start, index) => keyOf(index === 0 ? null : start, starts[index + 1] ?? null));
  return { keys, bandOf: (fine) => starts.findLastIndex((start) => start <= fine) };
};
