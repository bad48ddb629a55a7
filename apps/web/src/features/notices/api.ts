import * as contract from '@junction/contracts';
import { infiniteQueryOptions, queryOptions, useQueryClient } from '@tanstack/react-query';
import { read, readPages } from '../../lib/queries.ts';
import { useSubmit } from '../../lib/use-submit.ts';

/** How often a page that is looked at asks for notices. */
export const noticesPollMs = 30_000;
/** As many as fill the pane. */
const pageSize = 20;

/** The header outlives every page: whatever goes wrong with its notices must not take the page's place. */
const keptFresh = {
  refetchInterval: noticesPollMs,
  refetchOnWindowFocus: 'always',
  throwOnError: false,
} as const;

/** The newest notice and how many are unread. */
export const unreadQuery = (environmentId: string) =>
  queryOptions({
    ...read(contract.listNotices, { params: { environmentId }, query: { maxpagesize: 1 } }),
    ...keptFresh,
  });

type Page = contract.ResponseOf<typeof contract.listNotices>;

/** The notices, newest first, and how many are unread. Read anew each time they are opened, so that one sees which were unread then. */
export const noticePages = (environmentId: string) =>
  infiniteQueryOptions({
    ...readPages(contract.listNotices, { params: { environmentId }, query: { maxpagesize: pageSize } }),
    ...keptFresh,
    gcTime: 0,
    select: ({ pages }) => ({
      notices: pages.flatMap(({ value }) => value),
      unread: (pages[0] as Page | undefined)?.unread ?? 0,
    }),
  });

/** Remembers that one has seen the notices up to one. Where that fails they stay unread, and the next look tries again. */
export const useReadNotices = (environmentId: string): ((upTo: string) => void) => {
  const queryClient = useQueryClient();
  const { mutate } = useSubmit(contract.readNotices, {
    onSuccess: () => queryClient.invalidateQueries({ queryKey: unreadQuery(environmentId).queryKey }),
  });
  return (upTo) => mutate({ params: { environmentId }, body: { upTo } });
};
