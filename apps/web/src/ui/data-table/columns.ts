import type { ReactNode } from 'react';

/** A column of a data table. */
export type Column<Row> = {
  key: string;
  title: string;
  render: (row: Row) => ReactNode;
  /** The field to order by; a column without cannot be sorted. */
  sortBy?: string;
  minWidth: number;
  maxWidth?: number;
  /** Numbers are aligned at the end. */
  isNumber?: boolean;
  /** Columns with a higher number leave first when the table is narrow; those without stay. */
  leavesAt?: number;
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
  let shown = columns;
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
 * How wide each column is: its minimum, and its share of what is left, in proportion to the minimum; what a column may not
 * take (`maxWidth`) goes to the first.
 */
export const columnWidths = <Row>(
  columns: readonly Column<Row>[],
  width: number,
  extras: { hasSelection: boolean; hasActions: boolean },
): number[] => {
  const taken = (extras.hasSelection ? checkboxWidth : 0) + (extras.hasActions ? actionsWidth + cellPadding : 0);
  const room = width - taken - columns.length * cellPadding;
  const minimum = columns.reduce((sum, column) => sum + column.minWidth, 0);
  // Less than 1 where even the columns that stay do not fit at their minimum: the ⋮ of a row must not be pushed out.
  const factor = room / minimum;
  const widths = columns.map(({ minWidth, maxWidth }) =>
    Math.floor(Math.min(minWidth * factor, maxWidth ?? Number.POSITIVE_INFINITY)),
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
