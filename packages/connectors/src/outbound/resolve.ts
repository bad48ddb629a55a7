import { lookup } from 'node:dns/promises';

/** All addresses of a name, of both families. Rejects with an error whose `code` is one of the resolver's. */
export type Resolve = (host: string, signal: AbortSignal) => Promise<readonly string[]>;

/** The operating system's resolver, so that hosts files and the network's own DNS count as they do for every other program. */
export const systemResolve: Resolve = async (host) => {
  const answers = await lookup(host, { all: true, order: 'verbatim' });
  return answers.map(({ address }) => address);
};

/** Codes with which a resolver says that there is no such name, rather than that it could not tell. */
const noSuchName = new Set(['ENOTFOUND', 'ENODATA', 'NXDOMAIN']);

export type Resolved = { addresses: readonly string[] } | { failed: 'nameNotFound' | 'nameLookupFailed' };

/** Asks the resolver, but not for longer than `timeoutMs`: the system's own patience is tens of seconds and cannot be cut short. */
export const resolveWithin = async (
  resolve: Resolve,
  host: string,
  timeoutMs: number,
  signal?: AbortSignal,
): Promise<Resolved> => {
  const timeout = AbortSignal.timeout(timeoutMs);
  const ended = signal === undefined ? timeout : AbortSignal.any([signal, timeout]);
  const { promise: cut, reject } = Promise.withResolvers<never>();
  const onEnded = () => reject(ended.reason);
  ended.addEventListener('abort', onEnded, { once: true });
  try {
    ended.throwIfAborted();
    const addresses = await Promise.race([resolve(host, ended), cut]);
    return addresses.length === 0 ? { failed: 'nameNotFound' } : { addresses };
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : '';
    return { failed: noSuchName.has(code) ? 'nameNotFound' : 'nameLookupFailed' };
  } finally {
    ended.removeEventListener('abort', onEnded);
    cut.catch(() => undefined);
  }
};
