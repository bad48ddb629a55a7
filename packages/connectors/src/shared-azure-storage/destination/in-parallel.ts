/**
 * Does some work for every item, a few at a time. The first failure ends what else is under way and is what this rejects with; it is
 * over only when nothing is under way any more.
 */
export const inParallel = async <Item>(
  items: Iterable<Item> | AsyncIterable<Item>,
  parallel: number,
  signal: AbortSignal,
  work: (item: Item, signal: AbortSignal) => Promise<void>,
): Promise<void> => {
  const failing = new AbortController();
  const ending = AbortSignal.any([signal, failing.signal]);
  const waiting = (async function* () {
    yield* items;
  })();
  let failure: { error: unknown } | undefined;
  const workOff = async (): Promise<void> => {
    try {
      for (let next = await waiting.next(); next.done !== true; next = await waiting.next()) {
        if (failure !== undefined) return;
        await work(next.value, ending);
      }
    } catch (error) {
      failure ??= { error };
      failing.abort(error);
    }
  };
  await Promise.all(Array.from({ length: parallel }, workOff));
  if (failure === undefined) return;
  await waiting.return();
  throw failure.error;
};
