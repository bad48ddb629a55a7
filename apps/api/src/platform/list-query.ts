import { type Condition, parseFilter } from '@junction/contracts';
import { invalidField } from './app-error.ts';
import { Prisma } from './prisma/client.ts';

/**
 * The conditions of a list's `filter`, each with an operator that the list can do; throws invalidInput when it is not of the
 * form that parseFilter documents.
 */
export const readFilter = <Field extends string>(
  filter: string | undefined,
  fields: readonly Field[],
  operatorsOf: (field: Field) => readonly Condition['operator'][] = () => ['in'],
): Condition<Field>[] => {
  if (filter === undefined) return [];
  const conditions = parseFilter(filter, fields);
  if (conditions?.every(({ field, operator }) => operatorsOf(field).includes(operator))) return conditions;
  throw invalidField(
    'filter',
    'invalid',
    `Write conditions such as ${fields[0]} eq 'x' or ${fields[0]} in ('x','y'), joined by "and"; fields are ${fields.join(', ')}.`,
  );
};

/** SQL for: the text stands somewhere in one of the columns, whatever the case. Without a text everything matches. */
export const containsText = (text: string | undefined, columns: readonly Prisma.Sql[]): Prisma.Sql =>
  text === undefined || text === ''
    ? Prisma.sql`TRUE`
    : Prisma.sql`(${Prisma.join(
        columns.map((column) => Prisma.sql`position(lower(${text}) in lower(${column})) > 0`),
        ' OR ',
      )})`;

/** SQL for: all of the conditions hold. */
export const allOf = (conditions: readonly Prisma.Sql[]): Prisma.Sql =>
  conditions.length === 0 ? Prisma.sql`TRUE` : Prisma.join([...conditions], ' AND ');
