import type { ListState } from './data-table.tsx';

type WholeQuery<Row> = {
  data: { value: readonly Row[] } | undefined;
  error: unknown;
  isFetching: boolean;
  refetch: () => unknown;
};

/** A list that comes in one piece, as a table reads it. */
export const wholeList = <Row>({ data, error, isFetching, refetch }: WholeQuery<Row>): ListState<Row> => ({
  data: data?.value,
  error,
  isFetching,
  isFetchingNextPage: false,
  hasNextPage: false,
  fetchNextPage: () => undefined,
  refetch,
});
