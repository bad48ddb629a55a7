import * as z from 'zod';

export const defaultPageSize = 50;
export const maximumPageSize = 200;

/** `{ value, nextLink? }` as in the Azure REST API guidelines; `nextLink` is opaque and absent on the last page. */
export const listOf = <Item extends z.ZodType>(item: Item) =>
  z.object({ value: z.array(item), nextLink: z.string().optional() });

/** The query of every list. `filter` is documented with parseFilter, `orderby` is `field` or `field desc`, `skiptoken` comes from a nextLink. */
export const ListQuery = z.object({
  search: z.string().trim().max(200).optional(),
  filter: z.string().max(1000).optional(),
  orderby: z.string().max(60).optional(),
  maxpagesize: z.coerce
    .number()
    .int()
    .min(1, { error: 'Ask for 1 to 200 rows.' })
    .max(maximumPageSize, { error: 'Ask for 1 to 200 rows.' })
    .default(defaultPageSize),
  skiptoken: z.string().max(2000).optional(),
});
export type ListQuery = z.infer<typeof ListQuery>;

/** One condition: the field equals one of the values (`eq`, `in`), or is at or after (`ge`), or before (`lt`) the only one. */
export type Condition<Field extends string = string> = { field: Field; operator: 'in' | 'ge' | 'lt'; values: string[] };

const conditionPattern =
  /^\s*([a-zA-Z]+)\s+(?:(eq|ge|lt)\s+'((?:[^']|'')*)'|in\s+\(\s*('(?:[^']|'')*'(?:\s*,\s*'(?:[^']|'')*')*)\s*\))\s*(?:and\s+(?=\S)|$)/;

/**
 * Reads the small part of OData's filter language that lists take: conditions joined by `and`, such as
 * `type eq 'adls-gen2' and status in ('failing','actionRequired')`; a quote inside a value is doubled.
 * Returns undefined when the text is not of that form or names a field that is not in `fields`.
 */
export const parseFilter = <Field extends string>(
  text: string,
  fields: readonly Field[],
): Condition<Field>[] | undefined => {
  const conditions: Condition<Field>[] = [];
  let rest = text;
  while (rest !== '') {
    const match = conditionPattern.exec(rest);
    const field = fields.find((name) => name === match?.[1]);
    if (!match || !field) return undefined;
    const values =
      match[4] === undefined
        ? [match[3] ?? '']
        : [...match[4].matchAll(/'((?:[^']|'')*)'/g)].map((found) => found[1] ?? '');
    const operator = match[2] === 'ge' || match[2] === 'lt' ? match[2] : 'in';
    conditions.push({ field, operator, values: values.map((value) => value.replaceAll("''", "'")) });
    rest = rest.slice(match[0].length);
  }
  return conditions;
};

/** Writes what parseFilter reads; conditions without values are left out. */
export const formatFilter = (conditions: readonly Condition[]): string | undefined => {
  const quote = (value: string) => `'${value.replaceAll("'", "''")}'`;
  const parts = conditions
    .filter(({ values }) => values.length > 0)
    .map(({ field, operator, values }) =>
      operator === 'in'
        ? `${field} in (${values.map(quote).join(',')})`
        : `${field} ${operator} ${quote(values[0] ?? '')}`,
    );
  return parts.length > 0 ? parts.join(' and ') : undefined;
};

/** Reads `field` or `field asc|desc`; undefined when the field is not in `fields`. */
export const parseOrderBy = <Field extends string>(
  text: string,
  fields: readonly Field[],
): { field: Field; descending: boolean } | undefined => {
  const [name, direction = 'asc', ...more] = text.trim().split(/\s+/);
  const field = fields.find((candidate) => candidate === name);
  if (!field || more.length > 0 || (direction !== 'asc' && direction !== 'desc')) return undefined;
  return { field, descending: direction === 'desc' };
};
