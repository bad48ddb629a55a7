import type { Dimension } from '../cube/shape.ts';
import { limits } from '../limits.ts';
import { hiddenOf, lineOf, type Mask, parentOf } from './mask.ts';
import type { Table } from './tables.ts';

// A hidden cell needs partners: in each dimension that it fixes a second value, so that all cells that mix its values with those are hidden,
// too. Then people can be moved around on these corners without any number changing that is told.

/** What it costs when no people could be moved, or a line tells of too few: more than hiding everybody. */
const costOfWeakness = 1e12;
/** An empty cell that is hidden costs a little, so that cells that are hidden anyway are preferred. */
const costOfEmptyCell = 0.5;

const costOf = ({ counts, hidden }: Mask, cell: number) =>
  hidden[cell] === 1 ? 0 : (counts[cell] ?? 0) + costOfEmptyCell;

/** How far away the best values of a dimension are, as a distance between cells. */
const candidates = (mask: Mask, cell: number, dimension: Dimension, most: number): number[] => {
  const line = lineOf(parentOf(cell, dimension), dimension);
  const { people, cells } = hiddenOf(mask, line);
  const found: { delta: number; cost: number }[] = [];
  for (let at = 0, other = line.first; at < line.count; at++, other += line.stride) {
    if (other === cell) continue;
    const own = mask.counts[other] ?? 0;
    const isNew = mask.hidden[other] === 0;
    const isWeak = people + (isNew ? own : 0) < mask.threshold;
    const isAlone = cells + (isNew && own > 0 ? 1 : 0) < 2;
    // An empty partner that is hidden already comes after one with people, who could be moved.
    const cost = costOf(mask, other) + (own === 0 ? costOfEmptyCell : 0);
    found.push({ delta: other - cell, cost: cost + (isWeak || isAlone ? costOfWeakness : 0) });
  }
  return found
    .toSorted((one, other) => one.cost - other.cost)
    .slice(0, most)
    .map(({ delta }) => delta);
};

/** How far the corners are from the cell, by which of the dimensions have the partner's value. */
const cornersOf = (deltas: readonly number[]): number[] => {
  const corners = [0];
  for (const delta of deltas) corners.push(...corners.map((corner) => corner + delta));
  return corners;
};

/** Whether an even number of the dimensions of a corner have the partner's value. */
const isEven = (corner: number) => {
  let rest = corner;
  let even = true;
  for (; rest > 0; rest &= rest - 1) even = !even;
  return even;
};

const costOfCorners = (mask: Mask, cell: number, corners: readonly number[]) => {
  let cost = 0;
  let canGiveEven = true;
  let canGiveOdd = true;
  corners.forEach((delta, corner) => {
    cost += costOf(mask, cell + delta);
    if ((mask.counts[cell + delta] ?? 0) > 0) return;
    if (isEven(corner)) canGiveEven = false;
    else canGiveOdd = false;
  });
  return canGiveEven || canGiveOdd ? cost : cost + costOfWeakness;
};

const combinations = (choices: readonly (readonly number[])[]): number[][] =>
  choices.reduce<number[][]>((made, next) => made.flatMap((one) => next.map((delta) => [...one, delta])), [[]]);

/**
 * Hides the corners that cost the fewest people. Where a dimension has no second value, the cell says the same as what it is a part of, which
 * is hidden then: the answer is that cell.
 */
export const hidePartners = (mask: Mask, cell: number, { fixed }: Table): number | undefined => {
  const most = limits.partners[fixed.length] ?? 2;
  const choices = fixed.map((dimension) => candidates(mask, cell, dimension, most));
  const alone = choices.findIndex((deltas) => deltas.length === 0);
  const dimension = fixed[alone];
  if (dimension) return parentOf(cell, dimension);
  let best: number[] = [];
  let least = Number.POSITIVE_INFINITY;
  for (const deltas of combinations(choices)) {
    const corners = cornersOf(deltas);
    const cost = costOfCorners(mask, cell, corners);
    if (cost >= least) continue;
    least = cost;
    best = corners;
    if (cost === 0) break;
  }
  for (const delta of best) {
    mask.hidden[cell + delta] = 1;
    mask.covered[cell + delta] = 1;
  }
  return undefined;
};

/** Whether a cell is a part of one that is hidden; then that one's partners are its own. */
export const isInsideHidden = ({ hidden }: Mask, cell: number, { fixed }: Table): boolean =>
  fixed.some((dimension) => hidden[parentOf(cell, dimension)] === 1);
