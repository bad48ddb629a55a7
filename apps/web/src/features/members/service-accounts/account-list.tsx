import { ContextualMenuItemType, Link as FluentLink, type IContextualMenuItem } from '@fluentui/react';
import { maxServiceAccounts, type ServiceAccount } from '@junction/contracts';
import { useQuery } from '@tanstack/react-query';
import { Link, Outlet, type To, useNavigate } from 'react-router';
import { paths } from '../../../lib/paths.ts';
import { useEnvironment } from '../../../lib/session.ts';
import { formatNumber, roleWords } from '../../../lib/words.ts';
import { CommandBar, SearchField } from '../../../ui/command-bar.tsx';
import { dangerMenuItem } from '../../../ui/danger-menu-item.ts';
import { NarrowLines, OneLine, TwoLines } from '../../../ui/data-table/cell-lines.tsx';
import type { Column } from '../../../ui/data-table/columns.ts';
import { DataTable } from '../../../ui/data-table/data-table.tsx';
import { wholeList } from '../../../ui/data-table/whole-list.ts';
import { RelativeTime } from '../../../ui/relative-time.tsx';
import { ExpiryBadge, TokenExpiry } from '../../../ui/tokens/token-expiry.tsx';
import { unavailable } from '../../../ui/unavailable.ts';
import { useKeepSearch, useUrlState } from '../../../ui/url-state.ts';
import { whyNotYours } from './account-words.ts';
import { serviceAccountsQuery } from './api.ts';

/** "1 token", "3 tokens". */
const tokenCount = (count: number): string => `${formatNumber(count)} ${count === 1 ? 'token' : 'tokens'}`;

/** Name, role, how many tokens, when one was last used, when the first of them ends. */
const columns = (addressOf: (account: ServiceAccount) => To): Column<ServiceAccount>[] => [
  {
    key: 'name',
    title: 'Name',
    minWidth: 150,
    render: (account) => (
      <TwoLines>
        <FluentLink as={Link} to={addressOf(account)}>
          {account.name}
        </FluentLink>
      </TwoLines>
    ),
  },
  { key: 'role', title: 'Role', minWidth: 90, render: (account) => roleWords[account.role] },
  {
    key: 'tokens',
    title: 'Tokens',
    minWidth: 60,
    isNumber: true,
    leavesAt: 2,
    render: (account) => formatNumber(account.tokenCount),
  },
  {
    key: 'lastUsedAt',
    title: 'Last used',
    minWidth: 110,
    leavesAt: 3,
    render: (account) => <RelativeTime at={account.lastUsedAt} />,
  },
  {
    key: 'nextExpiryAt',
    title: 'Next expiry',
    minWidth: 130,
    leavesAt: 1,
    render: ({ nextExpiryAt }) =>
      nextExpiryAt === null ? 'None' : <TokenExpiry token={{ expiresAt: nextExpiryAt, isExpired: false }} />,
  },
];

/** What acts in the environment by tokens alone. */
export const AccountList = () => {
  const { id: environmentId } = useEnvironment();
  const navigate = useNavigate();
  const keepSearch = useKeepSearch();
  const [view, setView] = useUrlState({ search: '' });
  const all = useQuery(serviceAccountsQuery(environmentId));
  const wanted = view.search.toLowerCase();
  const shown = wholeList({
    ...all,
    data: all.data && { value: all.data.value.filter(({ name }) => name.toLowerCase().includes(wanted)) },
  });
  const open = (path: string) => void navigate(keepSearch(path));
  const add = () => open(paths.newServiceAccount(environmentId));
  const isFull = (all.data?.value.length ?? 0) >= maxServiceAccounts;

  const actionsFor = ({ id, isYours }: ServiceAccount): IContextualMenuItem[] => [
    {
      key: 'open',
      text: 'Tokens',
      iconProps: { iconName: 'Key' },
      onClick: () => open(paths.serviceAccount(environmentId, id)),
    },
    {
      key: 'edit',
      text: 'Edit',
      iconProps: { iconName: 'Edit' },
      disabled: !isYours,
      title: isYours ? undefined : whyNotYours,
      onClick: () => open(paths.editServiceAccount(environmentId, id)),
    },
    { key: 'divider', itemType: ContextualMenuItemType.Divider },
    {
      key: 'remove',
      text: 'Remove',
      iconProps: { iconName: 'Delete' },
      ...dangerMenuItem,
      onClick: () => open(paths.removeServiceAccount(environmentId, id)),
    },
  ];

  return (
    <>
      <DataTable
        label="Service accounts"
        list={shown}
        columns={columns((account) => keepSearch(paths.serviceAccount(environmentId, account.id)))}
        keyOf={(account) => account.id}
        nameOf={(account) => account.name}
        rowActions={actionsFor}
        onOpen={(account) => open(paths.serviceAccount(environmentId, account.id))}
        narrowText={(account, hidden) => (
          <NarrowLines>
            {hidden.has('tokens') && <OneLine>{tokenCount(account.tokenCount)}</OneLine>}
            {hidden.has('lastUsedAt') && account.lastUsedAt !== null && (
              <span>
                Used <RelativeTime at={account.lastUsedAt} />
              </span>
            )}
            {hidden.has('nextExpiryAt') && account.nextExpiryAt !== null && (
              <ExpiryBadge token={{ expiresAt: account.nextExpiryAt, isExpired: false }} />
            )}
          </NarrowLines>
        )}
        commandBar={
          <CommandBar
            label="Service accounts"
            actions={[
              {
                key: 'add',
                text: 'Add service account',
                iconProps: { iconName: 'Add' },
                onClick: add,
                ...(isFull &&
                  unavailable(
                    `There are ${maxServiceAccounts} service accounts, which is the most. Remove one first.`,
                  )),
              },
              {
                key: 'refresh',
                text: 'Refresh',
                iconProps: { iconName: 'Refresh' },
                onClick: () => void all.refetch(),
              },
            ]}
          >
            <SearchField
              label="Search service accounts"
              value={view.search}
              onSearch={(search) => setView({ search })}
            />
          </CommandBar>
        }
        empty={{
          icon: 'Key',
          title: 'No service accounts',
          text: 'A service account stands for a program, such as one that starts exports after a nightly load. It cannot sign in: what it may do here follows from its role and from the tokens that you make for it.',
          action: { text: 'Add service account', onClick: add },
        }}
        onClearFilters={view.search === '' ? undefined : () => setView({ search: '' })}
      />
      <Outlet />
    </>
  );
};
