import { ContextualMenuItemType, type IContextualMenuItem } from '@fluentui/react';
import * as contract from '@junction/contracts';
import { useInfiniteQuery } from '@tanstack/react-query';
import { Outlet, useNavigate } from 'react-router';
import { paths } from '../../lib/paths.ts';
import { useEnvironment } from '../../lib/session.ts';
import { useWaysToSignIn } from '../../lib/sign-in-options.ts';
import { roleWords } from '../../lib/words.ts';
import { CommandBar, SearchField } from '../../ui/command-bar.tsx';
import { NarrowLines, OneLine } from '../../ui/data-table/cell-lines.tsx';
import { DataTable } from '../../ui/data-table/data-table.tsx';
import { FilterDropdown } from '../../ui/filter-dropdown.tsx';
import { useKeepSearch, useUrlState } from '../../ui/url-state.ts';
import { memberPages } from './api.ts';
import { memberColumns } from './member-columns.tsx';
import { roleFromWords } from './role-from-words.ts';

const noFilters = { search: '', role: '' };
const roleChoices = [...contract.roles].reverse().map((role) => ({ key: role, text: roleWords[role] }));

/** The people who belong to the environment, and in which role. */
export const PeopleList = () => {
  const environment = useEnvironment();
  const navigate = useNavigate();
  const keepSearch = useKeepSearch();
  const [view, setView] = useUrlState({ ...noFilters, orderby: 'name' });
  const list = useInfiniteQuery(memberPages(environment.id, view));
  const { hasPasswords, hasProvider } = useWaysToSignIn();
  const open = (path: string) => void navigate(keepSearch(path));
  const add = () => open(paths.newMember(environment.id));

  const actionsFor = (member: contract.Member): IContextualMenuItem[] => {
    const address = paths.member(environment.id, member.id);
    const actions: IContextualMenuItem[] = [
      { key: 'edit', text: 'Edit', iconProps: { iconName: 'Edit' }, onClick: () => open(address) },
      ...(hasPasswords
        ? [
            {
              key: 'reset',
              text: 'Reset password',
              iconProps: { iconName: 'Key' },
              onClick: () => open(`${address}/reset-password`),
            },
          ]
        : []),
      { key: 'divider', itemType: ContextualMenuItemType.Divider },
      {
        key: 'remove',
        text: 'Remove',
        iconProps: { iconName: 'Delete' },
        disabled: member.isOwner,
        title: member.isOwner ? 'Hand the environment to another admin first, under Settings.' : undefined,
        onClick: () => open(`${address}/remove`),
      },
    ];
    return actions;
  };

  return (
    <>
      <DataTable
        label="Members"
        list={list}
        columns={memberColumns({
          addressOf: (member) => keepSearch(paths.member(environment.id, member.id)),
          // Where nothing but hands gives roles, there is nothing to tell.
          tellsRoleFrom: hasProvider || list.data?.some(({ roleFrom }) => roleFrom === 'groups') === true,
          hasPasswords,
        })}
        keyOf={(member) => member.id}
        nameOf={(member) => member.name}
        orderBy={view.orderby}
        onOrderBy={(orderby) => setView({ orderby })}
        rowActions={actionsFor}
        onOpen={(member) => open(paths.member(environment.id, member.id))}
        narrowText={(member, hidden) => (
          <NarrowLines>
            <OneLine>{member.email}</OneLine>
            {hidden.has('roleFrom') && member.roleFrom === 'groups' && <OneLine>{roleFromWords(member)}</OneLine>}
          </NarrowLines>
        )}
        commandBar={
          <CommandBar
            label="Members"
            actions={[
              { key: 'add', text: 'Add member', iconProps: { iconName: 'Add' }, onClick: add },
              {
                key: 'refresh',
                text: 'Refresh',
                iconProps: { iconName: 'Refresh' },
                onClick: () => void list.refetch(),
              },
            ]}
          >
            <SearchField label="Search members" value={view.search} onSearch={(search) => setView({ search })} />
            <FilterDropdown
              label="Role"
              choices={roleChoices}
              value={view.role}
              onFilter={(role) => setView({ role })}
            />
          </CommandBar>
        }
        empty={{
          icon: 'People',
          title: 'No people',
          text: 'Add the people who work with the connections of this environment.',
          action: { text: 'Add member', onClick: add },
        }}
        onClearFilters={view.search !== '' || view.role !== '' ? () => setView(noFilters) : undefined}
      />
      <Outlet />
    </>
  );
};
