/** Lets only so many go at a time, the others in the order they came. */
export type Turns = {
  /** Runs the work when it is its turn; rejects with the signal's reason when that comes first. */
  take<Result>(signal: AbortSignal, work: () => Promise<Result>): Promise<Result>;
};

/** Turns for a number of places. */
export const createTurns = (places: number): Turns => {
  let free = places;
  const waiting = new Set<() => void>();

  const arrive = async (signal: AbortSignal): Promise<void> => {
    signal.throwIfAborted();
    if (free > 0) {
      free -= 1;
      return;
    }
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    const giveUp = () => {
      waiting.delete(resolve);
      reject(signal.reason);
    };
    waiting.add(resolve);
    signal.addEventListener('abort', giveUp, { once: true });
    await promise.finally(() => signal.removeEventListener('abort', giveUp));
  };

  const leave = (): void => {
    const [next] = waiting;
    if (next === undefined) {
      free += 1;
      return;
    }
    waiting.delete(next);
    next();
  };

  return {
    take: async (signal, work) => {
      await arrive(signal);
      try {
        return await work();
      } finally {
        leave();
      }
    },
  };
};
