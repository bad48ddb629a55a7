import { setImmediate } from 'node:timers/promises';
import { limits } from './limits.ts';

/** Work that can be interrupted wherever it yields. */
export type Work<Result> = Generator<void, Result, void>;

/** Does the work, and lets everything else of the process have its turn as often as is due. */
export const inBreaths = async <Result>(work: Work<Result>, signal?: AbortSignal): Promise<Result> => {
  let since = performance.now();
  for (;;) {
    const step = work.next();
    if (step.done) return step.value;
    if (performance.now() - since < limits.breathMs) continue;
    await setImmediate();
    signal?.throwIfAborted();
    since = performance.now();
  }
};
