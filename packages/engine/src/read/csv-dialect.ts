import { EngineError } from '../engine-error.ts';
import { engineLimits } from '../limits.ts';
import type { CsvFile } from './source-bytes.ts';

/** How the bytes of a CSV file become rows. */
export type Dialect = {
  delimiter: Buffer;
  /** Values of a row. */
  columns: number;
  hasHeader: boolean;
  /** Whether a line break within quotes belongs to the value (`QuoteStyle.Csv`) or ends the row all the same (`QuoteStyle.None`). */
  hasQuotedBreaks: boolean;
};

/** The dialect of a file, by what the metadata says. */
export const dialectOf = ({ name, format }: CsvFile, columns: number): Dialect => {
  const delimiter = Buffer.from(format.delimiter);
  if (delimiter.length === 0 || delimiter.length > engineLimits.delimiterBytes || /["\r\n]/.test(format.delimiter)) {
    throw new EngineError({
      code: 'delimiterUnsupported',
      message: `The values of "${name}" are said to be separated by something that cannot be a delimiter here.`,
      remedy: 'Have its writer use a comma.',
      details: { file: name, reason: 'delimiterUnsupported' },
    });
  }
  return { delimiter, columns, hasHeader: format.hasHeader, hasQuotedBreaks: !/none$/i.test(format.quoteStyle.trim()) };
};
