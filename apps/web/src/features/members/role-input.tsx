import { roles } from '@junction/contracts';
import type { FieldValues } from 'react-hook-form';
import { roleHelp, roleWords } from '../../lib/words.ts';
import { ChoiceInput, type FieldProps } from '../../ui/form/fields.tsx';

const choices = roles.map((role) => ({ key: role, text: roleWords[role], help: roleHelp[role] }));

/** One of the roles, each with what it is for. */
export const RoleInput = <Values extends FieldValues, Output = Values>(props: FieldProps<Values, Output>) => (
  <ChoiceInput {...props} choices={choices} />
);
