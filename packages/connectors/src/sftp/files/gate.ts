/** Lets so many through at a time; the others wait in the order they came. */
export const openGate = (places: number) => {
  let free = places;
  const waiting: (() => void)[] = [];
  const enter = (): Promise<void> | undefined => {
    if (free === 0) return new Promise((resolve) => waiting.push(resolve));
    free -= 1;
    return undefined;
  };
  const leave = () => {
    const next = waiting.shift();
    if (next === undefined) free += 1;
    else next();
  };
  return async <Value>(work: () => Promise<Value>): Promise<Value> => {
    await enter();
    return work().finally(leave);
  };
};
