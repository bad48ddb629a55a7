import * as contract from '@junction/contracts';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { keyOf, read } from '../../../lib/queries.ts';

/** Where the notices of an environment are sent to; never more than a page. */
export const hooksQuery = (environmentId: string) =>
  read(contract.listNoticeHooks, {
    params: { environmentId },
    query: { maxpagesize: contract.maximumNoticeHooks },
  });

/** One of them; `hook` is undefined while they are being read, and null when there is none of this id. */
export const useHook = (environmentId: string, hookId: string) => {
  const { data, error, refetch } = useQuery(hooksQuery(environmentId));
  return { hook: data && (data.value.find(({ id }) => id === hookId) ?? null), error, refetch };
};

/** Reads anew what a change to the webhooks makes old. */
export const useHooksChanged = (environmentId: string): (() => Promise<unknown>) => {
  const queryClient = useQueryClient();
  return () =>
    Promise.all(
      [contract.listNoticeHooks, contract.listActivity].map((endpoint) =>
        queryClient.invalidateQueries({ queryKey: [...keyOf(endpoint), { environmentId }] }),
      ),
    );
};
