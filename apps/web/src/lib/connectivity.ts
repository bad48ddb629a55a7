import { signalValue } from './signal-value.ts';

/** Whether the last request reached the server. */
export const reachable = signalValue(true);

const listeners = new Set<() => void>();

/** Tells the app that the server no longer knows this session. */
export const sessionLost = {
  announce: (): void => {
    for (const listener of listeners) listener();
  },
  /** Calls `listener` on each loss; returns what ends it. */
  listen: (listener: () => void): (() => void) => {
    listeners.add(listener);
    return () => listeners.delete(listener);
  },
};
