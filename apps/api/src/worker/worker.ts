import type { House } from '../house.ts';

/** Work that goes on without anybody asking. */
export type Worker = { stop(): Promise<void> };

/** Starts the background work of one process. */
export const startWorker = (_house: House): Worker => ({ stop: async () => {} });
