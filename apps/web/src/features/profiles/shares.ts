import { formatNumber } from '../../lib/words.ts';

const percents = [0, 1].map(
  (digits) => new Intl.NumberFormat(undefined, { style: 'percent', maximumFractionDigits: digits }),
);

/** Below and above these, percentages have a digit after the point. */
const [fineBelow, fineAbove] = [0.1, 0.99];
/** What rounds to nothing or to all without being that is said to be less or more. */
const finest = 0.001;

const percent = (share: number, digits: 0 | 1): string => percents[digits]?.format(share) ?? '';

/** "51%", "4.2%", "<0.1%", ">99.9%". */
export const shareWords = (share: number): string => {
  if (share <= 0 || share >= 1) return percent(share, 0);
  if (share < finest) return `<${percent(finest, 1)}`;
  if (share > 1 - finest) return `>${percent(1 - finest, 1)}`;
  return percent(share, share < fineBelow || share > fineAbove ? 1 : 0);
};

const signed = new Intl.NumberFormat(undefined, { signDisplay: 'exceptZero' });
const signedPercent = new Intl.NumberFormat(undefined, {
  style: 'percent',
  signDisplay: 'exceptZero',
  maximumFractionDigits: 1,
});

/** How many profiles there are more or fewer than before: "+1,234 (+6.6%) since the previous import". */
export const changeWords = (profiles: number, before: number | null): string => {
  if (before === null) return 'The first import.';
  if (before === profiles) return 'As many as at the previous import.';
  const change = profiles - before;
  const percentage = before === 0 ? '' : ` (${signedPercent.format(change / before)})`;
  return `${signed.format(change)}${percentage} since the previous import`;
};

/** "1,234 of 20,000 profiles", or how many there are where nothing filters. */
export const matchingWords = (
  { matching, profiles, threshold }: { matching: number | null; profiles: number; threshold: number },
  isFiltered: boolean,
): string => {
  const all = `${formatNumber(profiles)} ${profiles === 1 ? 'profile' : 'profiles'}`;
  if (!isFiltered) return all;
  return `${matching === null ? `Fewer than ${formatNumber(threshold)}` : formatNumber(matching)} of ${all}`;
};
