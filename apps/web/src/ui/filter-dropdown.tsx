import { Dropdown, type IDropdownOption } from '@fluentui/react';

/** The values of a filter as the address holds them: joined by commas, empty for all. */
export const splitValues = (text: string): string[] => (text === '' ? [] : text.split(','));

/** Narrows a list to some values of one property; none chosen means all. */
export const FilterDropdown = ({
  label,
  choices,
  value,
  onFilter,
  isMultiple = true,
}: {
  /** The property: "Role". */
  label: string;
  choices: readonly { key: string; text: string; disabled?: boolean }[];
  value: string;
  onFilter: (value: string) => void;
  isMultiple?: boolean;
}) => {
  const chosen = splitValues(value);
  const change = (option: IDropdownOption | undefined) => {
    if (option === undefined) return;
    const key = String(option.key);
    if (!isMultiple) return onFilter(key === allKey ? '' : key);
    onFilter((option.selected ? [...chosen, key] : chosen.filter((other) => other !== key)).join(','));
  };
  const title = (options: IDropdownOption[] | undefined) => (
    <span>
      {label}: {options?.length === 1 ? options[0]?.text : `${options?.length} chosen`}
    </span>
  );
  const common = {
    ariaLabel: `Filter by ${label.toLowerCase()}`,
    placeholder: `${label}: all`,
    dropdownWidth: 'auto' as const,
    styles: { root: { width: 160 }, dropdown: { maxWidth: '100%' } },
    onRenderTitle: (options?: IDropdownOption[]) => title(options),
    onChange: (_: unknown, option?: IDropdownOption) => change(option),
  };
  return isMultiple ? (
    <Dropdown {...common} multiSelect selectedKeys={chosen} options={choices.map((choice) => ({ ...choice }))} />
  ) : (
    <Dropdown
      {...common}
      selectedKey={value === '' ? null : value}
      options={[{ key: allKey, text: 'All' }, ...choices.map((choice) => ({ ...choice }))]}
    />
  );
};

/** Stands for no filter where one value is chosen at a time. */
const allKey = '(all)';
