import type { AnyEndpoint, Endpoint, ParamsFor, QueryInput, ResponseOf } from '@junction/contracts';
import { infiniteQueryOptions, keepPreviousData, queryOptions } from '@tanstack/react-query';
import type * as z from 'zod';
import { type CallInput, call, callNext } from './call.ts';

/** The cache key of an endpoint's answers; with fewer arguments, the prefix to invalidate all of them by. */
export const keyOf = <E extends AnyEndpoint>(
  endpoint: E,
  params?: Partial<ParamsFor<E>>,
  query?: QueryInput<E>,
): unknown[] => {
  const key: unknown[] = [`${endpoint.method} ${endpoint.path}`];
  if (params !== undefined || query !== undefined) key.push(params ?? {});
  if (query !== undefined) key.push(query);
  return key;
};

/** Query options that read one endpoint. */
export const read = <E extends AnyEndpoint>(endpoint: E, input: CallInput<E>) =>
  queryOptions({
    queryKey: keyOf(endpoint, input.params as Partial<ParamsFor<E>>, input.query as QueryInput<E>),
    queryFn: ({ signal }): Promise<ResponseOf<E>> => call(endpoint, { ...input, signal }),
  });

type ListPage<Row> = { value: Row[]; nextLink?: string };
type Page = ListPage<unknown>;
type ListEndpoint = Endpoint<string, z.ZodType, z.ZodType, z.ZodType<Page>>;
/** One row of a list endpoint. */
export type RowOf<E extends ListEndpoint> = Extract<ResponseOf<E>, Page>['value'][number];

/** Query options that read a list page by page; `data` is all rows read so far, and old rows stay while new ones load. */
export const readPages = <E extends ListEndpoint>(endpoint: E, input: CallInput<E>) =>
  infiniteQueryOptions({
    queryKey: keyOf(endpoint, input.params as Partial<ParamsFor<E>>, (input.query ?? {}) as QueryInput<E>),
    queryFn: async ({ pageParam, signal }) =>
      (pageParam === undefined
        ? await call(endpoint, { ...input, signal })
        : await callNext(endpoint, pageParam, signal)) as ListPage<RowOf<E>>,
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (last) => last.nextLink,
    select: (data) => data.pages.flatMap((page) => page.value),
    placeholderData: keepPreviousData,
  });
