import { type FieldValues, get, type Path, type UseFormReturn } from 'react-hook-form';

type Refusal = { message: string; fieldErrors?: readonly { field: string; code: string; message: string }[] };

/**
 * Puts what the server says is wrong back onto the fields it names and moves the focus to the first. What names no field of
 * this form appears above the form (FormFields).
 */
export const applyProblem = <Values extends FieldValues, Output>(
  form: UseFormReturn<Values, unknown, Output>,
  error: Error & Partial<Refusal>,
): void => {
  const values = form.getValues();
  const fieldErrors = error.fieldErrors ?? [];
  const here = fieldErrors.filter(({ field }) => get(values, field) !== undefined);
  const elsewhere = fieldErrors.filter((fieldError) => !here.includes(fieldError));
  here.forEach(({ field, code, message }, index) => {
    form.setError(field as Path<Values>, { type: code, message }, { shouldFocus: index === 0 });
  });
  if (here.length > 0 && elsewhere.length === 0) return;
  const message = elsewhere.length > 0 ? elsewhere.map((fieldError) => fieldError.message).join(' ') : error.message;
  form.setError('root.server', { type: 'server', message });
};
