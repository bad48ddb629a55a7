import { manifestOf } from '@junction/connectors/manifests';
import type { Connection } from '@junction/contracts';
import { paths } from '../../../lib/paths.ts';
import type { Column } from '../../../ui/data-table/columns.ts';
import { RelativeTime } from '../../../ui/relative-time.tsx';
import { PanelLink } from '../panel-link.tsx';
import { sharedWithWords } from '../words.ts';
import { StatusCell } from './status-cell.tsx';

type Options = {
  environmentId: string;
  /** The ids of the connections that are being checked. */
  checking: ReadonlySet<string>;
  onCheck: (connection: Connection) => void;
  onEdit: (connection: Connection) => void;
  onDetails: (connection: Connection) => void;
};

/** The columns of the list; those with the highest `leavesAt` leave first where there is no room. */
export const connectionColumns = ({
  environmentId,
  checking,
  onCheck,
  onEdit,
  onDetails,
}: Options): Column<Connection>[] => [
  {
    key: 'name',
    title: 'Name',
    sortBy: 'name',
    minWidth: 140,
    maxWidth: 280,
    render: ({ id, name }) => <PanelLink path={paths.connection(environmentId, id)}>{name}</PanelLink>,
  },
  {
    key: 'type',
    title: 'Type',
    sortBy: 'type',
    minWidth: 180,
    maxWidth: 220,
    leavesAt: 3,
    render: ({ type }) => manifestOf(type)?.label ?? type,
  },
  {
    key: 'status',
    title: 'Status',
    sortBy: 'status',
    minWidth: 120,
    maxWidth: 360,
    render: (connection) => (
      <StatusCell
        connection={connection}
        isChecking={checking.has(connection.id)}
        onCheck={() => onCheck(connection)}
        onEdit={() => onEdit(connection)}
        onDetails={() => onDetails(connection)}
      />
    ),
  },
  {
    key: 'sharedWith',
    title: 'Who can use it',
    sortBy: 'sharedWith',
    minWidth: 120,
    maxWidth: 200,
    leavesAt: 2,
    render: ({ sharedWith }) => sharedWithWords[sharedWith],
  },
  {
    key: 'usedBy',
    title: 'Used by',
    sortBy: 'usedBy',
    minWidth: 70,
    maxWidth: 80,
    leavesAt: 5,
    render: ({ usedBy }) => `${usedBy.toLocaleString()} ${usedBy === 1 ? 'export' : 'exports'}`,
  },
  {
    key: 'lastCheckedAt',
    title: 'Last checked',
    sortBy: 'lastCheckedAt',
    minWidth: 110,
    maxWidth: 140,
    leavesAt: 1,
    render: ({ lastCheckedAt }) => <RelativeTime at={lastCheckedAt} />,
  },
  {
    key: 'createdAt',
    title: 'Created',
    sortBy: 'createdAt',
    minWidth: 150,
    maxWidth: 220,
    leavesAt: 4,
    render: ({ createdAt, createdBy }) => (
      <span>
        <RelativeTime at={createdAt} /> by {createdBy.name}
      </span>
    ),
  },
];
