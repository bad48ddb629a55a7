import type { Connection } from '@junction/contracts';
import type { ReactNode } from 'react';
import { paths } from '../../../lib/paths.ts';
import { connectorLabel } from '../../../lib/words.ts';
import { Stacked, TwoLines } from '../../../ui/data-table/cell-lines.tsx';
import type { Column } from '../../../ui/data-table/columns.ts';
import { PanelLink } from '../../../ui/panel-link.tsx';
import { RelativeTime } from '../../../ui/relative-time.tsx';
import { StatusBadge } from '../../../ui/status-badge.tsx';
import { sharingInShort, sharingWithNames } from '../sharing/sharing.ts';
import { UsedByLink } from '../used-by-link.tsx';
import { ProfilesLine } from './profiles-line.tsx';
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
    minWidth: 100,
    goodWidth: 168,
    maxWidth: 280,
    render: ({ id, name }) => (
      <TwoLines>
        <PanelLink path={paths.connection(environmentId, id)}>{name}</PanelLink>
      </TwoLines>
    ),
  },
  {
    key: 'type',
    title: 'Type',
    sortBy: 'type',
    minWidth: 114,
    maxWidth: 220,
    // First, and rather than squeeze names and reasons, because the type then stands under the name (narrowText).
    leavesAt: 6,
    leavesBelow: 1136,
    render: ({ type }) => connectorLabel(type),
  },
  {
    key: 'status',
    title: 'Status',
    sortBy: 'status',
    minWidth: 120,
    // Most reasons in two lines.
    goodWidth: 200,
    maxWidth: 380,
    leavesAt: 0,
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
    title: 'Shared with',
    sortBy: 'sharedWith',
    minWidth: 118,
    maxWidth: 220,
    leavesAt: 2,
    render: ({ sharing }) => (
      <TwoLines>
        <span title={sharingWithNames(sharing)}>{sharingInShort(sharing)}</span>
      </TwoLines>
    ),
  },
  {
    key: 'usedBy',
    title: 'Used by',
    sortBy: 'usedBy',
    minWidth: 80,
    maxWidth: 100,
    leavesAt: 4,
    render: (connection) => (
      <TwoLines>
        <UsedByLink connection={connection} />
      </TwoLines>
    ),
  },
  {
    key: 'lastCheckedAt',
    title: 'Last checked',
    sortBy: 'lastCheckedAt',
    minWidth: 108,
    maxWidth: 130,
    leavesAt: 1,
    render: ({ lastCheckedAt }) => (
      <TwoLines>
        <RelativeTime at={lastCheckedAt} />
      </TwoLines>
    ),
  },
  {
    key: 'createdAt',
    title: 'Created',
    sortBy: 'createdAt',
    minWidth: 112,
    maxWidth: 180,
    leavesAt: 3,
    render: ({ createdAt, createdBy }) => (
      <Stacked first={<RelativeTime at={createdAt} />} second={<>by {createdBy.name}</>} />
    ),
  },
];

/** What stands under the name for want of room. */
export const narrowText = (connection: Connection, hidden: ReadonlySet<string>): ReactNode => (
  <>
    {hidden.has('type') && <div>{connectorLabel(connection.type)}</div>}
    {hidden.has('status') && (
      <>
        <StatusBadge status={connection.status} />
        <ProfilesLine profiles={connection.profiles} />
      </>
    )}
  </>
);
