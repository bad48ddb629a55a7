import { ActionButton, IconButton, makeStyles, TextField } from '@fluentui/react';
import { maxTimes } from '@junction/contracts';
import { useRef } from 'react';

type Props = {
  times: readonly string[];
  onChange: (times: string[]) => void;
  onBlur: () => void;
  isDisabled?: boolean;
  /** What is wrong with all of them, and with one by its place. */
  errorMessage?: string;
  errorAt: (index: number) => string | undefined;
};

const useStyles = makeStyles((theme) => ({
  root: { border: 0, margin: 0, padding: 0, minWidth: 0 },
  label: { padding: '5px 0', lineHeight: '20px' },
  times: { display: 'flex', flexWrap: 'wrap', gap: '8px 12px', alignItems: 'flex-start' },
  time: { display: 'flex', alignItems: 'flex-start', gap: 2 },
  field: { width: 116 },
  add: { marginInlineStart: -8 },
  error: { color: theme.semanticColors.errorText, fontSize: 12, marginTop: 4 },
}));

/** One more time, an hour after the last one. */
const nextTime = (times: readonly string[]): string => {
  const hour = Number((times.at(-1) ?? '07:00').slice(0, 2));
  return `${String((Number.isNaN(hour) ? 8 : hour + 1) % 24).padStart(2, '0')}:00`;
};

/** The times of the day at which something runs; one at least. */
export const TimesInput = ({ times, onChange, onBlur, isDisabled, errorMessage, errorAt }: Props) => {
  const styles = useStyles();
  const list = useRef<HTMLDivElement>(null);
  const inputs = () => [...(list.current?.querySelectorAll('input') ?? [])];

  const add = () => {
    onChange([...times, nextTime(times)]);
    setTimeout(() => inputs().at(-1)?.focus());
  };
  const remove = (index: number) => {
    onChange(times.filter((_, at) => at !== index));
    // The button is gone; its neighbour is what one goes on with.
    setTimeout(() => inputs()[Math.min(index, times.length - 2)]?.focus());
  };

  return (
    <fieldset className={styles.root}>
      <legend className={styles.label}>Times</legend>
      <div ref={list} className={styles.times}>
        {times
          .map((time, index) => ({ time, index, key: `time-${index}` }))
          .map(({ time, index, key }) => (
            <div key={key} className={styles.time}>
              <TextField
                className={styles.field}
                type="time"
                ariaLabel={`Time ${index + 1}`}
                value={time}
                disabled={isDisabled}
                errorMessage={errorAt(index)}
                onChange={(_, value = '') => onChange(times.map((old, at) => (at === index ? value : old)))}
                onBlur={onBlur}
              />
              {times.length > 1 && (
                <IconButton
                  iconProps={{ iconName: 'Cancel' }}
                  title={`Remove time ${index + 1}`}
                  ariaLabel={`Remove time ${index + 1}`}
                  disabled={isDisabled}
                  onClick={() => remove(index)}
                />
              )}
            </div>
          ))}
      </div>
      {errorMessage !== undefined && (
        <div role="alert" className={styles.error}>
          {errorMessage}
        </div>
      )}
      {times.length < maxTimes && (
        <ActionButton
          className={styles.add}
          iconProps={{ iconName: 'Add' }}
          text="Add time"
          disabled={isDisabled}
          onClick={add}
        />
      )}
    </fieldset>
  );
};
