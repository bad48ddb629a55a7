/** Waits for work that others wait for too, no longer than the signal allows; the work itself goes on. Rejects with what `aborted` makes. */
export const waitFor = async <Result>(
  work: Promise<Result>,
  signal: AbortSignal | undefined,
  aborted: () => Error,
): Promise<Result> => {
  if (signal === undefined) return work;
  if (signal.aborted) throw aborted();
  const { promise: ended, reject } = Promise.withResolvers<never>();
  const end = () => reject(aborted());
  signal.addEventListener('abort', end, { once: true });
  return Promise.race([work, ended]).finally(() => signal.removeEventListener('abort', end));
};
