/** Tells those who wait in this process that there may be something to do. Nobody is told who was not waiting. */
export type Bell = {
  ring(): void;
  /** Resolves when it rings, when the time is over, or when the signal fires. */
  wait(ms: number, signal: AbortSignal): Promise<void>;
};

export const createBell = (): Bell => {
  const waiting = new Set<() => void>();
  return {
    ring: () => {
      for (const wake of waiting) wake();
    },
    wait: (ms, signal) =>
      new Promise((resolve) => {
        const wake = () => {
          clearTimeout(timer);
          waiting.delete(wake);
          signal.removeEventListener('abort', wake);
          resolve();
        };
        const timer = setTimeout(wake, ms);
        waiting.add(wake);
        signal.addEventListener('abort', wake, { once: true });
        if (signal.aborted) wake();
      }),
  };
};
