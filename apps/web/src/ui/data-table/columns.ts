import type { ReactNode } from 'react';

/** A column of a data table. */
export type Column<Row> = {
  key: string;
  title: string;
  /** The content of a cell; a string may take two lines, and ends in … after that. */
  render: (row: Row) => ReactNode;
  /** The field to order by; a column without cannot be sorted. */
  sortBy?: string;
  minWidth: number;
  /** The width at which ordinary content reads well; it is reached before the other columns get more than their minimum. */
  goodWidth?: number;
  maxWidth?: number;
  /** Numbers are aligned at the end. */
  isNumber?: boolean;
  /** Columns with a higher number leave first when the table is narrow; those without stay. */
  leavesAt?: number;
  /** In a table narrower than this the column leaves also when its minimum would fit, for the good of the others. */
  leavesBelow?: number;
};

/** Room that Fluent takes per cell besides the column's own width, and for the check box and ⋮ of a row. */
const cellPadding = 20;
const checkboxWidth = 48;
export const actionsWidth = 40;

/**
 * The columns that fit into `width` pixels at their minimum widths: those that leave first go first. An unknown width
 * shows all of them.
 */
export const fittingColumns = <Row>(
  columns: readonly Column<Row>[],
  width: number | undefined,
  extras: { hasSelection: boolean; hasActions: boolean },
): readonly Column<Row>[] => {
  if (width === undefined) return columns;
  const taken = (extras.hasSelection ? checkboxWidth : 0) + (extras.hasActions ? actionsWidth + cellPadding : 0);
  const needed = (shown: readonly Column<Row>[]) =>
    shown.reduce((sum, column) => sum + column.minWidth + cellPadding, taken);
  let shown = columns.filter(({ leavesBelow = 0 }) => width >= leavesBelow);
  while (needed(shown) > width) {
    const leaving = shown.reduce<Column<Row> | undefined>(
      (first, column) =>
        column.leavesAt !== undefined && column.leavesAt >= (first?.leavesAt ?? Number.NEGATIVE_INFINITY)
          ? column
          : first,
      undefined,
    );
    if (leaving === undefined) return shown;
    shown = shown.filter((column) => column !== leaving);
  }
  return shown;
};

/**
 * How wide each column is: its minimum, what it lacks of its good width, and its share of what is then left, in proportion
 * to the minimum; what a column may not take (`maxWidth`) goes to the first.
 */
export const columnWidths = <Row>(
  columns: readonly Column<Row>[],
  width: number,
  extras: { hasSelection: boolean; hasActions: boolean },
): number[] => {
  const taken = (extras.hasSelection ? checkboxWidth : 0) + (extras.hasActions ? actionsWidth + cellPadding : 0);
  const room = width - taken - columns.length * cellPadding;
  const lackOf = ({ minWidth, goodWidth = 0 }: Column<Row>) => Math.max(goodWidth - minWidth, 0);
  const minimum = columns.reduce((sum, column) => sum + column.minWidth, 0);
  const lack = columns.reduce((sum, column) => sum + lackOf(column), 0);
  const spare = Math.max(room - minimum, 0);
  const filled = lack === 0 ? 0 : Math.min(spare / lack, 1);
  // Less than 1 where even the columns that stay do not fit at their minimum: the ⋮ of a row must not be pushed out.
  const factor = (Math.min(room, minimum) + spare - lack * filled) / minimum;
  const widths = columns.map((column) =>
    Math.floor(
      Math.min(column.minWidth * factor + lackOf(column) * filled, column.maxWidth ?? Number.POSITIVE_INFINITY),
    ),
  );
  const rest = Math.floor(room - widths.reduce((sum, each) => sum + each, 0));
  return widths.map((each, index) => (index === 0 && rest > 0 ? each + rest : each));
};

/** The order of a list as the address and the API write it: `name` or `name desc`. */
export type Order = { field: string; isDescending: boolean };

export const parseOrder = (text: string): Order => {
  const [field = '', direction] = text.trim().split(/\s+/);
  return { field, isDescending: direction === 'desc' };
};

/** The order after a click on a column: ascending first, then the other way round. */
export const nextOrder = (current: string, sortBy: string): string => {
  const order = parseOrder(current);
  return order.field === sortBy && !order.isDescending ? `${sortBy} desc` : sortBy;
};
