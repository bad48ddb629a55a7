import { scheduleInWords } from '@junction/contracts';
import { counted } from '../../../lib/sizes.ts';
import { formatNumber } from '../../../lib/words.ts';
import { definitionOf, type EntityDraft, type ExportValues, type KnownColumns } from './form-values.ts';
import { formatWords } from './format-words.ts';

export const columnTotal = ({ entityId, about }: EntityDraft, known: KnownColumns): number | undefined =>
  known.get(entityId)?.length ?? about.columnCount;

/** "12 of 20 columns", "all columns". */
export const columnsInWords = (drafts: readonly EntityDraft[], known: KnownColumns): string => {
  if (drafts.every(({ columns }) => columns === 'all')) return 'all columns';
  const totals = drafts.map((draft) => columnTotal(draft, known));
  const total = totals.reduce<number>((sum, count) => sum + (count ?? 0), 0);
  const chosen = drafts.reduce(
    (sum, { columns }, index) => sum + (columns === 'all' ? (totals[index] ?? 0) : columns.length),
    0,
  );
  if (!totals.includes(undefined)) return `${formatNumber(chosen)} of ${counted(total, 'column')}`;
  // Of a saved entity, how many columns it has is known once they are read.
  const isCounted = drafts.every(({ columns }, index) => columns !== 'all' || totals[index] !== undefined);
  return isCounted ? counted(chosen, 'column') : 'some of the columns';
};

const filteredInWords = (drafts: readonly EntityDraft[]): string[] => {
  const filtered = drafts.filter(({ filter }) => filter !== null).length;
  if (filtered === 0) return [];
  return [filtered === drafts.length ? 'filtered' : `${formatNumber(filtered)} of them filtered`];
};

const lower = (words: string): string => words.charAt(0).toLowerCase() + words.slice(1);

/** What is written, or sent, and when, in one line: "2 entities, 12 of 20 columns, filtered, as CSV (gzip), daily at 08:00 (UTC)". */
export const summaryInWords = (values: ExportValues, known: KnownColumns, hasFiles: boolean): string => {
  const { entities } = values;
  const { schedule, format } = definitionOf(values);
  return [
    counted(entities.length, 'entity', 'entities'),
    ...(entities.length === 0 ? [] : [columnsInWords(entities, known)]),
    ...filteredInWords(entities),
    hasFiles ? `as ${formatWords[format.type]}` : 'as rows in batches',
    schedule.isOn ? lower(scheduleInWords(schedule)) : 'only when somebody starts it',
  ].join(', ');
};

const notStated = 'Rows not stated';

/** "20,000 rows", or that the metadata does not say. */
export const rowsInWords = (rowCount: number | null): string =>
  rowCount === null ? notStated : counted(rowCount, 'row');
