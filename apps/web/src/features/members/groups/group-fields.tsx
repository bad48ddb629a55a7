import { DisplayName, Role } from '@junction/contracts';
import type { Control, FieldPath, FieldValues } from 'react-hook-form';
import * as z from 'zod';
import { TextInput } from '../../../ui/form/fields.tsx';
import { RoleInput } from '../role-input.tsx';

/** What can be changed of a group; the value stays, because another one would be another group. */
export const GroupValues = z.object({ name: DisplayName, role: Role });
export type GroupValues = z.output<typeof GroupValues>;

/** The name and the role of a group. */
export const GroupFields = <Values extends FieldValues, Output>({
  control,
}: {
  control: Control<Values, unknown, Output>;
}) => (
  <>
    <TextInput
      control={control}
      name={'name' as FieldPath<Values>}
      label="Name"
      placeholder="Data team"
      help="What it is called here."
      autoComplete="off"
      isRequired
    />
    <RoleInput control={control} name={'role' as FieldPath<Values>} label="Role" isRequired />
  </>
);
