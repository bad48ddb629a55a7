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

test('a column that says so leaves before the others are squeezed', () => {
  const polite = [column('name', 100), column('type', 100, { leavesBelow: 500 })];
  expect(fittingColumns(polite, 499, extras).map(({ key }) => key)).toEqual(['name']);
  expect(fittingColumns(polite, 500, extras).map(({ key }) => key)).toEqual(['name', 'type']);
});

test('columns reach their good width before the others get more than their minimum', () => {
  const wanting = [column('a', 100, { goodWidth: 200 }), column('b', 100), column('c', 100, { goodWidth: 150 })];
  const widthsAt = (room: number) => columnWidths(wanting, room + 60, { hasSelection: false, hasActions: false });
  expect(widthsAt(375)).toEqual([150, 100, 125]);
  expect(widthsAt(450)).toEqual([200, 100, 150]);
  expect(widthsAt(480)).toEqual([210, 110, 160]);
});

test('a click on a head sorts up, another down, and another head up again', () => {
  expect(nextOrder('', 'name')).toBe('name');
  expect(nextOrder('name', 'name')).toBe('name desc');
  expect(nextOrder('name desc', 'name')).toBe('name');
  expect(nextOrder('name desc', 'role')).toBe('role');
  expect(parseOrder('name desc')).toEqual({ field: 'name', isDescending: true });
});
