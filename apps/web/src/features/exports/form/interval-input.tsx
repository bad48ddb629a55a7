import { Dropdown, makeStyles, TextField } from '@fluentui/react';
import { useState } from 'react';
import { type IntervalUnit, intervalUnits, inUnits, minutesOf } from './schedule-values.ts';

const useStyles = makeStyles({
  root: { display: 'flex', gap: 8, alignItems: 'flex-start' },
  amount: { width: 116 },
  unit: { width: 140 },
});

const unitOptions = Object.keys(intervalUnits).map((unit) => ({ key: unit, text: unit }));

type Props = {
  everyMinutes: number;
  onChange: (everyMinutes: number) => void;
  onBlur: () => void;
  isDisabled?: boolean;
  errorMessage?: string;
};

/** "Every 15 minutes": an amount and its unit. */
export const IntervalInput = ({ everyMinutes, onChange, onBlur, isDisabled, errorMessage }: Props) => {
  const styles = useStyles();
  const [typed, setTyped] = useState(() => inUnits(everyMinutes));
  // What was typed holds ("90 minutes" does not become "1.5 hours") until the value changes from outside.
  const shown = Object.is(minutesOf(typed.amount, typed.unit), everyMinutes) ? typed : inUnits(everyMinutes);
  const change = (changes: Partial<typeof typed>) => {
    const next = { ...shown, ...changes };
    setTyped(next);
    onChange(minutesOf(next.amount, next.unit));
  };
  return (
    <div className={styles.root}>
      <TextField
        className={styles.amount}
        label="Every"
        inputMode="numeric"
        autoComplete="off"
        value={shown.amount}
        disabled={isDisabled}
        errorMessage={errorMessage}
        // The error needs more room than the number.
        styles={{ errorMessage: { width: 'min(260px, 70vw)' } }}
        onChange={(_, amount = '') => change({ amount })}
        onBlur={onBlur}
      />
      <Dropdown
        className={styles.unit}
        label="Unit"
        options={unitOptions}
        selectedKey={shown.unit}
        disabled={isDisabled}
        onChange={(_, option) => option && change({ unit: option.key as IntervalUnit })}
        onBlur={onBlur}
      />
    </div>
  );
};
