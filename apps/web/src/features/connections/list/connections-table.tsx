import type { ICommandBarItemProps, IContextualMenuItem } from '@fluentui/react';
import { manifests } from '@junction/connectors/manifests';
import type { Connection } from '@junction/contracts';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { useNavigate } from 'react-router';
import { paths } from '../../../lib/paths.ts';
import { CommandBar } from '../../../ui/command-bar.tsx';
import { ConnectorLogo } from '../../../ui/connector-logo.tsx';
import { DataTable } from '../../../ui/data-table/data-table.tsx';
import { useToasts } from '../../../ui/toasts.tsx';
import { useUrlState } from '../../../ui/url-state.ts';
import { connectionsQuery, summaryQuery, useConnectionActions } from '../api.ts';
import { useCheckNow } from '../check/use-check-now.ts';
import { usePanelNavigation } from '../panel-navigation.ts';
import { namedAtMost } from '../use-named.ts';
import { connectionColumns, narrowText } from './connection-columns.tsx';
import { ConnectionFilters } from './connection-filters.tsx';
import { isNarrowed, readListView, viewDefaults } from './list-view.ts';

/** The connections of an environment: what they are called, how they are, and what can be done with them. */
export const ConnectionsTable = ({ environmentId }: { environmentId: string }) => {
  const [state, setState] = useUrlState(viewDefaults);
  const view = readListView(state);
  const list = useInfiniteQuery(connectionsQuery(environmentId, view));
  const hasNone = useQuery(summaryQuery(environmentId)).data?.total === 0;
  const navigate = useNavigate();
  const toasts = useToasts();
  const { open } = usePanelNavigation(environmentId);
  const { setPaused } = useConnectionActions(environmentId);
  const openDetails = (id: string) => open(paths.connection(environmentId, id));
  const openEdit = (id: string) => open(paths.editConnection(environmentId, id));
  const { checking, checkNow, checkMany } = useCheckNow(environmentId, openDetails);

  const pauseOrResume = async (connection: Connection) => {
    try {
      await setPaused(connection, !connection.isPaused);
      toasts.success(
        connection.isPaused ? `Checks of ${connection.name} go on.` : `Checks of ${connection.name} are paused.`,
      );
    } catch (error) {
      toasts.error(error instanceof Error ? error.message : 'That did not work.');
    }
  };

  const rowActions = (connection: Connection): IContextualMenuItem[] => [
    {
      key: 'check',
      text: 'Check now',
      iconProps: { iconName: 'Refresh' },
      disabled: checking.has(connection.id),
      onClick: () => void checkNow(connection),
    },
    { key: 'edit', text: 'Edit', iconProps: { iconName: 'Edit' }, onClick: () => void openEdit(connection.id) },
    {
      key: 'share',
      text: 'Share',
      iconProps: { iconName: 'Share' },
      onClick: () => void open(paths.shareConnections(environmentId), { ids: connection.id }),
    },
    {
      key: 'pause',
      text: connection.isPaused ? 'Resume checks' : 'Pause checks',
      iconProps: { iconName: connection.isPaused ? 'Play' : 'Pause' },
      onClick: () => void pauseOrResume(connection),
    },
    { key: 'divider', itemType: 1 },
    {
      key: 'remove',
      text: 'Remove',
      iconProps: { iconName: 'Delete' },
      onClick: () => void open(paths.removeConnection(environmentId, connection.id)),
    },
  ];

  const bulkActions = (rows: Connection[]): ICommandBarItemProps[] => [
    {
      key: 'check',
      text: 'Check now',
      iconProps: { iconName: 'Refresh' },
      disabled: checking.size > 0,
      onClick: () => void checkMany(rows),
    },
    {
      key: 'share',
      text: 'Share',
      iconProps: { iconName: 'Share' },
      disabled: rows.length > namedAtMost,
      title: rows.length > namedAtMost ? `Select at most ${namedAtMost} to share them together.` : undefined,
      onClick: () => void open(paths.shareConnections(environmentId), { ids: rows.map(({ id }) => id).join(',') }),
    },
    {
      key: 'remove',
      text: 'Remove',
      iconProps: { iconName: 'Delete' },
      disabled: rows.length > namedAtMost,
      title: rows.length > namedAtMost ? `Select at most ${namedAtMost} to remove them together.` : undefined,
      onClick: () => void open(paths.removeConnections(environmentId), { ids: rows.map(({ id }) => id).join(',') }),
    },
  ];

  return (
    <DataTable
      label="Connections"
      // What is read again in the background changes rows, and nothing else.
      list={{ ...list, isFetching: list.isPlaceholderData }}
      columns={connectionColumns({
        environmentId,
        checking,
        onCheck: (connection) => void checkNow(connection),
        onEdit: ({ id }) => void openEdit(id),
        onDetails: ({ id }) => void openDetails(id),
      })}
      keyOf={({ id }) => id}
      nameOf={({ name }) => name}
      orderBy={state.orderby}
      onOrderBy={(orderby) => setState({ orderby })}
      rowActions={rowActions}
      bulkActions={bulkActions}
      onOpen={({ id }) => void openDetails(id)}
      narrowText={narrowText}
      commandBar={
        <CommandBar label="Connections" actions={[addConnection(environmentId, hasNone, open)]}>
          <ConnectionFilters view={view} onChange={setState} />
        </CommandBar>
      }
      empty={{
        icon: 'Connections',
        title: 'No connections yet',
        text: 'A connection is how data gets from here to a service such as a data lake. Set the first one up, and exports can use it.',
        action: { text: 'Discover what can be connected', onClick: () => void navigate(paths.discover(environmentId)) },
      }}
      onClearFilters={isNarrowed(view) ? () => setState({ search: '', type: '', status: '' }) : undefined}
    />
  );
};

/** The command with the types there are, by name. */
const addConnection = (
  environmentId: string,
  isFirst: boolean,
  open: (path: string) => unknown,
): ICommandBarItemProps => ({
  key: 'add',
  text: isFirst ? 'Create a connection' : 'Add a connection',
  iconProps: { iconName: 'Add' },
  subMenuProps: {
    items: [...manifests]
      .sort((a, b) => a.label.localeCompare(b.label))
      .map(({ type, label }) => ({
        key: type,
        text: label,
        // Makes room for the picture; Fluent asks for a name before it lets one draw its own.
        iconProps: { iconName: 'None' },
        onRenderIcon: () => <ConnectorLogo type={type} size={24} />,
        onClick: () => void open(paths.newConnection(environmentId, type)),
      })),
  },
});
