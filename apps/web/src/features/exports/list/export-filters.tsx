import { type ExportSummary, exportStatuses } from '@junction/contracts';
import { useQuery } from '@tanstack/react-query';
import { connectorLabel, formatNumber } from '../../../lib/words.ts';
import { SearchField } from '../../../ui/command-bar.tsx';
import { FilterDropdown } from '../../../ui/filter-dropdown.tsx';
import { statusWords } from '../../../ui/status-badge.tsx';
import { exportSummaryQuery } from '../api.ts';
import { chosenConnectionsAtMost, type ListView, noConnection, type ViewState } from './list-view.ts';

type Props = { environmentId: string; view: ListView; onChange: (change: Partial<ViewState>) => void };

/** Search, and filters by status, connection and type, each choice with how many exports it has. */
export const ExportFilters = ({ environmentId, view, onChange }: Props) => {
  const summary = useQuery(exportSummaryQuery(environmentId)).data;
  return (
    <>
      <SearchField label="Search exports" value={view.search} onSearch={(search) => onChange({ search })} />
      <FilterDropdown
        label="Status"
        choices={statusChoices(summary)}
        value={view.statuses.join(',')}
        onFilter={(status) => onChange({ status })}
      />
      <FilterDropdown
        label="Connection"
        choices={connectionChoices(summary, view.connections)}
        value={view.connections.join(',')}
        onFilter={(connection) => onChange({ connection })}
      />
      <FilterDropdown
        label="Type"
        choices={typeChoices(summary, view.types)}
        value={view.types.join(',')}
        onFilter={(type) => onChange({ type })}
      />
    </>
  );
};

/** "Failed (3)"; without a number until they are known. */
const counted = (words: string, count: number | undefined) =>
  count === undefined ? words : `${words} (${formatNumber(count)})`;

const statusChoices = (summary: ExportSummary | undefined) =>
  exportStatuses.map((status) => ({
    key: status,
    text: counted(statusWords(status), summary && (summary.byStatus[status] ?? 0)),
  }));

/** The types there are, and those of the address that no export has any more. */
const typeChoices = (summary: ExportSummary | undefined, chosen: readonly string[]) =>
  [...new Set([...Object.keys(summary?.byType ?? {}), ...chosen])]
    .map((type) => ({ key: type, text: counted(connectorLabel(type), summary && (summary.byType[type] ?? 0)) }))
    .sort((a, b) => a.text.localeCompare(b.text));

/** No connection first, then the connections by name, and those of the address that the summary does not name (it has the ones with the most exports). */
const connectionChoices = (summary: ExportSummary | undefined, chosen: readonly string[]) => {
  const named = [...(summary?.byConnection ?? [])].sort((a, b) => a.name.localeCompare(b.name));
  const known = new Set(named.map(({ id }) => id));
  const isFull = chosen.length >= chosenConnectionsAtMost;
  return [
    { key: noConnection, text: counted('No connection', summary?.withoutConnection) },
    ...named.map(({ id, name, count }) => ({ key: id, text: counted(name, count) })),
    ...chosen
      .filter((id) => id !== noConnection && !known.has(id))
      .map((id) => ({ key: id, text: 'Another connection' })),
  ].map((choice) => ({ ...choice, disabled: isFull && !chosen.includes(choice.key) }));
};
