import {
  connectionOrderFields,
  connectionStatuses,
  type ConnectionStatus,
  formatFilter,
  parseOrderBy,
} from '@junction/contracts';

/** What the list shows, as it stands in the address: `?search=lake&type=adls-gen2&status=failing&orderby=name+desc`. */
export type ListView = {
  search: string;
  types: string[];
  statuses: ConnectionStatus[];
  order: { field: (typeof connectionOrderFields)[number]; descending: boolean };
};

const defaultOrder: ListView['order'] = { field: 'name', descending: false };

/** Reads the view from the address; what an address says wrongly is left out. */
export const readListView = (query: URLSearchParams): ListView => ({
  search: query.get('search') ?? '',
  types: query.getAll('type'),
  statuses: query.getAll('status').filter((word) => connectionStatuses.some((status) => status === word)) as ConnectionStatus[],
  order: parseOrderBy(query.get('orderby') ?? '', connectionOrderFields) ?? defaultOrder,
});

/** The address with another view; the rest of it stays. */
export const withListView = (query: URLSearchParams, change: Partial<ListView>): URLSearchParams => {
  const view = { ...readListView(query), ...change };
  const next = new URLSearchParams(query);
  for (const name of ['search', 'type', 'status', 'orderby']) next.delete(name);
  if (view.search !== '') next.set('search', view.search);
  for (const type of view.types) next.append('type', type);
  for (const status of view.statuses) next.append('status', status);
  if (view.order.field !== defaultOrder.field || view.order.descending) next.set('orderby', orderText(view.order));
  return next;
};

const orderText = ({ field, descending }: ListView['order']): string => (descending ? `${field} desc` : field);

/** The query that the API takes for a view. */
export const listQueryOf = ({ search, types, statuses, order }: ListView) => ({
  search: search.trim() || undefined,
  filter: formatFilter([
    { field: 'type', operator: 'in', values: types },
    { field: 'status', operator: 'in', values: statuses },
  ]),
  orderby: orderText(order),
});

/** Whether a search or a filter hides connections. */
export const isNarrowed = ({ search, types, statuses }: ListView): boolean =>
  search.trim() !== '' || types.length > 0 || statuses.length > 0;
