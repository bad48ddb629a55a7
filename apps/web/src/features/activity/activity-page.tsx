import * as contract from '@junction/contracts';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { activityPages, activityWords, describeActivity } from '../../lib/activity.ts';
import { read } from '../../lib/queries.ts';
import { useEnvironment } from '../../lib/session.ts';
import { CommandBar, SearchField } from '../../ui/command-bar.tsx';
import { DataTable } from '../../ui/data-table/data-table.tsx';
import { FilterDropdown, splitValues } from '../../ui/filter-dropdown.tsx';
import { PageHeader } from '../../ui/page-header.tsx';
import { useUrlState } from '../../ui/url-state.ts';
import { activityColumns } from './activity-columns.tsx';
import { ActivityPanel } from './activity-panel.tsx';
import { spanChoices, spanStart } from './span.ts';

const noFilters = { search: '', kind: '', by: '', span: '' };
const kindChoices = contract.activityKinds.map((kind) => ({ key: kind, text: activityWords[kind] }));

const nameInFilter = ({ id, name, kind }: contract.Member) => ({
  key: id,
  text: kind === 'service' ? `${name} (service account)` : name,
});

/** Who did what in this environment, and who was not allowed to. */
export const ActivityPage = () => {
  const environment = useEnvironment();
  const [view, setView] = useUrlState({ ...noFilters, entry: '' });
  // Spans count from when the page was opened, so that paging does not chase the clock.
  const [openedAt] = useState(Date.now);
  const since = spanStart(view.span, openedAt);
  const list = useInfiniteQuery(
    activityPages(
      environment.id,
      [
        { field: 'kind', operator: 'in', values: splitValues(view.kind) },
        { field: 'byId', operator: 'in', values: splitValues(view.by) },
        { field: 'at', operator: 'ge', values: since === undefined ? [] : [since] },
      ],
      view.search,
    ),
  );
  const people = useQuery(
    read(contract.listMembers, {
      params: { environmentId: environment.id },
      query: { maxpagesize: contract.maximumPageSize, orderby: 'name' },
    }),
  );
  const isFiltered = Object.keys(noFilters).some((name) => view[name as keyof typeof noFilters] !== '');
  const opened = list.data?.find(({ id }) => id === view.entry);
  return (
    <>
      <PageHeader
        title="Activity"
        purpose="Every change and every denied attempt in this environment. Entries are only ever added."
      />
      <DataTable
        label="Activity"
        list={{ ...list, data: list.data?.map(describeActivity) }}
        columns={activityColumns((id) => setView({ entry: id }))}
        keyOf={(entry) => entry.id}
        nameOf={(entry) => `${entry.what}, ${entry.who}`}
        onOpen={(entry) => setView({ entry: entry.id })}
        narrowText={(entry) => `${entry.who}: ${entry.on}`}
        commandBar={
          <CommandBar
            label="Activity"
            actions={[
              {
                key: 'refresh',
                text: 'Refresh',
                iconProps: { iconName: 'Refresh' },
                onClick: () => void list.refetch(),
              },
            ]}
          >
            <SearchField label="Search activity" value={view.search} onSearch={(search) => setView({ search })} />
            <FilterDropdown
              label="Kind"
              choices={kindChoices}
              value={view.kind}
              onFilter={(kind) => setView({ kind })}
            />
            <FilterDropdown
              label="Person"
              choices={people.data?.value.map(nameInFilter) ?? []}
              value={view.by}
              onFilter={(by) => setView({ by })}
            />
            <FilterDropdown
              label="Time"
              isMultiple={false}
              choices={spanChoices}
              value={view.span}
              onFilter={(span) => setView({ span })}
            />
          </CommandBar>
        }
        empty={{
          icon: 'History',
          title: 'Nothing happened yet',
          text: 'What people change here, and what they are denied, appears in this list.',
        }}
        onClearFilters={isFiltered ? () => setView(noFilters) : undefined}
      />
      {opened && (
        <ActivityPanel environmentId={environment.id} activity={opened} onClose={() => setView({ entry: '' })} />
      )}
    </>
  );
};
