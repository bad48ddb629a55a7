import { Dropdown } from '@fluentui/react';
import { capitalized } from '../../../lib/words.ts';
import { everyWords, offeredHours } from './profile-words.ts';

type Props = { value: number; onChange: (hours: number) => void; isDisabled?: boolean };

/** How often a lake is looked at. A choice that was made elsewhere stays among those that are offered. */
export const EveryHours = ({ value, onChange, isDisabled }: Props) => {
  const hours = [...new Set<number>([...offeredHours, value])].sort((one, other) => one - other);
  return (
    <Dropdown
      label="Look for new data"
      selectedKey={value}
      options={hours.map((key) => ({ key, text: capitalized(everyWords(key)) }))}
      disabled={isDisabled}
      styles={{ root: { maxWidth: 280 } }}
      onChange={(_, option) => {
        if (option !== undefined) onChange(Number(option.key));
      }}
    />
  );
};
