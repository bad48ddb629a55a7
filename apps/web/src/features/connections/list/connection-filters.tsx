import { Dropdown, type IDropdownOption } from '@fluentui/react';
import { manifests } from '@junction/connectors/manifests';
import { connectionStatuses } from '@junction/contracts';
import { SearchField } from '../../../ui/command-bar.tsx';
import { statusWords } from '../../../ui/status-badge.tsx';
import type { ListView, ViewState } from './list-view.ts';

const typeOptions: IDropdownOption[] = manifests.map(({ type, label }) => ({ key: type, text: label }));
const statusOptions: IDropdownOption[] = connectionStatuses.map((status) => ({
  key: status,
  text: statusWords(status),
}));

type Props = { view: ListView; onChange: (change: Partial<ViewState>) => void };

/** Search, and filters by type and status. */
export const ConnectionFilters = ({ view, onChange }: Props) => (
  <>
    <SearchField label="Search connections" value={view.search} onSearch={(search) => onChange({ search })} />
    <MultiFilter
      label="Type"
      options={typeOptions}
      chosen={view.types}
      onChoose={(types) => onChange({ type: types })}
    />
    <MultiFilter
      label="Status"
      options={statusOptions}
      chosen={view.statuses}
      onChoose={(statuses) => onChange({ status: statuses })}
    />
  </>
);

type MultiFilterProps = {
  label: string;
  options: IDropdownOption[];
  chosen: readonly string[];
  /** Gets the chosen keys, separated by commas. */
  onChoose: (keys: string) => void;
};

const MultiFilter = ({ label, options, chosen, onChoose }: MultiFilterProps) => (
  <Dropdown
    ariaLabel={`Filter by ${label.toLowerCase()}`}
    placeholder={`${label}: all`}
    multiSelect
    options={options}
    selectedKeys={[...chosen]}
    onChange={(_, option) => {
      if (option === undefined) return;
      const others = chosen.filter((key) => key !== option.key);
      onChoose((option.selected ? [...others, String(option.key)] : others).join(','));
    }}
    onRenderTitle={(selected = []) => (
      <>
        {label}: {selected.length === 1 ? selected[0]?.text : `${selected.length} chosen`}
      </>
    )}
    dropdownWidth="auto"
    styles={{ root: { width: 168 } }}
  />
);
