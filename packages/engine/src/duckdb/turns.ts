/** Lets only so many go at a time, the others in the order they came. */
export type Turns = {
  /** Waits for a turn, which ends when the function it gives is called. Rejects with the signal's reason when that comes first. */
  arrive(signal: AbortSignal): Promise<() => void>;
};

/** Turns for a number of places. */
export const createTurns = (places: number): Turns => {
  let free = places;
  const waiting = new Set<() => void>();

  const wait = async (signal: AbortSignal): Promise<void> => {
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
    arrive: async (signal) => {
      await wait(signal);
      return leave;
    },
  };
};
