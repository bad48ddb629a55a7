import type { Connector, FileDestination } from '@junction/connectors/runtime';

/** Stands between whoever writes and the place: may do something before and after each call, or instead of it. */
export type Interposer = (name: string, perform: () => Promise<unknown>) => Promise<unknown>;

/** Calls that ask or change something outside. */
const calls = ['put', 'read', 'moveFile', 'moveFolder', 'exists', 'removeFile', 'removeFolder'] as const;

const around = (destination: FileDestination, current: () => Interposer): FileDestination => {
  const wrapped = calls.map((name) => [
    name,
    (...given: unknown[]) => {
      const call = destination[name] as (...given: unknown[]) => Promise<unknown>;
      return current()(name, () => call(...given));
    },
  ]);
  return { ...destination, ...Object.fromEntries(wrapped) };
};

/** A connector whose destinations let `current()` stand between, as it is when they are opened. */
export const interposed = (connector: Connector, current: () => Interposer): Connector => ({
  ...connector,
  openDestination:
    connector.openDestination &&
    ((target, context) => {
      const destination = connector.openDestination?.(target, context);
      if (destination?.takes !== 'files') return destination as never;
      const atOpening = current();
      return around(destination, () => atOpening);
    }),
});

/** Nobody stands between. */
export const nobody: Interposer = (_name, perform) => perform();

/** What a worker's calls come to when it is killed. */
export class Killed extends Error {}

/** Kills a worker at a call, before or after it took effect; nothing that it does afterwards has an effect. Counts the calls. */
export const killer = (at: number, when: 'before' | 'after') => {
  const seen = { calls: 0, isDead: false };
  const interposer: Interposer = async (_name, perform) => {
    if (seen.isDead) throw new Killed();
    seen.calls += 1;
    if (seen.calls !== at) return perform();
    seen.isDead = true;
    if (when === 'after') await perform();
    throw new Killed();
  };
  return { interposer, seen };
};

/** Has a worker stand still before a call until it is woken. */
export const sleeper = (at: number) => {
  const { promise: woken, resolve: wake } = Promise.withResolvers<void>();
  const { promise: asleep, resolve: fallAsleep } = Promise.withResolvers<void>();
  let calls = 0;
  const interposer: Interposer = async (_name, perform) => {
    calls += 1;
    if (calls === at) {
      fallAsleep();
      await woken;
    }
    return perform();
  };
  return { interposer, asleep, wake };
};
