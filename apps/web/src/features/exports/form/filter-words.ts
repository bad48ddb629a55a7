import type { Comparison, RowCondition, RowFilter } from '@junction/contracts';

/** What each comparison is called where one is chosen. */
export const comparisonWords: Readonly<Record<Comparison, string>> = {
  equals: 'is',
  notEquals: 'is not',
  contains: 'contains',
  startsWith: 'starts with',
  endsWith: 'ends with',
  lessThan: 'is less than',
  atMost: 'is at most',
  greaterThan: 'is greater than',
  atLeast: 'is at least',
  oneOf: 'is one of',
  notOneOf: 'is none of',
  isEmpty: 'is empty',
  isNotEmpty: 'is not empty',
  isTrue: 'is true',
  isFalse: 'is false',
};

/** Dates and times come before and after one another rather than being less and more. */
const momentWords: Partial<Record<Comparison, string>> = {
  lessThan: 'is before',
  atMost: 'is at or before',
  greaterThan: 'is after',
  atLeast: 'is at or after',
};

/** The word for a comparison with a column of this type. */
export const comparisonWord = (is: Comparison, type?: string): string =>
  (type === 'date' || type === 'time' || type === 'dateTime' ? momentWords[is] : undefined) ?? comparisonWords[is];

/** Only columns of dates and times are compared for order with values that look like this. */
const momentShape = /^\d{4}-\d\d-\d\d|^\d\d:\d\d/;
const wordFor = (is: Comparison, value: string): string =>
  (momentShape.test(value) ? momentWords[is] : undefined) ?? comparisonWords[is];

/** How many values of a list a sentence names. */
const namedValues = 5;

/** Text with blanks at its ends, or none, needs its quotes to be seen. */
const quoted = (value: string): string => (value === '' || value.trim() !== value ? `“${value}”` : value);

const valuesInWords = (values: readonly string[]): string =>
  values.length <= namedValues
    ? values.map(quoted).join(', ')
    : `${values.slice(0, namedValues).map(quoted).join(', ')} and ${values.length - namedValues} more`;

const conditionInWords = (condition: RowCondition): string => {
  const { column, is } = condition;
  if ('value' in condition) return `${column} ${wordFor(is, condition.value)} ${quoted(condition.value)}`;
  const words = `${column} ${comparisonWords[is]}`;
  return 'values' in condition ? `${words} ${valuesInWords(condition.values)}` : words;
};

const groupInWords = ({ match, of }: RowFilter, isInside: boolean): string => {
  const parts = of.map((part) => ('of' in part ? groupInWords(part, of.length > 1) : conditionInWords(part)));
  const words = parts.join(match === 'all' ? ' and ' : ' or ');
  return isInside && parts.length > 1 ? `(${words})` : words;
};

/** A filter as one sentence: "City is one of Berlin, Köln and Income is at least 50000". "All rows" without one. */
export const filterInWords = (filter: RowFilter | null): string =>
  filter === null ? 'All rows' : groupInWords(filter, false);
