import type { Work } from '../breath.ts';
import { nodeOf } from '../cube/shape.ts';
import { limits } from '../limits.ts';
import type { Mask } from './mask.ts';

/** What can be known of each cell by adding and taking away what is told, given that no number is below zero. */
export type Ranges = { lowest: Float64Array; highest: Float64Array };

const stepsBetweenBreaths = 1 << 12;

/** Narrows the ranges of a line, a total and its parts, with each other; answers with the cells whose range changed. */
const narrowLine = ({ lowest, highest }: Ranges, total: number, first: number, count: number, stride: number) => {
  let low = 0;
  let high = 0;
  for (let at = 0, cell = first; at < count; at++, cell += stride) {
    low += lowest[cell] ?? 0;
    high += highest[cell] ?? 0;
  }
  const changed: number[] = [];
  const narrow = (cell: number, least: number, most: number) => {
    if (least <= (lowest[cell] ?? 0) && most >= (highest[cell] ?? 0)) return;
    lowest[cell] = Math.max(least, lowest[cell] ?? 0);
    highest[cell] = Math.min(most, highest[cell] ?? 0);
    changed.push(cell);
  };
  narrow(total, low, high);
  const totalLow = lowest[total] ?? 0;
  const totalHigh = highest[total] ?? 0;
  if (totalLow === low && totalHigh === high && low === high) return changed;
  for (let at = 0, cell = first; at < count; at++, cell += stride) {
    const ownLow = lowest[cell] ?? 0;
    const ownHigh = highest[cell] ?? 0;
    if (ownLow < ownHigh) narrow(cell, totalLow - (high - ownHigh), totalHigh - (low - ownLow));
  }
  return changed;
};

/** The ranges of all cells, as anybody could work them out who has every number that is told. */
export function* rangesOf({ shape, counts, hidden }: Mask): Work<Ranges> {
  const { dimensions, cells } = shape;
  const everybody = counts[0] ?? 0;
  const lowest = counts.map((people, cell) => (hidden[cell] === 1 ? 0 : people));
  const highest = counts.map((people, cell) => (hidden[cell] === 1 ? everybody : people));
  const ranges = { lowest, highest };
  yield;

  // A line is worth a look again when the range of its total or of a part of it changed.
  const width = dimensions.length;
  const isDue = new Uint8Array(cells * width).fill(1);
  const becomeDue = (cell: number) => {
    for (let index = 0; index < width; index++) {
      const dimension = dimensions[index];
      if (!dimension) continue;
      const node = nodeOf(dimension, cell);
      isDue[cell * width + index] = 1;
      if (node > 0) isDue[(cell + ((dimension.parent[node] ?? 0) - node) * dimension.stride) * width + index] = 1;
    }
  };
  let steps = 0;
  for (let sweep = 0; sweep < limits.narrowings; sweep++) {
    let hasChanged = false;
    for (let cell = 0; cell < cells; cell++) {
      if (++steps % stepsBetweenBreaths === 0) yield;
      for (let index = 0; index < width; index++) {
        if (isDue[cell * width + index] === 0) continue;
        isDue[cell * width + index] = 0;
        const dimension = dimensions[index];
        if (!dimension) continue;
        const { firstChild, children, stride } = dimension;
        const node = nodeOf(dimension, cell);
        const count = children[node] ?? 0;
        if (count === 0) continue;
        const changed = narrowLine(ranges, cell, cell + ((firstChild[node] ?? 0) - node) * stride, count, stride);
        for (const other of changed) becomeDue(other);
        hasChanged ||= changed.length > 0;
      }
    }
    if (!hasChanged) break;
  }
  return ranges;
}
