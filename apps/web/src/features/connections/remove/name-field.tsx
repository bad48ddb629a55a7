import { TextField } from '@fluentui/react';

/** Asks for the name of a connection that much depends on, so that it is not removed by a slip. */
export const NameField = ({
  name,
  typed,
  isDisabled,
  onType,
}: {
  name: string;
  typed: string;
  isDisabled: boolean;
  onType: (text: string) => void;
}) => (
  <TextField
    label={`Type “${name}” to confirm`}
    value={typed}
    disabled={isDisabled}
    autoComplete="off"
    onChange={(_, text = '') => onType(text)}
  />
);

/** Whether what was typed is the name. */
export const isNameTyped = (name: string, typed: string): boolean => typed.trim() === name;
