import type { Work } from '../breath.ts';
import type { Shape } from './shape.ts';

/** Steps between two times of asking whether somebody else has waited long enough. */
const stepsBetweenBreaths = 1 << 14;

/** Counts of all cells from those of the finest ones: everything is added to what it is a part of, one dimension after the other. */
export function* sumUp({ dimensions, cells }: Shape, counts: Float64Array): Work<void> {
  let steps = 0;
  for (const { nodes, parent, stride } of dimensions)
    for (let block = 0; block < cells; block += nodes * stride)
      for (let node = nodes - 1; node > 0; node--) {
        const from = block + node * stride;
        const to = block + (parent[node] ?? 0) * stride;
        for (let inner = 0; inner < stride; inner++)
          counts[to + inner] = (counts[to + inner] ?? 0) + (counts[from + inner] ?? 0);
        steps += stride;
        if (steps < stepsBetweenBreaths) continue;
        steps = 0;
        yield;
      }
}
