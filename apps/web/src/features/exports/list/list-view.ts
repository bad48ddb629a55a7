import { type ExportStatus, exportOrderFields, exportStatuses, formatFilter, parseOrderBy } from '@junction/contracts';

/** The list's view as it stands in the address: `?search=crm&status=failed,inactive&connection=none&type=adls-gen2&orderby=name+desc`. */
export const viewDefaults = { search: '', status: '', connection: '', type: '', orderby: 'name' } as const;
export type ViewState = Readonly<Record<keyof typeof viewDefaults, string>>;

/** Stands for exports without a connection among the ids of connections. */
export const noConnection = 'none';

/** Connections that the list can be narrowed to at once; more ids would not fit into the filter that the API takes. */
export const chosenConnectionsAtMost = 12;

export type ExportOrder = { field: (typeof exportOrderFields)[number]; descending: boolean };

/** What the list shows. `connections` has ids, or `noConnection`. */
export type ListView = {
  search: string;
  statuses: ExportStatus[];
  connections: string[];
  types: string[];
  order: ExportOrder;
};

const words = (text: string): string[] => [...new Set(text.split(',').filter((word) => word !== ''))];

/** Reads the view from the address; what an address says wrongly is left out. */
export const readListView = ({ search, status, connection, type, orderby }: ViewState): ListView => ({
  search: search.trim(),
  statuses: exportStatuses.filter((known) => words(status).includes(known)),
  connections: words(connection).slice(0, chosenConnectionsAtMost),
  types: words(type),
  order: parseOrderBy(orderby, exportOrderFields) ?? { field: 'name', descending: false },
});

/** An order as the API and the address write it. */
export const orderText = ({ field, descending }: ExportOrder): string => (descending ? `${field} desc` : field);

/** The query that the API takes for a view. */
export const listQueryOf = ({ search, statuses, connections, types, order }: ListView) => ({
  search: search || undefined,
  filter: formatFilter([
    { field: 'status', operator: 'in', values: statuses },
    { field: 'connection', operator: 'in', values: connections },
    { field: 'type', operator: 'in', values: types },
  ]),
  orderby: orderText(order),
});

/** Whether a search or a filter hides exports. */
export const isNarrowed = ({ search, statuses, connections, types }: ListView): boolean =>
  search !== '' || statuses.length > 0 || connections.length > 0 || types.length > 0;
