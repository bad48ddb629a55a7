import type { FieldValues } from 'react-hook-form';
import { useController } from 'react-hook-form';
import { type FieldProps, TextInput } from './fields.tsx';

const isoDay = /^\s*(\d{4}-\d{2}-\d{2})(?![\d-])/;

/**
 * A day, chosen in the browser's own calendar or typed. The form holds it as an ISO date, or as '' while it is none; a date that is
 * pasted, alone or before a time, is taken too.
 */
export const DateInput = <Values extends FieldValues, Output = Values>(input: FieldProps<Values, Output>) => {
  const { field } = useController({ control: input.control, name: input.name });
  return (
    <TextInput
      {...input}
      type="date"
      autoComplete="off"
      onPasteText={(text) => {
        const day = isoDay.exec(text)?.[1];
        if (day !== undefined) field.onChange(day);
        return day !== undefined;
      }}
    />
  );
};
