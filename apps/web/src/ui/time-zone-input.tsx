import { ComboBox, FontWeights, makeStyles } from '@fluentui/react';
import { type FieldValues, useController } from 'react-hook-form';
import type { FieldProps } from './form/fields.tsx';
import { useNow } from './use-now.ts';

const useStyles = makeStyles((theme) => ({
  help: { display: 'block', marginTop: 4, fontSize: 12, color: theme.semanticColors.bodySubtext },
}));

const zones = (current: string): string[] => [
  ...new Set(['UTC', Intl.DateTimeFormat().resolvedOptions().timeZone, current, ...Intl.supportedValuesOf('timeZone')]),
];

const timeIn = (timeZone: string, now: Date): string | undefined => {
  try {
    return new Intl.DateTimeFormat(undefined, { timeZone, timeStyle: 'short' }).format(now);
  } catch {
    // A zone of newer time zone data than this browser's.
    return undefined;
  }
};

type PickerProps = {
  label: string;
  value: string;
  onChange: (zone: string) => void;
  onBlur?: () => void;
  isDisabled?: boolean;
  errorMessage?: string;
};

/** One of the IANA time zones; typing a part of its name finds it. Says what time it is there. */
export const TimeZonePicker = ({ label, value, onChange, onBlur, isDisabled, errorMessage }: PickerProps) => {
  const styles = useStyles();
  const time = timeIn(value, useNow());
  return (
    <div>
      <ComboBox
        label={label}
        selectedKey={value}
        options={zones(value).map((zone) => ({ key: zone, text: zone.replaceAll('_', ' ') }))}
        autoComplete="on"
        allowFreeInput
        disabled={isDisabled}
        useComboBoxAsMenuWidth
        calloutProps={{ calloutMaxHeight: 320 }}
        styles={{ label: { fontWeight: FontWeights.regular } }}
        errorMessage={errorMessage}
        onChange={(_, option) => option && onChange(String(option.key))}
        onBlur={onBlur}
      />
      {time !== undefined && <span className={styles.help}>It is {time} there.</span>}
    </div>
  );
};

/** The same as a field of a form. */
export const TimeZoneInput = <Values extends FieldValues, Output = Values>({
  control,
  name,
  label,
  isDisabled,
}: FieldProps<Values, Output>) => {
  const { field, fieldState } = useController({ control, name });
  return (
    <TimeZonePicker
      label={label}
      value={field.value}
      onChange={field.onChange}
      onBlur={field.onBlur}
      isDisabled={isDisabled}
      errorMessage={fieldState.error?.message}
    />
  );
};
