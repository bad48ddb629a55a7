import {
  type CatalogProblem,
  ColumnChoice,
  CsvDelimiter,
  type Entity,
  type EntityChoice,
  type EntityColumn,
  type Export,
  ExportFolder,
  type ExportFormat,
  ExportName,
  MalformedRows,
  maximumExportEntities,
  type NewExport,
  noSchedule,
  Retention,
  RowLimits,
  type Schedule,
  type UpdateExport,
} from '@junction/contracts';
import { draftOf, filterOf, filterProblems, type GroupDraft } from './filter-tree.ts';
import { isSame } from './same.ts';
import { scheduleProblems, settled } from './schedule-values.ts';

/** A chosen column; `as` is empty where it keeps its own name. */
export type ColumnDraft = { name: string; as: string };

/** What is known of a chosen entity, to show it; never sent. */
export type AboutEntity = {
  name: string;
  source: string;
  problem: CatalogProblem | null;
  /** Unknown for an entity of a saved export until its columns are read. */
  columnCount?: number;
};

export type EntityDraft = {
  entityId: string;
  columns: 'all' | ColumnDraft[];
  filter: GroupDraft | null;
  about: AboutEntity;
};

/** An export on purpose without a connection. */
export const noConnection = 'none';

/** What the fields hold. Paths are those of the contract, so that what the server says about fields finds them. */
export type ExportValues = {
  name: string;
  /** Empty until one is chosen; `noConnection` for an export that stays inactive. */
  connectionId: string;
  entities: EntityDraft[];
  format: { type: ExportFormat['type']; delimiter: string; hasHeader: boolean; escapeFormulas: boolean };
  folder: string;
  schedule: Schedule;
  /** Numbers are text while they are typed; those that the choice does not ask for wait for another choice. */
  malformedRows: { policy: MalformedRows['policy']; limit: string };
  rowLimits: { minimum: string; maximum: string };
  retention: { keep: Retention['keep']; runs: string; days: string };
};

const defaultFormat = { type: 'csv', delimiter: ',', hasHeader: true, escapeFormulas: false } as const;
const defaultSetAside = '100';
const defaultRetention = { runs: '10', days: '30' } as const;

export const newValues = (connectionId = ''): ExportValues => ({
  name: '',
  connectionId,
  entities: [],
  format: defaultFormat,
  folder: '',
  schedule: noSchedule,
  malformedRows: { policy: 'fail', limit: defaultSetAside },
  rowLimits: { minimum: '', maximum: '' },
  retention: { keep: 'all', ...defaultRetention },
});

export const draftOfEntity = ({ id, name, source, problem, columnCount }: Entity): EntityDraft => ({
  entityId: id,
  columns: 'all',
  filter: null,
  about: { name, source: source.name, problem, columnCount },
});

const textOf = (count: number | null): string => (count === null ? '' : String(count));

export const valuesOf = (saved: Export): ExportValues => ({
  name: saved.name,
  connectionId: saved.connection?.id ?? noConnection,
  entities: saved.entities.map(({ entityId, name, source, problem, columns, filter }) => ({
    entityId,
    columns: columns === 'all' ? 'all' : columns.map((column) => ({ name: column.name, as: column.as ?? '' })),
    filter: filter && draftOf(filter),
    about: { name, source: source.name, problem },
  })),
  format: { ...defaultFormat, ...saved.format },
  folder: saved.folder,
  schedule: saved.schedule,
  malformedRows: {
    policy: saved.malformedRows.policy,
    limit: saved.malformedRows.policy === 'setAside' ? String(saved.malformedRows.limit) : defaultSetAside,
  },
  rowLimits: { minimum: textOf(saved.rowLimits.minimum), maximum: textOf(saved.rowLimits.maximum) },
  retention: {
    keep: saved.retention.keep,
    runs: saved.retention.keep === 'runs' ? String(saved.retention.runs) : defaultRetention.runs,
    days: saved.retention.keep === 'days' ? String(saved.retention.days) : defaultRetention.days,
  },
});

const choiceOfColumns = (columns: EntityDraft['columns']): ColumnChoice =>
  columns === 'all'
    ? 'all'
    : columns.map(({ name, as }) => (as.trim() === '' || as.trim() === name ? { name } : { name, as: as.trim() }));

const choiceOf = ({ entityId, columns, filter }: EntityDraft): EntityChoice => ({
  entityId,
  columns: choiceOfColumns(columns),
  filter: filter && filterOf(filter),
});

const formatOf = ({ type, ...csv }: ExportValues['format']): ExportFormat =>
  type === 'parquet' ? { type } : { type, ...csv };

/** A number as it was typed, blanks and thousands separators aside; NaN for anything else, which the contract refuses. */
const numberOf = (text: string): number => {
  const plain = text.replace(/[\s,.']/g, '');
  return /^\d+$/.test(plain) ? Number(plain) : Number.NaN;
};

const numberOrNone = (text: string): number | null => (text.trim() === '' ? null : numberOf(text));

const malformedRowsOf = ({ policy, limit }: ExportValues['malformedRows']): MalformedRows =>
  policy === 'fail' ? { policy } : { policy, limit: numberOf(limit) };

const rowLimitsOf = ({ minimum, maximum }: ExportValues['rowLimits']): RowLimits => ({
  minimum: numberOrNone(minimum),
  maximum: numberOrNone(maximum),
});

const retentionOf = ({ keep, runs, days }: ExportValues['retention']): Retention => {
  if (keep === 'all') return { keep };
  return keep === 'runs' ? { keep, runs: numberOf(runs) } : { keep, days: numberOf(days) };
};

/** What the form comes to, as the contract takes it. */
export const definitionOf = (values: ExportValues): Required<NewExport> => ({
  name: ExportName.safeParse(values.name).data ?? values.name.trim(),
  connectionId: values.connectionId === noConnection || values.connectionId === '' ? null : values.connectionId,
  entities: values.entities.map(choiceOf),
  format: formatOf(values.format),
  folder: ExportFolder.safeParse(values.folder).data ?? values.folder.trim(),
  schedule: settled(values.schedule),
  malformedRows: malformedRowsOf(values.malformedRows),
  rowLimits: rowLimitsOf(values.rowLimits),
  retention: retentionOf(values.retention),
});

export const definitionParts = [
  'name',
  'connectionId',
  'entities',
  'format',
  'folder',
  'malformedRows',
  'rowLimits',
  'retention',
  'schedule',
] as const;
export type DefinitionPart = (typeof definitionParts)[number];

/** The parts of an export in which two versions of it differ. */
export const differingParts = (one: ExportValues, other: ExportValues): DefinitionPart[] => {
  const [before, after] = [definitionOf(one), definitionOf(other)];
  return definitionParts.filter((part) => !isSame(before[part], after[part]));
};

/** What a save has to say: the parts that differ from the saved export. Taking a connection away is not among them. */
export const changesOf = (values: ExportValues, saved: Export): UpdateExport => {
  const definition = definitionOf(values);
  const { connectionId, ...changed } = Object.fromEntries(
    differingParts(valuesOf(saved), values).map((part) => [part, definition[part]]),
  ) as Partial<Required<NewExport>>;
  return { ...changed, ...(connectionId ? { connectionId } : {}) };
};

/** Something that keeps the form from being saved, at the path of its field. */
export type FormProblem = { path: string; kind: string; message: string };

/** The columns of the entities, by entity, as far as they have been read. */
export type KnownColumns = ReadonlyMap<string, readonly EntityColumn[]>;

type Checked = { safeParse: (value: unknown) => { error?: { issues: { path: PropertyKey[]; message: string }[] } } };

const problemsBy = (schema: Checked, value: unknown, path: string): FormProblem[] =>
  (schema.safeParse(value).error?.issues ?? []).map((issue) => ({
    path: [path, ...issue.path].join('.'),
    kind: 'wrong',
    message: issue.message,
  }));

const [, ChosenColumns] = ColumnChoice.options;

/** Two columns of one name would be one in the files; readers take A and a for the same. */
const duplicateNames = (columns: readonly ColumnDraft[], path: string): FormProblem[] => {
  const taken = new Set<string>();
  return columns.flatMap(({ name, as }, index) => {
    const target = as.trim() || name;
    const isTaken = taken.has(target.toLowerCase());
    taken.add(target.toLowerCase());
    const message = `Another column is called “${target}”. Give this one another name.`;
    return isTaken ? [{ path: `${path}.${index}.as`, kind: 'duplicate', message }] : [];
  });
};

const entityProblems = (draft: EntityDraft, columns: readonly EntityColumn[] | undefined, path: string) => [
  ...(draft.columns === 'all'
    ? []
    : [
        ...problemsBy(ChosenColumns, choiceOfColumns(draft.columns), `${path}.columns`),
        ...duplicateNames(draft.columns, `${path}.columns`),
      ]),
  ...(draft.filter === null ? [] : filterProblems(draft.filter, columns, `${path}.filter`)),
];

/** The parts that only files have. */
export type FilePart = 'format' | 'folder' | 'retention';

/** What is wrong with them. */
export const fileProblems = ({ format, folder, retention }: Pick<ExportValues, FilePart>): FormProblem[] => [
  ...(format.type === 'parquet' ? [] : problemsBy(CsvDelimiter, format.delimiter, 'format.delimiter')),
  ...problemsBy(ExportFolder, folder, 'folder'),
  ...problemsBy(Retention, retentionOf(retention), 'retention'),
];

/** What is wrong with the form. What is as it was saved is not asked about again: its source may have changed since. */
export const problemsOf = (values: ExportValues, known: KnownColumns, saved?: Export): FormProblem[] => {
  const before = saved === undefined ? [] : definitionOf(valuesOf(saved)).entities;
  const isAsSaved = (draft: EntityDraft) => before.some((choice) => isSame(choice, choiceOf(draft)));
  const missing = (path: string, message: string): FormProblem[] => [{ path, kind: 'missing', message }];
  return [
    ...(values.connectionId === '' ? missing('connectionId', 'Choose a connection.') : []),
    ...problemsBy(ExportName, values.name, 'name'),
    ...(values.entities.length === 0 ? missing('entities', 'Choose at least one entity.') : []),
    ...(values.entities.length > maximumExportEntities
      ? missing('entities', `Choose at most ${maximumExportEntities} entities.`)
      : []),
    ...values.entities.flatMap((draft, index) =>
      isAsSaved(draft) ? [] : entityProblems(draft, known.get(draft.entityId), `entities.${index}`),
    ),
    ...fileProblems(values),
    ...problemsBy(MalformedRows, malformedRowsOf(values.malformedRows), 'malformedRows'),
    ...problemsBy(RowLimits, rowLimitsOf(values.rowLimits), 'rowLimits'),
    ...scheduleProblems(values.schedule).map(({ path, message }) => ({
      path: `schedule.${path}`,
      kind: 'wrong',
      message,
    })),
  ];
};
