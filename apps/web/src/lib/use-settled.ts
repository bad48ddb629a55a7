import { useEffect, useState } from 'react';

/** As long as somebody types, nothing is asked. */
const settleMs = 250;

/** A value once it has not changed for a moment: what a search asks the server for. Emptied, it counts at once. */
export const useSettled = (value: string): string => {
  const [settled, setSettled] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(value), settleMs);
    return () => clearTimeout(timer);
  }, [value]);
  return value === '' ? value : settled;
};
