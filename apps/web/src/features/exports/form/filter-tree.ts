import {
  type ColumnType,
  type Comparison,
  comparisonsOf,
  type EntityColumn,
  filterErrors,
  maximumConditions,
  type RowCondition,
  type RowFilter,
} from '@junction/contracts';

/** A condition while it is being edited: what was entered for one comparison stays when another is chosen. */
export type ConditionDraft = { key: string; column: string; is: Comparison; value: string; values: string[] };
/** A group while it is being edited. The paths below are those of the contract's RowFilter, so that its errors fit. */
export type GroupDraft = { key: string; match: 'all' | 'any'; of: PartDraft[] };
export type PartDraft = ConditionDraft | GroupDraft;

let made = 0;
/** Tells parts apart while they move; never sent. */
const newKey = (): string => {
  made += 1;
  return `part-${made}`;
};

export const isGroup = (part: PartDraft): part is GroupDraft => 'of' in part;

export const newCondition = (): ConditionDraft => ({ key: newKey(), column: '', is: 'equals', value: '', values: [] });
export const newGroup = (match: GroupDraft['match'] = 'all'): GroupDraft => ({
  key: newKey(),
  match,
  of: [newCondition()],
});

const draftOfCondition = (condition: RowCondition): ConditionDraft => ({
  key: newKey(),
  column: condition.column,
  is: condition.is,
  value: 'value' in condition ? condition.value : '',
  values: 'values' in condition ? condition.values : [],
});

export const draftOf = ({ match, of }: RowFilter): GroupDraft => ({
  key: newKey(),
  match,
  of: of.map((part) => ('of' in part ? draftOf(part) : draftOfCondition(part))),
});

type ValueKind = 'none' | 'one' | 'many';

/** How many values a comparison takes. */
export const valueKind = (is: Comparison): ValueKind => {
  if (is === 'isEmpty' || is === 'isNotEmpty' || is === 'isTrue' || is === 'isFalse') return 'none';
  return is === 'oneOf' || is === 'notOneOf' ? 'many' : 'one';
};

const conditionOf = ({ column, is, value, values }: ConditionDraft): RowCondition => {
  const kind = valueKind(is);
  if (kind === 'none') return { column, is } as RowCondition;
  return (kind === 'many' ? { column, is, values } : { column, is, value }) as RowCondition;
};

export const filterOf = ({ match, of }: GroupDraft): RowFilter => ({
  match,
  of: of.map((part) => (isGroup(part) ? filterOf(part) : conditionOf(part))),
});

/** Another column: its type may not know the comparison, and then the first one it knows takes its place. */
export const withColumn = (condition: ConditionDraft, column: string, type: ColumnType | undefined): ConditionDraft => {
  const known = type === undefined ? [condition.is] : comparisonsOf[type];
  return { ...condition, column, is: known.includes(condition.is) ? condition.is : (known[0] ?? condition.is) };
};

/** Another comparison: what was entered as one value is the first of several, and the other way round. */
export const withComparison = (condition: ConditionDraft, is: Comparison): ConditionDraft => {
  const [before, after] = [valueKind(condition.is), valueKind(is)];
  if (before === 'one' && after === 'many' && condition.values.length === 0 && condition.value !== '')
    return { ...condition, is, values: [condition.value] };
  if (before === 'many' && after === 'one' && condition.value === '')
    return { ...condition, is, value: condition.values[0] ?? '' };
  return { ...condition, is };
};

/** The values of a list as they are typed: one a line, each once. */
export const valuesIn = (text: string): string[] => [
  ...new Set(
    text
      .split(/\r?\n/)
      .map((line) => line.trim())
      .filter((line) => line !== ''),
  ),
];

export const conditionCount = ({ of }: GroupDraft): number =>
  of.reduce((count, part) => count + (isGroup(part) ? conditionCount(part) : 1), 0);

/** The conditions of a filter, each with its path. */
export const conditionsIn = (group: GroupDraft, path: string): { key: string; path: string }[] =>
  group.of.flatMap((part, index) =>
    isGroup(part) ? conditionsIn(part, `${path}.of.${index}`) : [{ key: part.key, path: `${path}.of.${index}` }],
  );

export const isFull = (filter: GroupDraft): boolean => conditionCount(filter) >= maximumConditions;

/** One thing that is wrong with a filter: something that is not there yet, or something that is not right. */
export type FilterProblem = { path: string; kind: 'missing' | 'wrong'; message: string };

const missingIn = (condition: ConditionDraft, path: string): FilterProblem[] => {
  const missing = (field: string, message: string): FilterProblem[] => [
    { path: `${path}.${field}`, kind: 'missing', message },
  ];
  if (condition.column === '') return missing('column', 'Choose a column.');
  const kind = valueKind(condition.is);
  if (kind === 'one' && condition.value === '') return missing('value', 'Enter a value.');
  return kind === 'many' && condition.values.length === 0 ? missing('values', 'Enter at least one value.') : [];
};

const missingParts = (group: GroupDraft, path: string): FilterProblem[] => {
  if (group.of.length === 0) return [{ path, kind: 'missing', message: 'A group needs at least one condition.' }];
  return group.of.flatMap((part, index) =>
    isGroup(part) ? missingParts(part, `${path}.of.${index}`) : missingIn(part, `${path}.of.${index}`),
  );
};

/** What keeps a filter from being saved. Without columns (not read yet) only what is missing is known. */
export const filterProblems = (
  filter: GroupDraft,
  columns: readonly EntityColumn[] | undefined,
  path: string,
): FilterProblem[] => {
  const missing = missingParts(filter, path);
  const isMissing = (field: string) => missing.some((problem) => problem.path === field);
  const wrong = columns === undefined ? [] : filterErrors(filterOf(filter), columns, path);
  return [
    ...missing,
    ...wrong
      .filter(({ field }) => !isMissing(field))
      .map(({ field, message }) => ({ path: field, kind: 'wrong' as const, message })),
  ];
};
