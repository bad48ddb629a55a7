import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import type { SampleLake } from '@junction/contracts';

export type DemoLakeTask = { port: number; directory: string };
export type DemoLakeReport = { sample: NonNullable<SampleLake['sample']> } | { failure: string };

/** The sample lake cannot start; `code` is the system's word for why. */
export class DemoLakeError extends Error {
  readonly code: string;
  constructor(code: string) {
    super(`The sample lake cannot start (${code}).`);
    this.name = 'DemoLakeError';
    this.code = code;
  }
}

/**
 * Starts the embedded sample lake on a thread of its own, so that it loads beside the database and its traffic never
 * holds up a request to Junction. Throws DemoLakeError.
 */
export const startDemoLake = async (task: DemoLakeTask) => {
  const thread = new Worker(new URL('./demo-lake-thread.ts', import.meta.url), { workerData: task });
  const [report] = (await once(thread, 'message')) as [DemoLakeReport];
  if ('failure' in report) {
    await thread.terminate();
    throw new DemoLakeError(report.failure);
  }
  return {
    sample: report.sample,
    close: async () => {
      const ended = once(thread, 'exit');
      thread.postMessage('close');
      await ended;
    },
  };
};
