/** Tells those who wait in this process that there may be something to do. Nobody is told who was not waiting. */
export type Bell = {
  ring(): void;
  /** Resolves with true when it rings or the signal fires, with false when the time is over. */
  wait(ms: number, signal: AbortSignal): Promise<boolean>;
};

export const createBell = (): Bell => {
  const waiting = new Set<() => void>();
  return {
    ring: () => {
      for (const wake of waiting) wake();
    },
    wait: (ms, signal) =>
      new Promise((resolve) => {
        const leave = (isRung: boolean) => {
          clearTimeout(timer);
          waiting.delete(wake);
          signal.removeEventListener('abort', wake);
          resolve(isRung);
        };
        const wake = () => leave(true);
        const timer = setTimeout(() => leave(false), ms);
        waiting.add(wake);
        signal.addEventListener('abort', wake, { once: true });
        if (signal.aborted) wake();
      }),
  };
};
