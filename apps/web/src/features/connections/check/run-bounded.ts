/** How many requests of a bulk action are on their way at the same time: quick, and still far from any rate limit. */
const atOnce = 4;

export type Outcome<Item> = { item: Item; error?: Error };

/**
 * Does `work` for each item, a few at a time, and resolves with how each went, in the order of the items. One failure
 * does not stop the others. `onDone` hears the number of items that are through.
 */
export const runBounded = async <Item>(
  items: readonly Item[],
  work: (item: Item) => Promise<unknown>,
  onDone: (count: number) => void = () => {},
): Promise<Outcome<Item>[]> => {
  const outcomes: Outcome<Item>[] = items.map((item) => ({ item }));
  const queue = outcomes.values();
  let done = 0;
  const runNext = async (): Promise<void> => {
    for (const outcome of queue) {
      try {
        await work(outcome.item);
      } catch (error) {
        outcome.error = error instanceof Error ? error : new Error(String(error));
      }
      done += 1;
      onDone(done);
    }
  };
  await Promise.all(Array.from({ length: Math.min(atOnce, items.length) }, runNext));
  return outcomes;
};
