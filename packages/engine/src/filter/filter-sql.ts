import type { Comparison, RowCondition, RowFilter } from '@junction/contracts';
import { isBlank, type Kind } from '../values/kinds.ts';
import { decimalBound } from './decimal-bound.ts';
import { unfitFilter } from './filter-problems.ts';

/** A column as a filter sees it. */
export type FilterColumn = {
  kind: Kind;
  /** SQL of the value as text. */
  text: string;
  /** SQL of the value itself. */
  typed: string;
};

/** A filter as SQL. Values are parameters, so that nothing in them is ever read as SQL. */
export type FilterSql = { sql: string; parameters: string[] };

type Ordering = '=' | '<' | '<=' | '>' | '>=';
const orderings: Partial<Record<Comparison, Ordering>> = {
  equals: '=',
  lessThan: '<',
  atMost: '<=',
  greaterThan: '>',
  atLeast: '>=',
};

const textFunctions: Partial<Record<Comparison, string>> = {
  contains: 'contains',
  startsWith: 'starts_with',
  endsWith: 'ends_with',
};

/** Adds a value to the parameters and gives the SQL that stands for it. */
type Bind = (value: string) => string;

const plainly = (typed: string, ordering: Ordering, value: string): string => `${typed} ${ordering} ${value}`;

const comparedDecimal = (typed: string, ordering: Ordering, value: string, bind: Bind): string => {
  const bound = decimalBound(value);
  if (bound === undefined) return ordering === '>' || ordering === '>=' ? `${typed} IS NOT NULL` : 'false';
  if (!bound.isExact && ordering === '=') return 'false';
  const rounded = ordering.startsWith('<') ? '<=' : '>';
  return plainly(typed, bound.isExact ? ordering : rounded, `${bind(bound.text)}::DECIMAL(38, 18)`);
};

const isDay = (value: string): boolean => /^\d{4}-\d{2}-\d{2}$/.test(value);

/** A date stands for the whole day, in UTC. */
const comparedWithDay = (typed: string, ordering: Ordering, day: string, bind: Bind): string => {
  const start = () => `${bind(day)}::TIMESTAMPTZ`;
  const end = () => `(${start()} + INTERVAL 1 DAY)`;
  if (ordering === '=') return `(${typed} >= ${start()} AND ${typed} < ${end()})`;
  if (ordering === '<' || ordering === '>=') return plainly(typed, ordering, start());
  return plainly(typed, ordering === '<=' ? '<' : '>=', end());
};

const castTo: Partial<Record<Kind, string>> = {
  text: 'VARCHAR',
  guid: 'VARCHAR',
  integer: 'BIGINT',
  double: 'DOUBLE',
  date: 'DATE',
  time: 'TIME',
  dateTime: 'TIMESTAMPTZ',
};

const boundValue = ({ kind }: FilterColumn, value: string, bind: Bind): string => {
  const type = castTo[kind];
  if (type === undefined) throw unfitFilter();
  return `${bind(kind === 'guid' ? value.toLowerCase() : value)}::${type}`;
};

const comparedSide = ({ kind, text, typed }: FilterColumn): string => (kind === 'text' ? text : typed);

/** Whether a value stands for something else than itself. */
const isSpecial = ({ kind }: FilterColumn, value: string): boolean =>
  kind === 'decimal' || (kind === 'dateTime' && isDay(value));

const compared = (column: FilterColumn, ordering: Ordering, value: string, bind: Bind): string => {
  if (!isSpecial(column, value)) return plainly(comparedSide(column), ordering, boundValue(column, value, bind));
  if (column.kind === 'decimal') return comparedDecimal(column.typed, ordering, value, bind);
  return comparedWithDay(column.typed, ordering, value, bind);
};

const comparedWithMany = (column: FilterColumn, values: readonly string[], bind: Bind): string => {
  if (values.some((value) => isSpecial(column, value))) {
    return `(${values.map((value) => compared(column, '=', value, bind)).join(' OR ')})`;
  }
  // As one list: each value of an IN would take memory for as many rows as DuckDB works on at a time.
  return `list_contains([${values.map((value) => boundValue(column, value, bind)).join(', ')}], ${comparedSide(column)})`;
};

/** A row without a value is not equal to anything, so it is among what is not equal. */
const unless = (sql: string): string => `NOT coalesce(${sql}, false)`;

const conditionSql = (condition: RowCondition, column: FilterColumn, bind: Bind): string => {
  const isEmpty = isBlank(column.text);
  if (condition.is === 'isEmpty') return isEmpty;
  if (condition.is === 'isNotEmpty') return `NOT ${isEmpty}`;
  if (condition.is === 'isTrue' || condition.is === 'isFalse') {
    if (column.kind !== 'boolean') throw unfitFilter();
    return condition.is === 'isTrue' ? column.typed : `NOT ${column.typed}`;
  }
  if ('values' in condition) {
    const isOne = comparedWithMany(column, condition.values, bind);
    return condition.is === 'oneOf' ? isOne : unless(isOne);
  }
  if (!('value' in condition)) return 'false';
  const textFunction = textFunctions[condition.is];
  if (textFunction) return `${textFunction}(${column.text}, ${bind(condition.value)})`;
  const ordering = orderings[condition.is];
  return ordering
    ? compared(column, ordering, condition.value, bind)
    : unless(compared(column, '=', condition.value, bind));
};

/** A filter as SQL that is true for the rows it lets through; `find` gives the column of a name. */
export const filterSql = (filter: RowFilter, find: (name: string) => FilterColumn): FilterSql => {
  const parameters: string[] = [];
  const bind: Bind = (value) => `$${parameters.push(value)}`;
  const partSql = (part: RowCondition | RowFilter): string => {
    if ('of' in part) return `(${part.of.map(partSql).join(part.match === 'all' ? ' AND ' : ' OR ')})`;
    return `coalesce(${conditionSql(part, find(part.column), bind)}, false)`;
  };
  return { sql: partSql(filter), parameters };
};

/** The names of the columns that a filter asks about. */
export const filteredColumns = (filter: RowFilter): string[] =>
  filter.of.flatMap((part) => ('of' in part ? filteredColumns(part) : [part.column]));
