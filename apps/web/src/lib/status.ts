import * as contract from '@junction/contracts';
import { isRunLive, type Status } from '@junction/contracts';
import { queryOptions } from '@tanstack/react-query';
import { call } from './call.ts';
import { keyOf } from './queries.ts';

/** How often the status is read again: a run that begins or ends is told by an event, a connection that fails by none. */
export const readAgainMs = 30_000;

/** The status as the server told it, and when it did. News of runs are put into it later and make the rest no newer. */
export type KnownStatus = Status & { readAt: number };

/** A run that has just ended is not running any more, before the server has sorted it in anew. */
const withoutEnded = (status: KnownStatus): KnownStatus => {
  const rows = status.running.rows.filter(({ state }) => isRunLive(state));
  const ended = status.running.rows.length - rows.length;
  return ended === 0 ? status : { ...status, running: { rows, total: status.running.total - ended } };
};

/** How an environment stands. */
export const statusQuery = (environmentId: string) =>
  queryOptions({
    queryKey: keyOf(contract.getStatus, { environmentId }),
    queryFn: async ({ signal }): Promise<KnownStatus> => ({
      ...(await call(contract.getStatus, { params: { environmentId }, signal })),
      readAt: Date.now(),
    }),
    select: withoutEnded,
    // What is left of the time, because each piece of news about a run would let it begin anew.
    refetchInterval: ({ state: { data, errorUpdatedAt, fetchStatus } }) =>
      fetchStatus === 'idle'
        ? Math.max(1, Math.max(data?.readAt ?? 0, errorUpdatedAt) + readAgainMs - Date.now())
        : readAgainMs,
  });
