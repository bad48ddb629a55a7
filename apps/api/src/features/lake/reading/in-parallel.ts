/**
 * Does something with each of many, a few at a time; the results are in the order of the items. After a failure nothing more is begun,
 * and what was begun has ended before it rejects.
 */
export const inParallel = async <In, Out>(
  items: readonly In[],
  atOnce: number,
  work: (item: In) => Promise<Out>,
): Promise<Out[]> => {
  const results: Out[] = new Array(items.length);
  const queue = items.entries();
  let failure: { error: unknown } | undefined;
  const lane = async () => {
    for (const [index, item] of queue) {
      if (failure) return;
      try {
        results[index] = await work(item);
      } catch (error) {
        failure ??= { error };
        return;
      }
    }
  };
  await Promise.all(Array.from({ length: Math.min(atOnce, items.length) }, lane));
  if (failure) throw failure.error;
  return results;
};
