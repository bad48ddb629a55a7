import { useEffect, useState } from 'react';

/** True once `is` has been true for `delayMs` without a break, so that what is quick shows no waiting at all. */
export const useLater = (is: boolean, delayMs: number): boolean => {
  const [isLater, setLater] = useState(false);
  useEffect(() => {
    if (!is) return setLater(false);
    const timer = setTimeout(() => setLater(true), delayMs);
    return () => clearTimeout(timer);
  }, [is, delayMs]);
  return is && isLater;
};
