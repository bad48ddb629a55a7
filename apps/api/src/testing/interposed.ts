import type { Connector, FileDestination, SourceFiles } from '@junction/connectors/runtime';

/** Stands between whoever reads or writes and the place: may do something before and after each call, or instead of it. */
export type Interposer = (
  name: string,
  perform: () => Promise<unknown>,
  given?: readonly unknown[],
) => Promise<unknown>;

/** Calls that ask or change something outside. */
const calls = ['put', 'read', 'moveFile', 'moveFolder', 'exists', 'removeFile', 'removeFolder'] as const;

const around = (destination: FileDestination, current: () => Interposer): FileDestination => {
  const wrapped = calls.map((name) => [
    name,
    (...given: unknown[]) => {
      const call = destination[name] as (...given: unknown[]) => Promise<unknown>;
      return current()(name, () => call(...given), given);
    },
  ]);
  return { ...destination, ...Object.fromEntries(wrapped) };
};

/** Without localFile, so that files are fetched as from a store elsewhere. */
const aroundSource = ({ localFile: _, ...source }: SourceFiles, between: Interposer): SourceFiles => ({
  ...source,
  read: (...given) => between('read', () => source.read(...given)) as ReturnType<SourceFiles['read']>,
  list: async function* (...given) {
    await between('list', async () => {});
    yield* source.list(...given);
  },
  stream: async function* (...given) {
    await between('stream', async () => {});
    yield* source.stream(...given);
  },
});

/** A connector whose sources and destinations let `current()` stand between, as it is when they are opened. */
export const interposed = (connector: Connector, current: () => Interposer): Connector => ({
  ...connector,
  openSource:
    connector.openSource &&
    ((target, context) => {
      const source = connector.openSource?.(target, context);
      return source === undefined ? (source as never) : aroundSource(source, current());
    }),
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

/** Kills a worker at a call, before or after it took effect; nothing that it does afterwards has an effect. Counts the calls, and tells of the death. */
export const killer = (at: number, when: 'before' | 'after') => {
  const seen = { calls: 0, isDead: false };
  const { promise: died, resolve: die } = Promise.withResolvers<string>();
  const interposer: Interposer = async (name, perform) => {
    if (seen.isDead) throw new Killed();
    seen.calls += 1;
    if (seen.calls !== at) return perform();
    seen.isDead = true;
    if (when === 'after') await perform().catch(() => {});
    die(name);
    throw new Killed();
  };
  return { interposer, seen, died };
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
