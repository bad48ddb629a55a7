import type { EntityColumn } from '@junction/contracts';
import type { ColumnDraft } from './form-values.ts';

/** All columns as they come, each under its own name. */
export const allColumns = (columns: readonly EntityColumn[]): ColumnDraft[] =>
  columns.map(({ name }) => ({ name, as: '' }));

/** Adds columns, each after the nearest one that stands before it in the source; the order of the chosen ones stays. */
export const withColumns = (
  chosen: readonly ColumnDraft[],
  names: readonly string[],
  columns: readonly EntityColumn[],
): ColumnDraft[] => {
  const order = new Map(columns.map(({ name }, index) => [name, index]));
  const result = [...chosen];
  for (const name of names) {
    if (result.some((column) => column.name === name)) continue;
    const place = order.get(name) ?? columns.length;
    const after = result.findLastIndex((column) => (order.get(column.name) ?? columns.length) < place);
    result.splice(after + 1, 0, { name, as: '' });
  }
  return result;
};

export const withoutColumns = (chosen: readonly ColumnDraft[], names: readonly string[]): ColumnDraft[] => {
  const gone = new Set(names);
  return chosen.filter(({ name }) => !gone.has(name));
};

/** Moves one column up (-1) or down (1). */
export const moved = (chosen: readonly ColumnDraft[], index: number, by: -1 | 1): ColumnDraft[] => {
  const [column, other] = [chosen[index], chosen[index + by]];
  if (column === undefined || other === undefined) return [...chosen];
  return chosen.with(index, other).with(index + by, column);
};
