import { Link as FluentLink } from '@fluentui/react';
import * as contract from '@junction/contracts';
import { useInfiniteQuery } from '@tanstack/react-query';
import { Link, Outlet, useNavigate } from 'react-router';
import { paths } from '../../lib/paths.ts';
import { readPages } from '../../lib/queries.ts';
import { useCan } from '../../lib/session.ts';
import { environmentTypeWords, roleWords } from '../../lib/words.ts';
import { CommandBar, SearchField } from '../../ui/command-bar.tsx';
import { TwoLines } from '../../ui/data-table/cell-lines.tsx';
import type { Column } from '../../ui/data-table/columns.ts';
import { DataTable } from '../../ui/data-table/data-table.tsx';
import { PageHeader } from '../../ui/page-header.tsx';
import { RelativeTime } from '../../ui/relative-time.tsx';
import { useKeepSearch, useUrlState } from '../../ui/url-state.ts';
import { NoEnvironment } from './no-environment.tsx';

const columns: readonly Column<contract.Environment>[] = [
  {
    key: 'name',
    title: 'Name',
    minWidth: 140,
    render: ({ id, name }) => (
      <TwoLines>
        <FluentLink as={Link} to={paths.environment(id)}>
          {name}
        </FluentLink>
      </TwoLines>
    ),
  },
  { key: 'type', title: 'Type', minWidth: 90, leavesAt: 2, render: ({ type }) => environmentTypeWords[type] },
  { key: 'role', title: 'Your role', minWidth: 90, render: ({ role }) => roleWords[role] },
  { key: 'owner', title: 'Owner', minWidth: 120, leavesAt: 1, render: ({ owner }) => owner.name },
  {
    key: 'createdAt',
    title: 'Created',
    minWidth: 100,
    leavesAt: 3,
    render: ({ createdAt }) => <RelativeTime at={createdAt} />,
  },
];

/** The environments one belongs to. */
export const EnvironmentsPage = () => {
  const navigate = useNavigate();
  const keepSearch = useKeepSearch();
  const can = useCan();
  const [view, setView] = useUrlState({ search: '' });
  const list = useInfiniteQuery(readPages(contract.listEnvironments, { query: { search: view.search || undefined } }));
  const create = () => void navigate(keepSearch(paths.newEnvironment()));
  const mayCreate = can('environment:create');
  const isNowhere = list.data?.length === 0 && view.search === '' && !mayCreate;
  return (
    <>
      <PageHeader
        title="Environments"
        purpose="Each has its own connections, members and activity, such as one for production and one to try things out."
      />
      {isNowhere ? (
        <NoEnvironment />
      ) : (
        <DataTable
          label="Environments"
          list={list}
          columns={columns}
          keyOf={({ id }) => id}
          nameOf={({ name }) => name}
          onOpen={({ id }) => void navigate(paths.environment(id))}
          narrowText={({ owner }) => `Owner: ${owner.name}`}
          commandBar={
            <CommandBar
              label="Environments"
              actions={
                mayCreate
                  ? [{ key: 'new', text: 'New environment', iconProps: { iconName: 'Add' }, onClick: create }]
                  : []
              }
            >
              <SearchField label="Search environments" value={view.search} onSearch={(search) => setView({ search })} />
            </CommandBar>
          }
          empty={{
            icon: 'Building',
            title: 'You belong to no environment',
            text: 'Create one to keep connections, members and activity of one purpose together.',
            action: { text: 'New environment', onClick: create },
          }}
          onClearFilters={view.search !== '' ? () => setView({ search: '' }) : undefined}
        />
      )}
      <Outlet />
    </>
  );
};
