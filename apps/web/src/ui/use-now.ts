import { useSyncExternalStore } from 'react';

/** Relative times speak in minutes at the finest. */
const tickMs = 30_000;
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

/** The present moment, renewed twice a minute; one timer serves all who look. */
export const useNow = (): Date => new Date(useSyncExternalStore(subscribe, () => now));
