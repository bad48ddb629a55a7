import { TextField } from '@fluentui/react';
import type { ColumnType } from '@junction/contracts';
import { useState } from 'react';
import { type ConditionDraft, valueKind, valuesIn } from './filter-tree.ts';

type Props = {
  condition: ConditionDraft;
  type: ColumnType | undefined;
  /** Distinguishes this field from its like for screen readers. */
  label: string;
  onChange: (condition: ConditionDraft) => void;
  isDisabled?: boolean;
  /** What is wrong, shown at once; and what is wrong once the field was left. */
  errorAt: (field: string) => string | undefined;
  wrongAt: (field: string) => string | undefined;
};

/** A moment in UTC as the browser's own field takes it; a date alone is its midnight. */
const toLocalInput = (value: string): string => {
  const at = new Date(value);
  if (value === '' || Number.isNaN(at.getTime())) return '';
  const text = at.toISOString().slice(0, 19);
  return hasSeconds(text) ? text : text.slice(0, 16);
};
const hasSeconds = (text: string): boolean => /:\d\d:(?!00)\d\d/.test(text);
const fromLocalInput = (text: string): string => (text === '' ? '' : `${text.length === 16 ? `${text}:00` : text}Z`);

const withSeconds = (text: string): string => (/^\d\d:\d\d$/.test(text) ? `${text}:00` : text);

/** The rows of the field for several values: enough to see that it takes more than one. */
const listRows = 3;

/** The value or values that a condition compares with, entered as the column's type has them. */
export const ConditionValue = ({ condition, type, label, onChange, isDisabled, errorAt, wrongAt }: Props) => {
  const [isLeft, setIsLeft] = useState(false);
  const shown = (field: string) => errorAt(field) ?? (isLeft ? wrongAt(field) : undefined);
  const common = { ariaLabel: label, disabled: isDisabled, onBlur: () => setIsLeft(true) };
  const change = (value: string) => onChange({ ...condition, value });
  const kind = valueKind(condition.is);
  if (kind === 'none') return null;
  if (kind === 'many')
    return (
      <ValueList
        {...common}
        values={condition.values}
        shown={shown}
        onChange={(values) => onChange({ ...condition, values })}
      />
    );

  const errorMessage = shown('value');
  if (type === 'dateTime')
    return (
      <TextField
        {...common}
        type="datetime-local"
        // Seconds take room that most filters do not need.
        step={hasSeconds(condition.value) ? 1 : undefined}
        description="In UTC"
        value={toLocalInput(condition.value)}
        errorMessage={errorMessage}
        onChange={(_, text = '') => change(fromLocalInput(text))}
      />
    );
  if (type === 'time')
    return (
      <TextField
        {...common}
        type="time"
        step={1}
        value={condition.value}
        errorMessage={errorMessage}
        onChange={(_, text = '') => change(withSeconds(text))}
      />
    );
  return (
    <TextField
      {...common}
      type={type === 'date' ? 'date' : 'text'}
      inputMode={type === 'integer' ? 'numeric' : type === 'decimal' ? 'decimal' : undefined}
      autoComplete="off"
      placeholder={type === 'date' ? undefined : 'Value'}
      value={condition.value}
      errorMessage={errorMessage}
      onChange={(_, text = '') => change(type === 'text' ? text : text.trim())}
    />
  );
};

type ListProps = {
  ariaLabel: string;
  disabled?: boolean;
  onBlur: () => void;
  values: readonly string[];
  shown: (field: string) => string | undefined;
  onChange: (values: string[]) => void;
};

/** Several values, one a line, so that a column of a spreadsheet can be pasted. */
const ValueList = ({ ariaLabel, disabled, onBlur, values, shown, onChange }: ListProps) => {
  // The text as it is typed: an empty line is no value, but one that somebody is about to write.
  const [text, setText] = useState(values.join('\n'));
  const isOwn = valuesIn(text).join('\n') === values.join('\n');
  const wrong = values.findIndex((_, index) => shown(`values.${index}`) !== undefined);
  const wrongMessage = wrong < 0 ? undefined : `“${values[wrong]}”: ${shown(`values.${wrong}`)}`;
  return (
    <TextField
      ariaLabel={ariaLabel}
      disabled={disabled}
      multiline
      rows={listRows}
      resizable
      placeholder="One value per line"
      value={isOwn ? text : values.join('\n')}
      errorMessage={shown('values') ?? wrongMessage}
      onChange={(_, next = '') => {
        setText(next);
        onChange(valuesIn(next));
      }}
      onBlur={onBlur}
    />
  );
};
