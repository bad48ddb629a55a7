import * as z from 'zod';
import type { ColumnType } from './entities.ts';
import type { FieldError } from './errors.ts';

/** Conditions in one filter: what a person can oversee, and a bound on what an engine is given. */
export const maximumConditions = 50;
/** Groups within groups; brackets deeper than this are not read by anybody. */
export const maximumFilterDepth = 3;
/** Values of one "is one of". */
export const maximumFilterValues = 200;

/** Comparisons that take one value. */
const oneValue = [
  'equals',
  'notEquals',
  'contains',
  'startsWith',
  'endsWith',
  'lessThan',
  'atMost',
  'greaterThan',
  'atLeast',
] as const;
const manyValues = ['oneOf', 'notOneOf'] as const;
const noValue = ['isEmpty', 'isNotEmpty', 'isTrue', 'isFalse'] as const;
export const comparisons = [...oneValue, ...manyValues, ...noValue] as const;
export type Comparison = (typeof comparisons)[number];

const Column = z.string().min(1, { error: 'Choose a column.' }).max(500);
const Value = z.string().max(2_000);

/** One comparison of a column with values; values are text in the column's own notation (RFC 3339 for dates and times). */
export const RowCondition = z.union([
  z.strictObject({ column: Column, is: z.enum(oneValue), value: Value }),
  z.strictObject({
    column: Column,
    is: z.enum(manyValues),
    values: z
      .array(Value)
      .min(1, { error: 'Enter at least one value.' })
      .max(maximumFilterValues, { error: `Enter at most ${maximumFilterValues} values.` }),
  }),
  z.strictObject({ column: Column, is: z.enum(noValue) }),
]);
export type RowCondition = z.infer<typeof RowCondition>;

/** Conditions and groups of which all, or any, must hold. */
export type RowFilter = { match: 'all' | 'any'; of: (RowCondition | RowFilter)[] };
export const RowFilter: z.ZodType<RowFilter> = z
  .strictObject({
    match: z.enum(['all', 'any']),
    of: z
      .array(
        z.union([RowCondition, z.lazy(() => RowFilter)], {
          error: `A condition has a column, what it is (such as equals), and as text the value or up to ${maximumFilterValues} values that this takes; a group has match and of.`,
        }),
      )
      .min(1, { error: 'A group needs at least one condition.' })
      .max(maximumConditions, { error: `Use at most ${maximumConditions} conditions.` }),
  })
  .meta({ id: 'RowFilter' });

const ordered = [
  'equals',
  'notEquals',
  'lessThan',
  'atMost',
  'greaterThan',
  'atLeast',
  'oneOf',
  'notOneOf',
  'isEmpty',
  'isNotEmpty',
] as const;
const text = [
  'equals',
  'notEquals',
  'contains',
  'startsWith',
  'endsWith',
  'oneOf',
  'notOneOf',
  'isEmpty',
  'isNotEmpty',
] as const;

/** Which comparisons a column of a type can take, in the order that they are offered. */
export const comparisonsOf: Readonly<Record<ColumnType, readonly Comparison[]>> = {
  text,
  guid: ['equals', 'notEquals', 'oneOf', 'notOneOf', 'isEmpty', 'isNotEmpty'],
  integer: ordered,
  decimal: ordered,
  date: ordered,
  time: ordered,
  dateTime: ordered,
  boolean: ['isTrue', 'isFalse', 'isEmpty', 'isNotEmpty'],
  json: ['isEmpty', 'isNotEmpty'],
  other: ['isEmpty', 'isNotEmpty'],
};

/** What a value of a type must look like, and how to say so. Types that are not here take any text. */
const valueShapes: Partial<Record<ColumnType, { schema: z.ZodType; message: string }>> = {
  integer: { schema: z.string().regex(/^-?\d{1,18}$/), message: 'Enter a whole number such as 42.' },
  decimal: { schema: z.string().regex(/^-?\d{1,30}(\.\d{1,30})?$/), message: 'Enter a number such as 12.5.' },
  date: { schema: z.iso.date(), message: 'Enter a date such as 2026-11-22.' },
  time: { schema: z.iso.time(), message: 'Enter a time such as 08:30:00.' },
  dateTime: {
    schema: z.union([z.iso.date(), z.iso.datetime({ offset: true })]),
    message: 'Enter a date such as 2026-11-22, or a time such as 2026-11-22T08:30:00Z.',
  },
  guid: { schema: z.guid(), message: 'Enter a GUID such as 3f1c8b52-7a4e-4d0b-9c61-5e2a90d7b814.' },
};

type Typed = { name: string; type: ColumnType };

const conditionErrors = (condition: RowCondition, columns: readonly Typed[], field: string): FieldError[] => {
  const column = columns.find(({ name }) => name === condition.column);
  if (!column) {
    return [{ field: `${field}.column`, code: 'unknownColumn', message: `There is no column "${condition.column}".` }];
  }
  if (!comparisonsOf[column.type].includes(condition.is)) {
    const message = `"${column.name}" is of type ${column.type}, which cannot be compared this way.`;
    return [{ field: `${field}.is`, code: 'comparison', message }];
  }
  const shape = valueShapes[column.type];
  const bad = (value: string) => shape !== undefined && !shape.schema.safeParse(value).success;
  if ('value' in condition && bad(condition.value)) {
    return [{ field: `${field}.value`, code: 'value', message: shape?.message ?? '' }];
  }
  if ('values' in condition) {
    return condition.values.flatMap((value, index) =>
      bad(value) ? [{ field: `${field}.values.${index}`, code: 'value', message: shape?.message ?? '' }] : [],
    );
  }
  return [];
};

const countConditions = (filter: RowFilter): number =>
  filter.of.reduce((count, part) => count + ('of' in part ? countConditions(part) : 1), 0);

const partErrors = (filter: RowFilter, columns: readonly Typed[], field: string, depth: number): FieldError[] => {
  if (depth > maximumFilterDepth) {
    return [{ field, code: 'tooDeep', message: `Put groups at most ${maximumFilterDepth} deep.` }];
  }
  return filter.of.flatMap((part, index) =>
    'of' in part
      ? partErrors(part, columns, `${field}.of.${index}`, depth + 1)
      : conditionErrors(part, columns, `${field}.of.${index}`),
  );
};

/** What is wrong with a filter over these columns; the API refuses it, and the form shows the same under each field. */
export const filterErrors = (filter: RowFilter, columns: readonly Typed[], field: string): FieldError[] => {
  if (countConditions(filter) > maximumConditions) {
    return [{ field, code: 'tooMany', message: `Use at most ${maximumConditions} conditions.` }];
  }
  return partErrors(filter, columns, field, 1);
};
