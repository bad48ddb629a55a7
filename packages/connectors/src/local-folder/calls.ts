import { type StoreContext, StoreError } from '../connector.ts';
import { storeErrorOf } from './failure.ts';
import type { Facts } from './findings.ts';

/** What was aborted is waited for this long, so that nothing happens afterwards; a drive that hangs holds nobody up for longer. */
const graceMs = 500;

/** The calls of one opened folder: over when nobody waits any more, and with failures in words. */
export type LocalCalls = {
  run<Value>(path: string, signal: AbortSignal, work: (signal: AbortSignal) => Promise<Value>): Promise<Value>;
  close(): void;
};

const orAborted = async <Value>(work: Promise<Value>, signal: AbortSignal): Promise<Value> => {
  const { promise: aborted, reject } = Promise.withResolvers<never>();
  let grace: NodeJS.Timeout | undefined;
  const onAbort = () => {
    grace = setTimeout(() => reject(signal.reason), graceMs);
  };
  signal.addEventListener('abort', onAbort, { once: true });
  try {
    return await Promise.race([work, aborted]);
  } finally {
    signal.removeEventListener('abort', onAbort);
    clearTimeout(grace);
  }
};

/** Ends a reader that may just be waiting for a drive, without waiting for that. */
export const endLater = (reader: AsyncGenerator): void => {
  reader.return(undefined).catch(() => undefined);
};

export const localCalls = (context: StoreContext, facts: Facts): LocalCalls => {
  const closing = new AbortController();
  return {
    async run(path, signal, work) {
      const signals = [signal, closing.signal, ...(context.signal === undefined ? [] : [context.signal])];
      const given = AbortSignal.any(signals);
      given.throwIfAborted();
      try {
        return await orAborted(work(given), given);
      } catch (error) {
        given.throwIfAborted();
        throw storeErrorOf(error, { ...facts, path });
      }
    },
    close() {
      closing.abort(
        new StoreError({
          code: 'cancelled',
          message: 'The folder was closed.',
          remedy: 'Try again.',
          isTransient: true,
        }),
      );
    },
  };
};
