import { expect, test } from 'vitest';
import { anEntityWithColumns } from '../testing/exports.ts';
import { allColumns, moved, withColumns, withoutColumns } from './column-order.ts';

const { columns } = anEntityWithColumns();
const names = (chosen: { name: string }[]) => chosen.map(({ name }) => name).join(' ');

test('columns are added where the source has them', () => {
  const chosen = withColumns([{ name: 'Orders', as: 'Count' }], ['IsActive', 'CustomerId'], columns);
  expect(names(chosen)).toBe('CustomerId Orders IsActive');
  expect(chosen[1]?.as).toBe('Count');
  expect(names(withColumns(chosen, ['Orders'], columns))).toBe('CustomerId Orders IsActive');
});

test('an order of one’s own stays', () => {
  const own = moved(allColumns(columns), 0, 1);
  expect(names(own)).toBe('Orders CustomerId Since IsActive');
  expect(names(withColumns(withoutColumns(own, ['Since']), ['Since'], columns))).toBe(
    'Orders CustomerId Since IsActive',
  );
  expect(names(moved(own, 0, -1))).toBe(names(own));
});
