import type { ExportFormat } from '@junction/contracts';

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
  return `${formatWords[format.type]}, delimiter ${name}, ${format.hasHeader ? 'with a header' : 'without a header'}`;
};
