import { useSyncExternalStore } from 'react';

/** A clock that ticks while somebody looks at it; one timer serves all who do. */
const makeClock = (tickMs: number) => {
  const listeners = new Set<() => void>();
  let now = Date.now();
  let timer: ReturnType<typeof setInterval> | undefined;
  const tick = () => {
    now = Date.now();
    for (const listener of listeners) listener();
  };
  const subscribe = (listener: () => void) => {
    if (listeners.size === 0) {
      now = Date.now();
      timer = setInterval(tick, tickMs);
    }
    listeners.add(listener);
    return () => {
      listeners.delete(listener);
      if (listeners.size === 0) clearInterval(timer);
    };
  };
  return { subscribe, read: () => now };
};

// Relative times speak in minutes at the finest.
const clocks = { minutes: makeClock(30_000), seconds: makeClock(1_000) };

/** The present moment, renewed twice a minute, or every second. */
export const useNow = (unit: keyof typeof clocks = 'minutes'): Date => {
  const { subscribe, read } = clocks[unit];
  return new Date(useSyncExternalStore(subscribe, read));
};
