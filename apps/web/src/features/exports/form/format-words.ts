import type { ExportFormat, MalformedRows, Retention, RowLimits } from '@junction/contracts';
import { formatNumber } from '../../../lib/words.ts';

/** What each format is called. */
export const formatWords: Readonly<Record<ExportFormat['type'], string>> = {
  csv: 'CSV',
  csvGzip: 'CSV (gzip)',
  parquet: 'Parquet',
};

/** The delimiters that are offered by name. */
export const delimiterWords: Readonly<Record<string, string>> = {
  ',': 'Comma',
  ';': 'Semicolon',
  '\t': 'Tab',
  '|': 'Bar',
};

/** "CSV (gzip), separated by semicolons, with a header" in as few words as tell formats apart. */
export const formatInWords = (format: ExportFormat): string => {
  if (format.type === 'parquet') return formatWords.parquet;
  const name = delimiterWords[format.delimiter]?.toLowerCase() ?? `“${format.delimiter}”`;
  return `${formatWords[format.type]}, delimiter ${name}, ${format.hasHeader ? 'with a header' : 'without a header'}${format.escapeFormulas ? ', formulas escaped' : ''}`;
};

/** "the run fails", "up to 100 are set aside". */
export const malformedRowsInWords = (rule: MalformedRows): string =>
  rule.policy === 'fail' ? 'the run fails' : `up to ${formatNumber(rule.limit)} are set aside`;

/** "any number", "at least 10", "10 to 1,000". */
export const rowLimitsInWords = ({ minimum, maximum }: RowLimits): string => {
  if (minimum === null && maximum === null) return 'any number';
  if (maximum === null) return `at least ${formatNumber(minimum ?? 0)}`;
  return minimum === null ? `at most ${formatNumber(maximum)}` : `${formatNumber(minimum)} to ${formatNumber(maximum)}`;
};

/** "of all runs", "of the last 10 runs". */
export const retentionInWords = (retention: Retention): string => {
  if (retention.keep === 'all') return 'of all runs';
  const count = retention.keep === 'runs' ? retention.runs : retention.days;
  const what = retention.keep === 'runs' ? 'run' : 'day';
  return count === 1 ? `of the last ${what}` : `of the last ${formatNumber(count)} ${what}s`;
};
