import { type Dimension, nodeOf, type Shape } from '../cube/shape.ts';

/** A cube, and which of its cells are hidden. Hidden ones are never shown again. */
export type Mask = {
  shape: Shape;
  counts: Float64Array;
  threshold: number;
  /** 1 for a cell that is not told. */
  hidden: Uint8Array;
  /** 1 for a hidden cell that nothing has to be hidden for any more. */
  covered: Uint8Array;
};

/** The cell that a cell is a part of in a dimension that it fixes. */
export const parentOf = (cell: number, dimension: Dimension): number => {
  const node = nodeOf(dimension, cell);
  return cell + ((dimension.parent[node] ?? 0) - node) * dimension.stride;
};

/** The cells that a cell falls into in a dimension: `first`, and `count` in all, one `stride` apart. */
export type Line = { first: number; count: number; stride: number };

export const lineOf = (cell: number, dimension: Dimension): Line => {
  const node = nodeOf(dimension, cell);
  const first = cell + ((dimension.firstChild[node] ?? 0) - node) * dimension.stride;
  return { first, count: dimension.children[node] ?? 0, stride: dimension.stride };
};

/** The dimensions that a cell fixes. */
export const fixedBy = ({ shape }: Mask, cell: number): Dimension[] =>
  shape.dimensions.filter((dimension) => nodeOf(dimension, cell) > 0);

/** The widest cell of the same people for its place: a value that has no other one beside it says nothing. */
export const widest = (mask: Mask, cell: number): number => {
  const idle = fixedBy(mask, cell).find((dimension) => lineOf(parentOf(cell, dimension), dimension).count === 1);
  return idle ? widest(mask, parentOf(cell, idle)) : cell;
};

/** What is hidden of a line: how many people, and in how many cells that have any. */
export const hiddenOf = ({ counts, hidden }: Mask, { first, count, stride }: Line) => {
  let people = 0;
  let cells = 0;
  for (let at = 0, cell = first; at < count; at++, cell += stride)
    if (hidden[cell] === 1 && (counts[cell] ?? 0) > 0) {
      people += counts[cell] ?? 0;
      cells++;
    }
  return { people, cells };
};

/** The cell of a line with the fewest people of those that are told and have any. */
export const smallestTold = ({ counts, hidden }: Mask, { first, count, stride }: Line): number | undefined => {
  let smallest: number | undefined;
  for (let at = 0, cell = first; at < count; at++, cell += stride) {
    const people = counts[cell] ?? 0;
    if (hidden[cell] === 0 && people > 0 && (smallest === undefined || people < (counts[smallest] ?? 0)))
      smallest = cell;
  }
  return smallest;
};

/**
 * Whether the sum of hidden numbers tells too much: of fewer people than the threshold, or one that only the smallest or the largest numbers
 * that are hidden for themselves come to.
 */
export const tellsTooMuch = ({ people, cells }: { people: number; cells: number }, threshold: number): boolean =>
  cells > 0 && (people < threshold || people === cells || people === cells * (threshold - 1));
