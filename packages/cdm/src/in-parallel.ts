import { catalogLimits } from './limits.ts';

/** Works on a few items at a time; the first failure stops the rest. */
export const inParallel = async <Item, Result>(
  items: readonly Item[],
  signal: AbortSignal,
  work: (item: Item, signal: AbortSignal) => Promise<Result>,
): Promise<Result[]> => {
  const stop = new AbortController();
  const ending = AbortSignal.any([signal, stop.signal]);
  const results: Result[] = [];
  const queue = items.entries();
  const worker = async (): Promise<void> => {
    for (const [index, item] of queue) {
      ending.throwIfAborted();
      results[index] = await work(item, ending);
    }
  };
  try {
    await Promise.all(Array.from({ length: Math.min(catalogLimits.atOnce, items.length) }, worker));
  } catch (error) {
    stop.abort(error);
    throw error;
  }
  return results;
};
