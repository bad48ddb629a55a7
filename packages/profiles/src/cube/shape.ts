/**
 * One dimension of a cube as a tree of nodes: node 0 is everybody, after it come its values, and after all of those the values inside each of
 * them, if there are any. So the children of a node lie side by side, and a parent has a smaller number than its children.
 */
export type Dimension = {
  nodes: number;
  parent: Int32Array;
  firstChild: Int32Array;
  children: Int32Array;
  /** The first node of each level, and one past the last. */
  levels: readonly { from: number; to: number }[];
  /** How far apart two neighbours of this dimension are among the cells. */
  stride: number;
};

/**
 * A cube of counts: a cell for every combination of one node of each dimension. Cells are numbered so that what a cell is a part of has a
 * smaller number than the cell.
 */
export type Shape = { dimensions: readonly Dimension[]; cells: number };

/** The nodes of a dimension by how many values are inside each of its values. */
const dimension = (inside: readonly number[], stride: number): Dimension => {
  const values = inside.length;
  const nodes = 1 + values + inside.reduce((sum, n) => sum + n, 0);
  const parent = new Int32Array(nodes).fill(-1);
  const firstChild = new Int32Array(nodes);
  const children = new Int32Array(nodes);
  firstChild[0] = 1;
  children[0] = values;
  let next = 1 + values;
  inside.forEach((n, index) => {
    const node = index + 1;
    parent[node] = 0;
    firstChild[node] = next;
    children[node] = n;
    parent.fill(node, next, next + n);
    next += n;
  });
  const levels = [
    { from: 0, to: 1 },
    { from: 1, to: 1 + values },
    { from: 1 + values, to: nodes },
  ].filter(({ from, to }) => to > from);
  return { nodes, parent, firstChild, children, levels, stride };
};

/** For each dimension, how many values are inside each of its values. A dimension without values is one that nothing is known of. */
export const shapeOf = (insides: readonly (readonly number[])[]): Shape => {
  const dimensions: Dimension[] = [];
  let cells = 1;
  for (const inside of insides) {
    const made = dimension(inside, cells);
    dimensions.push(made);
    cells *= made.nodes;
  }
  return { dimensions, cells };
};

/** The node of a cell in a dimension. */
export const nodeOf = ({ stride, nodes }: Dimension, cell: number): number => ((cell / stride) | 0) % nodes;
