import {
  ChoiceGroup,
  Dropdown,
  type IChoiceGroupOption,
  type ITextFieldProps,
  makeStyles,
  TextField,
  Toggle,
} from '@fluentui/react';
import { useId } from '@fluentui/react-hooks';
import type { ReactNode } from 'react';
import { type Control, type FieldPath, type FieldValues, useController } from 'react-hook-form';

/** What every field takes. `control` is the form's; `name` the dotted path of the value. */
export type FieldProps<Values extends FieldValues, Output = Values> = {
  control: Control<Values, unknown, Output>;
  name: FieldPath<Values>;
  label: string;
  help?: ReactNode;
  isRequired?: boolean;
  isDisabled?: boolean;
};

type TextProps<Values extends FieldValues, Output> = FieldProps<Values, Output> &
  Pick<
    ITextFieldProps,
    | 'placeholder'
    | 'autoComplete'
    | 'type'
    | 'inputMode'
    | 'multiline'
    | 'rows'
    | 'spellCheck'
    | 'styles'
    | 'prefix'
    | 'suffix'
  > & {
    /** Returns true when it has dealt with the pasted text itself (a URL or connection string taken apart). */
    onPasteText?: (text: string) => boolean;
    /** Fluent gives the focus to the field when it appears. */
    hasFocusFirst?: boolean;
  };

/** react-hook-form moves the focus to the first field in error through the ref. */
type Focusable = { focus(): void };
const focusRef = (register: (instance: Focusable | null) => void) => (component: Focusable | null) =>
  register(component && { focus: () => component.focus() });

const renderHelp = (help: ReactNode) => (help === undefined ? undefined : () => <Help>{help}</Help>);

const Help = ({ children }: { children: ReactNode }) => <span className={useFieldStyles().help}>{children}</span>;

/** What both kinds of text field give to Fluent's. */
const useTextField = <Values extends FieldValues, Output>({
  control,
  name,
  help,
  isRequired,
  isDisabled,
  onPasteText,
  hasFocusFirst,
  ...rest
}: TextProps<Values, Output>) => {
  const { field, fieldState } = useController({ control, name });
  const props: ITextFieldProps = {
    ...rest,
    onRenderDescription: renderHelp(help),
    required: isRequired,
    disabled: isDisabled,
    autoFocus: hasFocusFirst,
    name: field.name,
    value: field.value ?? '',
    errorMessage: fieldState.error?.message,
    componentRef: focusRef(field.ref),
    onChange: (_, value = '') => field.onChange(value),
    onBlur: field.onBlur,
    onPaste: (event) => {
      if (onPasteText?.(event.clipboardData.getData('text'))) event.preventDefault();
    },
  };
  return { field, props };
};

/** One line (or with `multiline` several) of text; blanks around it are dropped when it is left. */
export const TextInput = <Values extends FieldValues, Output = Values>(input: TextProps<Values, Output>) => {
  const { field, props } = useTextField(input);
  return (
    <TextField
      {...props}
      onBlur={() => {
        const trimmed = String(field.value ?? '').trim();
        if (trimmed !== (field.value ?? '')) field.onChange(trimmed);
        field.onBlur();
      }}
    />
  );
};

/** A secret while it is being typed, with a button that reveals it. Never trimmed: blanks may belong to it. */
export const PasswordInput = <Values extends FieldValues, Output = Values>(
  input: Omit<TextProps<Values, Output>, 'type' | 'multiline' | 'rows'>,
) => {
  const { props } = useTextField<Values, Output>(input);
  return (
    <TextField
      {...props}
      type="password"
      canRevealPassword
      revealPasswordAriaLabel={`Show ${input.label.toLowerCase()}`}
    />
  );
};

export type Choice = { key: string; text: string; help?: string };

const useFieldStyles = makeStyles((theme) => ({
  error: { color: theme.semanticColors.errorText, fontSize: 12, marginTop: 4 },
  // The help under it keeps the distance.
  toggle: { marginBottom: 0 },
  help: { color: theme.semanticColors.bodySubtext, fontSize: 12, display: 'block', marginTop: 4 },
  choiceHelp: {
    color: theme.semanticColors.bodySubtext,
    fontSize: 12,
    display: 'block',
    paddingInlineStart: 26,
    marginTop: 2,
  },
}));

/** A radio button with, under its word, what choosing it means. */
const choiceOption = ({ key, text, help }: Choice, helpClass: string): IChoiceGroupOption => ({
  key,
  text,
  onRenderLabel: (option, render) => (
    <>
      {option && render?.(option)}
      {help !== undefined && <span className={helpClass}>{help}</span>}
    </>
  ),
});

/** Few choices, all in sight. */
export const ChoiceInput = <Values extends FieldValues, Output = Values>({
  control,
  name,
  label,
  help,
  isRequired,
  isDisabled,
  choices,
}: FieldProps<Values, Output> & { choices: readonly Choice[] }) => {
  const { field, fieldState } = useController({ control, name });
  const styles = useFieldStyles();
  return (
    <div>
      <ChoiceGroup
        label={label}
        required={isRequired}
        disabled={isDisabled}
        name={field.name}
        selectedKey={field.value ?? null}
        options={choices.map((choice) => choiceOption(choice, styles.choiceHelp))}
        onChange={(_, option) => field.onChange(option?.key)}
        onBlur={field.onBlur}
      />
      {help !== undefined && <Help>{help}</Help>}
      {fieldState.error && (
        <div role="alert" className={styles.error}>
          {fieldState.error.message}
        </div>
      )}
    </div>
  );
};

/** Many choices, one shown. */
export const SelectInput = <Values extends FieldValues, Output = Values>({
  control,
  name,
  label,
  help,
  isRequired,
  isDisabled,
  choices,
}: FieldProps<Values, Output> & { choices: readonly Choice[] }) => {
  const { field, fieldState } = useController({ control, name });
  return (
    <div>
      <Dropdown
        label={label}
        required={isRequired}
        disabled={isDisabled}
        selectedKey={field.value ?? null}
        options={choices.map(({ key, text }) => ({ key, text }))}
        errorMessage={fieldState.error?.message}
        componentRef={focusRef(field.ref)}
        onChange={(_, option) => field.onChange(option?.key)}
        onBlur={field.onBlur}
      />
      {help !== undefined && <Help>{help}</Help>}
    </div>
  );
};

/** Yes or no. The form holds `true` or `false` as text, as it holds everything that is typed. */
export const ToggleInput = <Values extends FieldValues, Output = Values>({
  control,
  name,
  label,
  help,
  isDisabled,
  words = {},
}: FieldProps<Values, Output> & { words?: Readonly<Record<string, string>> }) => {
  const { field, fieldState } = useController({ control, name });
  const styles = useFieldStyles();
  const helpId = useId('toggle-help');
  return (
    <div>
      <Toggle
        className={styles.toggle}
        label={label}
        onText={words.true}
        offText={words.false}
        disabled={isDisabled}
        checked={field.value === 'true'}
        componentRef={focusRef(field.ref)}
        aria-describedby={help === undefined ? undefined : helpId}
        onChange={(_, isOn) => field.onChange(String(isOn === true))}
        onBlur={field.onBlur}
      />
      {help !== undefined && (
        <span id={helpId}>
          <Help>{help}</Help>
        </span>
      )}
      {fieldState.error && (
        <div role="alert" className={styles.error}>
          {fieldState.error.message}
        </div>
      )}
    </div>
  );
};
