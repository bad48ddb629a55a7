import { ComboBox, FontWeights, makeStyles } from '@fluentui/react';
import { type FieldValues, useController } from 'react-hook-form';
import type { FieldProps } from '../../ui/form/fields.tsx';
import { useNow } from '../../ui/use-now.ts';

const useStyles = makeStyles((theme) => ({
  help: { display: 'block', marginTop: 4, fontSize: 12, color: theme.semanticColors.bodySubtext },
}));

const zones = (current: string): string[] => [
  ...new Set(['UTC', Intl.DateTimeFormat().resolvedOptions().timeZone, current, ...Intl.supportedValuesOf('timeZone')]),
];

/** One of the IANA time zones; typing a part of its name finds it. Says what time it is there. */
export const TimeZoneInput = <Values extends FieldValues, Output = Values>({
  control,
  name,
  label,
}: FieldProps<Values, Output>) => {
  const styles = useStyles();
  const now = useNow();
  const { field, fieldState } = useController({ control, name });
  const time = new Intl.DateTimeFormat(undefined, { timeZone: field.value, timeStyle: 'short' }).format(now);
  return (
    <div>
      <ComboBox
        label={label}
        selectedKey={field.value}
        options={zones(field.value).map((zone) => ({ key: zone, text: zone.replaceAll('_', ' ') }))}
        autoComplete="on"
        allowFreeInput
        useComboBoxAsMenuWidth
        calloutProps={{ calloutMaxHeight: 320 }}
        styles={{ label: { fontWeight: FontWeights.regular } }}
        errorMessage={fieldState.error?.message}
        onChange={(_, option) => option && field.onChange(option.key)}
        onBlur={field.onBlur}
      />
      <span className={styles.help}>It is {time} there.</span>
    </div>
  );
};
