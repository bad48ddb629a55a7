import { limits } from '../limits.ts';

/** The value in the middle, or between the two in the middle; null for too few to tell. */
export const medianOf = (values: readonly { value: number; rows: number }[], threshold: number): number | null => {
  const people = values.reduce((sum, { rows }) => sum + rows, 0);
  if (people === 0 || people < limits.medianThresholds * threshold) return null;
  const sorted = values.toSorted((one, other) => one.value - other.value);
  /** The value of who is at a place, counted from 0. */
  const at = (place: number) => {
    let sum = 0;
    return sorted.find(({ rows }) => {
      sum += rows;
      return sum > place;
    })?.value;
  };
  const low = at(Math.floor((people - 1) / 2));
  const high = at(Math.floor(people / 2));
  return low === undefined || high === undefined ? null : (low + high) / 2;
};
