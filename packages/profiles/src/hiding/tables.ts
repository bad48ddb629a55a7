import type { Dimension, Shape } from '../cube/shape.ts';

/** The cells that fix the same dimensions, each at the same level. */
export type Table = {
  /** How many steps below everybody its cells are. */
  depth: number;
  /** The dimensions that are fixed. */
  fixed: readonly Dimension[];
  cells: Int32Array;
};

const cellsOf = ({ dimensions }: Shape, levels: readonly number[]) => {
  let cells = Int32Array.of(0);
  dimensions.forEach(({ stride, levels: ranges }, index) => {
    const { from, to } = ranges[levels[index] ?? 0] ?? { from: 0, to: 0 };
    const wider = new Int32Array(cells.length * (to - from));
    for (let node = from; node < to; node++)
      for (let at = 0; at < cells.length; at++)
        wider[(node - from) * cells.length + at] = (cells[at] ?? 0) + node * stride;
    cells = wider;
  });
  return cells;
};

/** All tables of a cube, each after those whose cells its own are parts of. */
export const tablesOf = (shape: Shape): Table[] =>
  shape.dimensions
    .reduce<number[][]>(
      (tables, { levels }) => tables.flatMap((table) => levels.map((_, level) => [...table, level])),
      [[]],
    )
    .map((levels) => ({
      depth: levels.reduce((sum, level) => sum + level, 0),
      fixed: shape.dimensions.filter((_, index) => levels[index] !== 0),
      cells: cellsOf(shape, levels),
    }))
    .toSorted((one, other) => one.depth - other.depth);
