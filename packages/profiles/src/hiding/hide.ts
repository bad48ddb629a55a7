import type { Work } from '../breath.ts';
import type { Cube } from '../cube/build.ts';
import { limits } from '../limits.ts';
import {
  fixedBy,
  hiddenOf,
  type Line,
  lineOf,
  type Mask,
  parentOf,
  smallestTold,
  tellsTooMuch,
  widest,
} from './mask.ts';
import { hidePartners, isInsideHidden } from './partners.ts';
import { rangesOf } from './ranges.ts';
import { type Table, tablesOf } from './tables.ts';

const stepsBetweenBreaths = 1 << 10;

/**
 * Hides what has too few people, everything that is a part of something hidden, and partners for each hidden cell that is not. Answers whether
 * something was hidden that other cells are parts of, so that it has to be done again.
 */
function* hideTables(mask: Mask, tables: readonly Table[]): Work<boolean> {
  const { counts, hidden, covered, threshold } = mask;
  let isAgain = false;
  let steps = 0;
  for (const table of tables) {
    for (const cell of table.cells) {
      if (++steps % stepsBetweenBreaths === 0) yield;
      if (covered[cell] === 1) continue;
      const people = counts[cell] ?? 0;
      if (isInsideHidden(mask, cell, table)) {
        hidden[cell] = 1;
        covered[cell] = 1;
      } else if (people > 0 && people < threshold) hidden[cell] = 1;
    }
    for (const cell of table.cells) {
      if (hidden[cell] === 0 || covered[cell] === 1) continue;
      if (++steps % (stepsBetweenBreaths / 64) === 0) yield;
      const above = hidePartners(mask, cell, table);
      if (above === undefined) continue;
      hidden[above] = 1;
      isAgain = true;
    }
  }
  return isAgain;
}

/** Hides a cell that is hidden for the sake of others, unless it is everybody: how many they are is told anyway. */
const hideMore = (mask: Mask, cell: number): boolean => {
  const wide = widest(mask, cell);
  if (wide === 0 || mask.hidden[wide] === 1) return false;
  mask.hidden[wide] = 1;
  return true;
};

/** Hides nobody, too: who sees as many hidden numbers as there are people would know that each is of one person. */
const hideNobody = ({ counts, hidden }: Mask, { first, count, stride }: Line): boolean => {
  let hasHidden = false;
  for (let at = 0, cell = first; at < count; at++, cell += stride) {
    if (hidden[cell] === 1 || (counts[cell] ?? 0) > 0) continue;
    hidden[cell] = 1;
    hasHidden = true;
  }
  return hasHidden;
};

/** Hides more in lines whose hidden numbers come to a sum that tells too much. Answers whether it did. */
function* widenLines(mask: Mask, isUpward: boolean): Work<boolean> {
  const { shape, hidden, threshold } = mask;
  let hasHidden = false;
  for (let cell = 0; cell < shape.cells; cell++) {
    if (cell % stepsBetweenBreaths === 0) yield;
    for (const dimension of hidden[cell] === 1 ? [] : shape.dimensions) {
      const line = lineOf(cell, dimension);
      if (line.count === 0 || !tellsTooMuch(hiddenOf(mask, line), threshold)) continue;
      const beside = smallestTold(mask, line);
      const choices = isUpward ? [cell, beside] : [beside, cell];
      if (choices.some((more) => more !== undefined && hideMore(mask, more))) hasHidden = true;
      else if (cell === 0 && hideNobody(mask, line)) hasHidden = true;
    }
  }
  return hasHidden;
}

/**
 * Hides more for a hidden cell whose number follows from others: the smallest one beside it, at first; what it is a part of when that did not
 * help, with everything else in there.
 */
const widen = (mask: Mask, cell: number, isUpward: boolean): boolean => {
  const { counts, hidden } = mask;
  const parents = fixedBy(mask, cell).map((dimension) => ({ dimension, parent: parentOf(cell, dimension) }));
  const above = parents.find(({ parent }) => hidden[parent] === 1);
  if (above) return widen(mask, above.parent, isUpward);
  const smallestFirst = (cells: readonly number[]) =>
    cells.toSorted((one, other) => (counts[one] ?? 0) - (counts[other] ?? 0));
  const beside = parents.flatMap(({ dimension, parent }) => smallestTold(mask, lineOf(parent, dimension)) ?? []);
  const higher = smallestFirst(parents.map(({ parent }) => parent));
  const choices = isUpward ? [...higher, ...smallestFirst(beside)] : [...smallestFirst(beside), ...higher];
  return choices.some((more) => hideMore(mask, more));
};

/** Hides more for each cell of too few people whose number follows from what is told. Answers whether it did. */
function* widenWhatFollows(mask: Mask, isUpward: boolean): Work<boolean> {
  const { lowest, highest } = yield* rangesOf(mask);
  let hasHidden = false;
  for (let cell = 0; cell < mask.shape.cells; cell++) {
    if (cell % stepsBetweenBreaths === 0) yield;
    const people = mask.counts[cell] ?? 0;
    if (people === 0 || people >= mask.threshold || lowest[cell] !== highest[cell]) continue;
    if (widen(mask, cell, isUpward)) hasHidden = true;
  }
  return hasHidden;
}

/** What is left when nothing else helps: each value by itself, without any combination; and not even that. */
const hideFrom = (mask: Mask, tables: readonly Table[], depth: number) => {
  for (const table of tables) if (table.depth >= depth) for (const cell of table.cells) mask.hidden[cell] = 1;
  mask.covered.set(mask.hidden);
};

/**
 * Which cells of a cube are hidden, so that none of fewer people than the threshold is told or follows from what is told. Why that is so:
 * docs/decisions/023-hidden-cells.md.
 */
export function* hideCells(
  { shape, counts }: Pick<Cube, 'shape' | 'counts'>,
  threshold: number,
  rounds: number = limits.rounds,
): Work<Uint8Array> {
  const mask: Mask = {
    shape,
    counts,
    threshold,
    hidden: new Uint8Array(shape.cells),
    covered: new Uint8Array(shape.cells),
  };
  const tables = tablesOf(shape);
  yield;
  for (let round = 0; round <= rounds; round++) {
    if (round === rounds - 1) hideFrom(mask, tables, 2);
    if (round === rounds) hideFrom(mask, tables, 1);
    if (yield* hideTables(mask, tables)) continue;
    const isUpward = round >= limits.roundsBeside;
    if (yield* widenLines(mask, isUpward)) continue;
    if (yield* widenWhatFollows(mask, isUpward)) continue;
    break;
  }
  return mask.hidden;
}
