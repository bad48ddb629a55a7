import { expect, test } from 'vitest';
import { type Column, columnWidths, fittingColumns, nextOrder, parseOrder } from './columns.ts';

const column = (key: string, minWidth: number, more: Partial<Column<object>> = {}): Column<object> => ({
  key,
  title: key,
  minWidth,
  render: () => null,
  ...more,
});
const columns = [
  column('name', 140),
  column('email', 180, { leavesAt: 1 }),
  column('role', 90),
  column('added', 100, { leavesAt: 3 }),
  column('state', 110, { leavesAt: 2 }),
];
const extras = { hasSelection: false, hasActions: true };
const keys = (width: number | undefined) => fittingColumns(columns, width, extras).map(({ key }) => key);

test('all columns show where there is room, and while the width is not known', () => {
  expect(keys(1000)).toHaveLength(5);
  expect(keys(undefined)).toHaveLength(5);
});

test('columns leave in their order as the table gets narrower, and some never', () => {
  expect(keys(700)).toEqual(['name', 'email', 'role', 'state']);
  expect(keys(600)).toEqual(['name', 'email', 'role']);
  expect(keys(400)).toEqual(['name', 'role']);
  expect(keys(100)).toEqual(['name', 'role']);
});

test('columns share the room that is left and fill the table', () => {
  const widths = columnWidths(columns, 1300, extras);
  const paddings = columns.length * 20 + 60;
  expect(widths.reduce((sum, width) => sum + width, 0)).toBe(1300 - paddings);
  expect(widths.every((width, index) => width >= (columns[index]?.minWidth ?? 0))).toBe(true);
});

test('columns that must stay shrink together, so that nothing is pushed out', () => {
  expect(columnWidths([column('a', 140), column('b', 60)], 200, { hasSelection: false, hasActions: true })).toEqual([
    70, 30,
  ]);
});

test('what a column may not take goes to the first', () => {
  const widths = columnWidths([column('a', 100), column('b', 100, { maxWidth: 120 })], 1040, {
    hasSelection: false,
    hasActions: false,
  });
  expect(widths).toEqual([880, 120]);
});

test('a click on a head sorts up, another down, and another head up again', () => {
  expect(nextOrder('', 'name')).toBe('name');
  expect(nextOrder('name', 'name')).toBe('name desc');
  expect(nextOrder('name desc', 'name')).toBe('name');
  expect(nextOrder('name desc', 'role')).toBe('role');
  expect(parseOrder('name desc')).toEqual({ field: 'name', isDescending: true });
});
