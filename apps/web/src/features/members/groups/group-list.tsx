import {
  ContextualMenuItemType,
  Link as FluentLink,
  type IContextualMenuItem,
  MessageBar,
  MessageBarType,
  makeStyles,
} from '@fluentui/react';
import type * as contract from '@junction/contracts';
import { useInfiniteQuery } from '@tanstack/react-query';
import { Link, Outlet, type To, useNavigate } from 'react-router';
import { paths } from '../../../lib/paths.ts';
import { useEnvironment } from '../../../lib/session.ts';
import { useWaysToSignIn } from '../../../lib/sign-in-options.ts';
import { formatNumber, roleWords } from '../../../lib/words.ts';
import { CommandBar, SearchField } from '../../../ui/command-bar.tsx';
import { dangerMenuItem } from '../../../ui/danger-menu-item.ts';
import { NarrowLines, OneLine, TwoLines } from '../../../ui/data-table/cell-lines.tsx';
import type { Column } from '../../../ui/data-table/columns.ts';
import { DataTable } from '../../../ui/data-table/data-table.tsx';
import { RelativeTime } from '../../../ui/relative-time.tsx';
import { unavailable } from '../../../ui/unavailable.ts';
import { useKeepSearch, useUrlState } from '../../../ui/url-state.ts';
import { groupRolePages } from './api.ts';
import { memberCount } from './group-words.ts';

type GroupRole = contract.GroupRole;

/** Name, value at the provider, role, how many follow it, since when. */
const columns = (addressOf: (group: GroupRole) => To): Column<GroupRole>[] => [
  {
    key: 'name',
    title: 'Name',
    minWidth: 140,
    render: (group) => (
      <TwoLines>
        <FluentLink as={Link} to={addressOf(group)}>
          {group.name}
        </FluentLink>
      </TwoLines>
    ),
  },
  {
    key: 'value',
    title: 'Value at the provider',
    minWidth: 180,
    goodWidth: 280,
    leavesAt: 2,
    render: (group) => group.value,
  },
  { key: 'role', title: 'Role', minWidth: 90, render: (group) => roleWords[group.role] },
  {
    key: 'members',
    title: 'Members',
    minWidth: 70,
    isNumber: true,
    leavesAt: 1,
    render: (group) => formatNumber(group.memberCount),
  },
  {
    key: 'createdAt',
    title: 'Created',
    minWidth: 100,
    leavesAt: 3,
    render: (group) => <RelativeTime at={group.createdAt} />,
  },
];

const whatItDoes =
  'Give a group or an app role of the identity provider a role here. Whoever is in it gets that role when they sign in, and loses it when they leave the group.';
const whoConfigures = 'Whoever runs Junction has to configure one first; docs/sign-in.md says how.';

const useStyles = makeStyles({ note: { marginBottom: 12 } });

/** The groups of the identity provider that give roles in the environment. */
export const GroupList = () => {
  const { id: environmentId } = useEnvironment();
  const styles = useStyles();
  const navigate = useNavigate();
  const keepSearch = useKeepSearch();
  const [view, setView] = useUrlState({ search: '' });
  const { hasProvider, isKnown } = useWaysToSignIn();
  const list = useInfiniteQuery(groupRolePages(environmentId, view.search));
  const open = (path: string) => void navigate(keepSearch(path));
  const add = () => open(paths.newGroupRole(environmentId));
  const lacksProvider = isKnown && !hasProvider;

  const actionsFor = (group: GroupRole): IContextualMenuItem[] => [
    {
      key: 'edit',
      text: 'Edit',
      iconProps: { iconName: 'Edit' },
      onClick: () => open(paths.groupRole(environmentId, group.id)),
    },
    { key: 'divider', itemType: ContextualMenuItemType.Divider },
    {
      key: 'remove',
      text: 'Remove',
      iconProps: { iconName: 'Delete' },
      ...dangerMenuItem,
      onClick: () => open(paths.removeGroupRole(environmentId, group.id)),
    },
  ];

  return (
    <>
      {lacksProvider && list.data !== undefined && list.data.length > 0 && (
        <MessageBar className={styles.note} messageBarType={MessageBarType.warning} isMultiline>
          No identity provider is configured, so nobody’s groups are known. {whoConfigures}
        </MessageBar>
      )}
      <DataTable
        label="Groups"
        list={list}
        columns={columns((group) => keepSearch(paths.groupRole(environmentId, group.id)))}
        keyOf={(group) => group.id}
        nameOf={(group) => group.name}
        rowActions={actionsFor}
        onOpen={(group) => open(paths.groupRole(environmentId, group.id))}
        narrowText={(group, hidden) => (
          <NarrowLines>
            <OneLine>{group.value}</OneLine>
            {hidden.has('members') && <OneLine>{memberCount(group.memberCount)}</OneLine>}
          </NarrowLines>
        )}
        commandBar={
          <CommandBar
            label="Groups"
            actions={[
              {
                key: 'add',
                text: 'Add group',
                iconProps: { iconName: 'Add' },
                onClick: add,
                ...(lacksProvider && unavailable('No identity provider is configured.')),
              },
              {
                key: 'refresh',
                text: 'Refresh',
                iconProps: { iconName: 'Refresh' },
                onClick: () => void list.refetch(),
              },
            ]}
          >
            <SearchField label="Search groups" value={view.search} onSearch={(search) => setView({ search })} />
          </CommandBar>
        }
        empty={{
          icon: 'People',
          title: 'No groups',
          text: lacksProvider ? `${whatItDoes} No identity provider is configured yet. ${whoConfigures}` : whatItDoes,
          action: lacksProvider ? undefined : { text: 'Add group', onClick: add },
        }}
        onClearFilters={view.search === '' ? undefined : () => setView({ search: '' })}
      />
      <Outlet />
    </>
  );
};
