import { ActionButton, makeStyles } from '@fluentui/react';
import { useId } from '@fluentui/react-hooks';
import { type ReactNode, useState } from 'react';
import type { Control, FieldPath, FieldValues } from 'react-hook-form';
import { DateInput } from './form/date-input.tsx';
import { ChoiceInput, PasswordInput, TextInput, ToggleInput } from './form/fields.tsx';
import { type SchemaField, wordsOf } from './schema-form.ts';

type Props<Values extends FieldValues> = {
  control: Control<Values>;
  /** The object of the form's values that holds these fields. */
  within: FieldPath<Values>;
  fields: readonly SchemaField[];
  isDisabled?: boolean;
  /** Returns true when it has dealt with the pasted text itself. */
  onPasteText?: (text: string) => boolean;
  /** What to show in place of a field's input, if anything; made for secrets that are set already. */
  renderInstead?: (field: SchemaField) => ReactNode | undefined;
};

/** Inputs for the fields of a manifest's schema, in its order and words. */
export const SchemaFields = <Values extends FieldValues>({ fields, renderInstead, ...rest }: Props<Values>) => (
  <>
    {fields.map((field) => (
      <div key={field.name}>{renderInstead?.(field) ?? <SchemaInput {...rest} field={field} />}</div>
    ))}
  </>
);

const SchemaInput = <Values extends FieldValues>({
  control,
  within,
  field: { name, meta, isRequired },
  isDisabled,
  onPasteText,
}: Omit<Props<Values>, 'fields' | 'renderInstead'> & { field: SchemaField }) => {
  const common = {
    control,
    name: `${within}.${name}` as FieldPath<Values>,
    label: meta.label,
    help: meta.help,
    isRequired,
    isDisabled,
  };
  if (meta.control === 'choice') {
    const choices = Object.entries(meta.choices ?? {}).map(([key, text]) => ({
      key,
      text,
      help: meta.choiceHelp?.[key],
    }));
    return <ChoiceInput {...common} choices={choices} />;
  }
  if (meta.control === 'date') return <DateInput {...common} />;
  if (meta.control === 'toggle') return <ToggleInput {...common} words={wordsOf(meta)} />;
  const pasted = meta.keepsPasted === true ? undefined : onPasteText;
  const text = { ...common, placeholder: meta.placeholder, autoComplete: 'off', onPasteText: pasted };
  if (meta.control === 'secret') return <PasswordInput {...text} />;
  return meta.control === 'secretText' ? <TextInput {...text} {...forPem} /> : <TextInput {...text} />;
};

/** Several lines that a machine made, such as a PEM: nothing to spell, and their columns line up. */
const forPem = {
  multiline: true,
  rows: 6,
  spellCheck: false,
  styles: { field: { fontFamily: 'Consolas, "Cascadia Mono", Menlo, monospace', fontSize: 12 } },
} as const;

const useStyles = makeStyles({
  toggle: { marginInlineStart: -8 },
  body: { display: 'flex', flexDirection: 'column', gap: 16, paddingTop: 8 },
});

/** Fields that most people leave alone. It opens by itself while `isNeeded`: when one of them has a value or an error. */
export const AdvancedFields = ({ isNeeded, children }: { isNeeded: boolean; children: ReactNode }) => {
  const styles = useStyles();
  const bodyId = useId('advanced');
  const [isOpened, setIsOpened] = useState<boolean>();
  const isOpen = isOpened ?? isNeeded;
  return (
    <div>
      <ActionButton
        className={styles.toggle}
        iconProps={{ iconName: isOpen ? 'ChevronDown' : 'ChevronRight' }}
        text="Advanced"
        aria-expanded={isOpen}
        aria-controls={bodyId}
        onClick={() => setIsOpened(!isOpen)}
      />
      <div id={bodyId} className={styles.body} hidden={!isOpen} style={isOpen ? undefined : { display: 'none' }}>
        {children}
      </div>
    </div>
  );
};
