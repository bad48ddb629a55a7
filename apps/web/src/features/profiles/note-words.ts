import type { ProfileNote } from '@junction/contracts';
import { formatNumber } from '../../lib/words.ts';

/** What was found, after the number of rows; and what became of those rows. */
const words: Readonly<Record<ProfileNote['code'], readonly [one: string, many: string, effect: string]>> = {
  duplicateIds: [
    'row repeats the id of another one.',
    'rows repeat the id of another one.',
    'Each row counts as a profile.',
  ],
  missingIds: ['row has no id.', 'rows have no id.', 'Each counts as a profile.'],
  birthDatesUnreadable: [
    'birth date cannot be read as a date.',
    'birth dates cannot be read as dates.',
    'These ages count as unknown.',
  ],
  birthDatesInFuture: [
    'birth date is in the future.',
    'birth dates are in the future.',
    'These ages count as unknown.',
  ],
  birthDatesPlaceholder: [
    'birth date looks like a placeholder, such as 1 January 1900.',
    'birth dates look like placeholders, such as 1 January 1900.',
    'These ages count as unknown.',
  ],
  agesOver120: [
    'birth date makes somebody older than 120 years.',
    'birth dates make somebody older than 120 years.',
    'These ages count as unknown.',
  ],
  gendersNotUnderstood: [
    'gender was not understood.',
    'genders were not understood.',
    'These genders count as unknown.',
  ],
  countriesNotUnderstood: [
    'country or region was not understood.',
    'countries or regions were not understood.',
    'These count as unknown.',
  ],
  incomesUnreadable: [
    'income cannot be read as a number.',
    'incomes cannot be read as numbers.',
    'These incomes count as unknown.',
  ],
  incomesNegative: ['income is below zero.', 'incomes are below zero.', 'These incomes count as unknown.'],
  rowsMalformed: ['row could not be read.', 'rows could not be read.', 'They are left out of this report.'],
};

/** What was found in the data and what became of it: "12 rows have no id. Each counts as a profile." A few where a number would tell too much. */
export const noteWords = ({ code, rows }: ProfileNote): string => {
  const [one, many, effect] = words[code];
  if (rows === null) return `A few ${many} ${effect}`;
  return `${formatNumber(rows)} ${rows === 1 ? one : many} ${effect}`;
};
