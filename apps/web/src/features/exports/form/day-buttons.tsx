import { makeStyles } from '@fluentui/react';
import { useId } from '@fluentui/react-hooks';

type Day<Value> = { value: Value; text: string; name: string };

type Props<Value> = {
  label: string;
  days: readonly Day<Value>[];
  chosen: readonly Value[];
  onChange: (chosen: Value[]) => void;
  onBlur: () => void;
  isDisabled?: boolean;
  errorMessage?: string;
};

const useStyles = makeStyles((theme) => ({
  root: { border: 0, margin: 0, padding: 0, minWidth: 0 },
  label: { padding: '5px 0', lineHeight: '20px' },
  days: { display: 'flex', flexWrap: 'wrap', gap: 4 },
  day: {
    minWidth: 40,
    height: 32,
    padding: '0 8px',
    font: 'inherit',
    fontSize: 14,
    cursor: 'pointer',
    color: theme.semanticColors.bodyText,
    background: theme.semanticColors.bodyBackground,
    border: `1px solid ${theme.semanticColors.inputBorder}`,
    borderRadius: 4,
    '&:hover': { background: theme.palette.neutralLighter },
    '&:disabled': { cursor: 'default', color: theme.semanticColors.disabledText },
    '&[aria-pressed="true"]': {
      color: theme.semanticColors.primaryButtonText,
      background: theme.semanticColors.primaryButtonBackground,
      borderColor: theme.semanticColors.primaryButtonBackground,
      fontWeight: 600,
      // In here: with the selector inside the query, Fluent drops the query.
      '@media (forced-colors: active)': { forcedColorAdjust: 'none', color: 'HighlightText', background: 'Highlight' },
    },
  },
  error: { color: theme.semanticColors.errorText, fontSize: 12, marginTop: 4 },
}));

/** Days to check, side by side as on a calendar. */
export const DayButtons = <Value extends number | string>({
  label,
  days,
  chosen,
  onChange,
  onBlur,
  isDisabled,
  errorMessage,
}: Props<Value>) => {
  const styles = useStyles();
  const errorId = useId('days-error');
  const isInvalid = errorMessage !== undefined;
  return (
    <fieldset
      className={styles.root}
      disabled={isDisabled}
      aria-describedby={isInvalid ? errorId : undefined}
      onBlur={(event) => !event.currentTarget.contains(event.relatedTarget) && onBlur()}
    >
      <legend className={styles.label}>{label}</legend>
      <div className={styles.days}>
        {days.map(({ value, text, name }, index) => (
          <button
            key={value}
            type="button"
            className={styles.day}
            aria-pressed={chosen.includes(value)}
            aria-label={name}
            data-invalid={isInvalid && index === 0 ? true : undefined}
            onClick={() =>
              onChange(
                days
                  .filter((day) => (day.value === value ? !chosen.includes(value) : chosen.includes(day.value)))
                  .map((day) => day.value),
              )
            }
          >
            {text}
          </button>
        ))}
      </div>
      {isInvalid && (
        <div id={errorId} role="alert" className={styles.error}>
          {errorMessage}
        </div>
      )}
    </fieldset>
  );
};
