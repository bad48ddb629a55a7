import * as z from 'zod';
import type { CatalogProblem, PartitionFormat } from './catalog.ts';
import { withoutSignatures } from './clean.ts';
import { isObject } from './raw.ts';

/**
 * The defaults that CDM documents for what CsvFormatSettings leave out: https://github.com/microsoft/CDM/blob/master/docs/schema/modeljsonschema.json,
 * and for the encoding, which that schema does not name, the trait is.partition.format.CSV of its foundations.
 */
const csvDefaults = {
  columnHeaders: false,
  delimiter: ',',
  quoteStyle: 'QuoteStyle.Csv',
  csvStyle: 'CsvStyle.QuoteAlways',
  encoding: 'UTF-8',
};

/** Some writers put the boolean into quotes. */
const Flag = z.union([z.boolean(), z.stringbool({ truthy: ['true'], falsy: ['false'] })]);
const Word = z.string().overwrite(withoutSignatures).min(1);

const CsvSettings = z.object({
  columnHeaders: Flag.nullish(),
  delimiter: Word.nullish(),
  quoteStyle: Word.nullish(),
  csvStyle: Word.nullish(),
  encoding: Word.nullish(),
});

/** Names that say that the file is something else than CSV, which alone a model.json can leave unsaid. */
const otherThanCsv = /\.(parquet|json|jsonl|ndjson|avro|orc|xml|xlsx?|zip)$/i;

type Read = { format: PartitionFormat; problem?: CatalogProblem };

const csv = (settings: z.output<typeof CsvSettings>, fileName: string): PartitionFormat => ({
  type: 'csv',
  hasHeader: settings.columnHeaders ?? csvDefaults.columnHeaders,
  delimiter: settings.delimiter ?? csvDefaults.delimiter,
  quoteStyle: settings.quoteStyle ?? csvDefaults.quoteStyle,
  csvStyle: settings.csvStyle ?? csvDefaults.csvStyle,
  encoding: settings.encoding ?? csvDefaults.encoding,
  // model.json has no word for compression; writers say it by the name alone.
  ...(/\.gz$/i.test(fileName) && { compression: 'gzip' as const }),
});

const withoutSettings = (fileName: string): Read => {
  const extension = otherThanCsv.exec(fileName)?.[1];
  if (extension === undefined) return { format: csv({}, fileName) };
  return {
    format: { type: 'unknown', stated: '' },
    problem: {
      code: 'formatMissing',
      message: `The metadata does not say how the file is written, which means CSV, but its name ends with .${extension}.`,
      remedy: 'Have its writer add fileFormatSettings to the partition.',
    },
  };
};

/** How a partition is written, by its fileFormatSettings; without any it is CSV, as the schema knows nothing else. */
export const readFormat = (settings: unknown, fileName: string): Read => {
  if (settings === undefined || settings === null) return withoutSettings(fileName);
  const stated = isObject(settings) && typeof settings.$type === 'string' ? withoutSignatures(settings.$type) : '';
  if (/parquet/i.test(stated)) return { format: { type: 'parquet' } };
  if (!/\bcsv/i.test(stated)) {
    return {
      format: { type: 'unknown', stated },
      problem: {
        code: 'formatUnknown',
        message:
          stated === ''
            ? 'The fileFormatSettings of the partition have no $type.'
            : `The partition is written as "${stated}", which is not known here.`,
        remedy: 'Use CSV or Parquet.',
      },
    };
  }
  const parsed = CsvSettings.safeParse(settings);
  if (parsed.success) return { format: csv(parsed.data, fileName) };
  const key = String(parsed.error.issues[0]?.path[0] ?? '');
  return {
    format: { type: 'unknown', stated },
    problem: {
      code: 'formatInvalid',
      message: `The fileFormatSettings of the partition have a value for "${key}" that cannot be one.`,
      remedy: `Have its writer correct "${key}" in the metadata.`,
    },
  };
};
