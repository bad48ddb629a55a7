import type { RawAnnotations } from './raw.ts';

const names = new Set(['rowcount', 'recordcount']);

const numberFrom = (value: unknown): number | undefined => {
  const count = typeof value === 'string' && /^\s*\d+\s*$/.test(value) ? Number(value) : value;
  return Number.isSafeInteger(count) && Number(count) >= 0 ? Number(count) : undefined;
};

/** The number of rows that annotations state; undefined when they do not, or not as a number. */
export const statedRows = (annotations: RawAnnotations): number | undefined => {
  const found = annotations?.find(({ name }) => names.has((name ?? '').trim().toLowerCase()));
  return found === undefined ? undefined : numberFrom(found.value);
};

/** What the entity itself states, else the sum of its partitions when every one of them states it. */
export const rowCountOf = (own: RawAnnotations, partitions: readonly RawAnnotations[]): number | undefined => {
  const stated = statedRows(own);
  if (stated !== undefined || partitions.length === 0) return stated;
  const counts = partitions.map(statedRows);
  const sum = counts.reduce<number>((total, count) => total + (count ?? Number.NaN), 0);
  return Number.isSafeInteger(sum) ? sum : undefined;
};
