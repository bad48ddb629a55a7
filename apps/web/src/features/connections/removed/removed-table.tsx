import { makeStyles } from '@fluentui/react';
import type { RemovedConnection } from '@junction/contracts';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useRestoreConnections } from '../../../lib/restore-connection.ts';
import { connectorLabel, exportCount } from '../../../lib/words.ts';
import { CommandBar, SearchField } from '../../../ui/command-bar.tsx';
import { Stacked, TwoLines } from '../../../ui/data-table/cell-lines.tsx';
import type { Column } from '../../../ui/data-table/columns.ts';
import { DataTable } from '../../../ui/data-table/data-table.tsx';
import { Day } from '../../../ui/day.tsx';
import { RelativeTime } from '../../../ui/relative-time.tsx';
import { useToasts } from '../../../ui/toasts.tsx';
import { useUrlState } from '../../../ui/url-state.ts';
import { removedConnectionsQuery } from '../api.ts';
import { useFocusAfterRows } from './use-focus-after-rows.ts';

const useStyles = makeStyles({ name: { fontWeight: 600 } });

const Name = ({ name }: { name: string }) => (
  <TwoLines>
    <span className={useStyles().name}>{name}</span>
  </TwoLines>
);

const columns: Column<RemovedConnection>[] = [
  { key: 'name', title: 'Name', minWidth: 120, goodWidth: 200, render: ({ name }) => <Name name={name} /> },
  { key: 'type', title: 'Type', minWidth: 120, maxWidth: 220, leavesAt: 4, render: ({ type }) => connectorLabel(type) },
  {
    key: 'removed',
    title: 'Removed',
    minWidth: 120,
    maxWidth: 180,
    leavesAt: 1,
    render: ({ removedAt, removedBy }) => (
      <Stacked first={<RelativeTime at={removedAt} />} second={<>by {removedBy.name}</>} />
    ),
  },
  {
    key: 'until',
    title: 'Can be restored',
    minWidth: 130,
    maxWidth: 190,
    leavesAt: 2,
    render: ({ restorableUntil }) => (
      <TwoLines>
        until <Day at={restorableUntil} />
      </TwoLines>
    ),
  },
  {
    key: 'exports',
    title: 'Exports',
    minWidth: 96,
    maxWidth: 120,
    leavesAt: 3,
    render: ({ exports }) => (exports === 0 ? 'None' : exportCount(exports)),
  },
];

/** What stands under the name for want of room. */
const narrowText = ({ type, removedAt, restorableUntil, exports }: RemovedConnection, hidden: ReadonlySet<string>) => (
  <>
    {hidden.has('type') && <div>{connectorLabel(type)}</div>}
    {hidden.has('removed') && (
      <div>
        Removed <RelativeTime at={removedAt} />
      </div>
    )}
    {hidden.has('until') && (
      <div>
        Can be restored until <Day at={restorableUntil} />
      </div>
    )}
    {hidden.has('exports') && exports > 0 && <div>{exportCount(exports)}</div>}
  </>
);

/** The connections that were removed and can be restored. */
export const RemovedTable = ({ environmentId }: { environmentId: string }) => {
  const [{ search }, setView] = useUrlState({ search: '' });
  const list = useInfiniteQuery(removedConnectionsQuery(environmentId, search.trim()));
  const toasts = useToasts();
  const restoreConnections = useRestoreConnections(environmentId, toasts);
  const [isRestoring, setIsRestoring] = useState(false);
  const [tableRef, moveFocus] = useFocusAfterRows(list.data);
  const restore = async (connections: readonly RemovedConnection[]) => {
    if (isRestoring) return;
    setIsRestoring(true);
    const index = list.data?.findIndex(({ id }) => id === connections[0]?.id) ?? 0;
    const restored = await restoreConnections(connections).finally(() => setIsRestoring(false));
    moveFocus({ index, ids: restored });
  };
  const command = { key: 'restore', text: 'Restore', iconProps: { iconName: 'Undo' }, disabled: isRestoring };
  return (
    <div ref={tableRef}>
      <DataTable
        label="Removed connections"
        list={list}
        columns={columns}
        keyOf={({ id }) => id}
        nameOf={({ name }) => name}
        rowActions={(connection) => [{ ...command, onClick: () => void restore([connection]) }]}
        bulkActions={(rows) => [{ ...command, onClick: () => void restore(rows) }]}
        narrowText={narrowText}
        commandBar={
          <CommandBar
            label="Removed connections"
            actions={[
              {
                key: 'refresh',
                text: 'Refresh',
                iconProps: { iconName: 'Refresh' },
                onClick: () => void list.refetch(),
              },
            ]}
          >
            <SearchField label="Search removed" value={search} onSearch={(text) => setView({ search: text })} />
          </CommandBar>
        }
        empty={{
          icon: 'Undo',
          title: 'Nothing to restore',
          text: 'A connection that is removed stays here for a while, with its secrets sealed, and can be restored together with its exports.',
        }}
        onClearFilters={search === '' ? undefined : () => setView({ search: '' })}
      />
    </div>
  );
};
