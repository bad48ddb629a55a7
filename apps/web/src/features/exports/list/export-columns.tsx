import { type ExportRow, permissionWord, type Role } from '@junction/contracts';
import type { ReactNode } from 'react';
import { paths } from '../../../lib/paths.ts';
import { connectorLabel } from '../../../lib/words.ts';
import { NarrowLines, OneLine, TwoLines } from '../../../ui/data-table/cell-lines.tsx';
import type { Column } from '../../../ui/data-table/columns.ts';
import { PanelLink } from '../../../ui/panel-link.tsx';
import { RelativeTime } from '../../../ui/relative-time.tsx';
import { ConnectionUsed } from './connection-used.tsx';
import { ScheduleCell } from './schedule-cell.tsx';
import { StatusCell } from './status-cell.tsx';
import { TypeCell } from './type-cell.tsx';

type Options = { environmentId: string; role: Role };

/** The columns of the list; those with the highest `leavesAt` leave first where there is no room. */
export const exportColumns = ({ environmentId, role }: Options): Column<ExportRow>[] => [
  {
    key: 'name',
    title: 'Display name',
    sortBy: 'name',
    // The head with its arrow in the widest of the system fonts; about 18 letters of a name on one line.
    minWidth: 150,
    goodWidth: 220,
    maxWidth: 320,
    render: ({ id, name }) => (
      <TwoLines>
        <PanelLink path={paths.export(environmentId, id)}>{name}</PanelLink>
      </TwoLines>
    ),
  },
  {
    key: 'type',
    title: 'Type',
    sortBy: 'type',
    minWidth: 146,
    maxWidth: 240,
    // First, and rather than squeeze names and schedules, because the type then stands under the name (narrowText).
    leavesAt: 6,
    leavesBelow: 1136,
    render: ({ type }) => <TypeCell type={type} />,
  },
  {
    key: 'status',
    title: 'Status',
    sortBy: 'status',
    // Icon and the longest reason.
    minWidth: 142,
    maxWidth: 180,
    leavesAt: 0,
    render: (row) => <StatusCell {...row} />,
  },
  {
    key: 'refreshedAt',
    title: 'Refreshed',
    sortBy: 'refreshedAt',
    minWidth: 84,
    maxWidth: 130,
    leavesAt: 3,
    render: ({ refreshedAt }) => (
      <TwoLines>
        <RelativeTime at={refreshedAt} />
      </TwoLines>
    ),
  },
  {
    key: 'schedule',
    title: 'Schedule',
    sortBy: 'schedule',
    // A time of day on one line, such as Daily at 08:00.
    minWidth: 104,
    goodWidth: 170,
    maxWidth: 300,
    leavesAt: 2,
    render: (row) => <ScheduleCell {...row} />,
  },
  {
    key: 'connection',
    title: 'Connection used',
    sortBy: 'connection',
    // The head in the widest of the system fonts.
    minWidth: 132,
    goodWidth: 160,
    maxWidth: 240,
    leavesAt: 1,
    render: ({ connection }) => <ConnectionUsed connection={connection} />,
  },
  {
    key: 'permission',
    title: 'Your permissions',
    // The head in the widest of the system fonts.
    minWidth: 138,
    maxWidth: 142,
    leavesAt: 4,
    render: ({ access }) => permissionWord(role, access),
  },
];

/** What stands under the name for want of room. */
export const narrowText = (role: Role) =>
  function NarrowText(row: ExportRow, hidden: ReadonlySet<string>): ReactNode {
    const type = row.type === null ? undefined : connectorLabel(row.type);
    const quiet = [
      ...(hidden.has('permission') ? [permissionWord(role, row.access)] : []),
      ...(hidden.has('type') && type !== undefined ? [type] : []),
    ];
    return (
      <NarrowLines>
        {hidden.has('status') && <StatusCell {...row} />}
        {hidden.has('connection') && <ConnectionUsed connection={row.connection} />}
        {quiet.length > 0 && <OneLine>{quiet.join(' · ')}</OneLine>}
      </NarrowLines>
    );
  };
