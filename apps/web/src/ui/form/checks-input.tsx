import { Checkbox, Label, makeStyles } from '@fluentui/react';
import { useId } from '@fluentui/react-hooks';
import { type FieldValues, useController } from 'react-hook-form';
import type { Choice, FieldProps } from './fields.tsx';

const useStyles = makeStyles((theme) => ({
  list: { display: 'flex', flexDirection: 'column', gap: 8, marginTop: 4 },
  error: { color: theme.semanticColors.errorText, fontSize: 12, marginTop: 8 },
  label: { fontWeight: 400 },
}));

/** Some of a few choices, all in sight. The form holds the keys of those that are chosen, in the order of the choices. */
export const ChecksInput = <Values extends FieldValues, Output = Values>({
  control,
  name,
  label,
  isRequired,
  isDisabled,
  choices,
}: Omit<FieldProps<Values, Output>, 'help'> & { choices: readonly Choice[] }) => {
  const { field, fieldState } = useController({ control, name });
  const styles = useStyles();
  const labelId = useId('checks');
  const chosen: readonly string[] = field.value ?? [];
  const toggle = (key: string, isChosen: boolean) =>
    field.onChange(
      choices.map((choice) => choice.key).filter((other) => (other === key ? isChosen : chosen.includes(other))),
    );
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset would bring its own border and legend
    <div role="group" aria-labelledby={labelId} onBlur={field.onBlur}>
      <Label id={labelId} required={isRequired} className={styles.label}>
        {label}
      </Label>
      <div className={styles.list}>
        {choices.map(({ key, text }, index) => (
          <Checkbox
            key={key}
            label={text}
            checked={chosen.includes(key)}
            disabled={isDisabled}
            componentRef={index === 0 ? (box) => field.ref(box && { focus: () => box.focus() }) : undefined}
            onChange={(_, isChosen) => toggle(key, isChosen === true)}
          />
        ))}
      </div>
      {fieldState.error && (
        <div role="alert" className={styles.error}>
          {fieldState.error.message}
        </div>
      )}
    </div>
  );
};
