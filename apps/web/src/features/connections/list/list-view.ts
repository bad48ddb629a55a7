import {
  type ConnectionStatus,
  connectionOrderFields,
  connectionStatuses,
  formatFilter,
  parseOrderBy,
} from '@junction/contracts';

/** The list's view as it stands in the address: `?search=lake&type=adls-gen2&status=failing,paused&orderby=name+desc`. */
export const viewDefaults = { search: '', type: '', status: '', orderby: 'name' } as const;
export type ViewState = Readonly<Record<keyof typeof viewDefaults, string>>;

export type ConnectionOrder = { field: (typeof connectionOrderFields)[number]; descending: boolean };

/** What the list shows. */
export type ListView = { search: string; types: string[]; statuses: ConnectionStatus[]; order: ConnectionOrder };

const words = (text: string): string[] => text.split(',').filter((word) => word !== '');

/** Reads the view from the address; what an address says wrongly is left out. */
export const readListView = ({ search, type, status, orderby }: ViewState): ListView => ({
  search: search.trim(),
  types: words(type),
  statuses: connectionStatuses.filter((known) => words(status).includes(known)),
  order: parseOrderBy(orderby, connectionOrderFields) ?? { field: 'name', descending: false },
});

/** An order as the API and the address write it. */
export const orderText = ({ field, descending }: ConnectionOrder): string => (descending ? `${field} desc` : field);

/** The query that the API takes for a view. */
export const listQueryOf = ({ search, types, statuses, order }: ListView) => ({
  search: search || undefined,
  filter: formatFilter([
    { field: 'type', operator: 'in', values: types },
    { field: 'status', operator: 'in', values: statuses },
  ]),
  orderby: orderText(order),
});

/** Whether a search or a filter hides connections. */
export const isNarrowed = ({ search, types, statuses }: ListView): boolean =>
  search !== '' || types.length > 0 || statuses.length > 0;
