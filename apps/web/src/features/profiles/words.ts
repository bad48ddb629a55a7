import { othersBar, type ProfileChart, unknownBar } from '@junction/contracts';
import { formatNumber } from '../../lib/words.ts';

/** What a chart is called, and the column of a table that has its bars. */
export const chartTitles: Readonly<Record<ProfileChart, string>> = {
  gender: 'Gender',
  age: 'Age',
  country: 'Country or region',
  city: 'City',
  income: 'Income',
};

const genderNames: Readonly<Record<string, string>> = { female: 'Female', male: 'Male', other: 'Other' };

/** The age from which on a band is open. */
const openAge = 100;

const ageName = (key: string): string => {
  const from = Number(key);
  return from >= openAge ? `${openAge}+` : `${from}–${from + 9}`;
};

const regions = new Intl.DisplayNames(undefined, { type: 'region' });

/** The name of a country in the language of the browser. */
export const countryName = (code: string): string => {
  try {
    return regions.of(code) ?? code;
  } catch {
    // Not in the form of a code.
    return code;
  }
};

const compact = new Intl.NumberFormat(undefined, { notation: 'compact', maximumFractionDigits: 1 });

/** "20K–50K", "<20K", "200K+". */
const incomeName = (key: string): string => {
  const [, from, to] = /^(\d*)-(\d*)$/.exec(key) ?? [];
  if (from && to) return `${compact.format(Number(from))}–${compact.format(Number(to))}`;
  if (from) return `${compact.format(Number(from))}+`;
  return to ? `<${compact.format(Number(to))}` : key;
};

const names: Readonly<Record<ProfileChart, (key: string) => string>> = {
  gender: (key) => genderNames[key] ?? key,
  age: ageName,
  country: countryName,
  city: (key) => key,
  income: incomeName,
};

/** What a bar of a chart is called. */
export const barName = (chart: ProfileChart, key: string): string => {
  if (key === unknownBar) return 'Unknown';
  return key === othersBar ? 'Others' : names[chart](key);
};

/** The median of a chart: "Median 43 years"; an income has no currency that is known. */
export const medianWords = (chart: ProfileChart, median: number): string =>
  chart === 'age' ? `Median ${formatNumber(Math.round(median))} years` : `Median ${formatNumber(Math.round(median))}`;

/** Why a bar has no number. */
export const hiddenReason = (threshold: number): string =>
  `fewer than ${formatNumber(threshold)} people, or another group could be worked out`;

/** What is said of a bar in place of its number. */
export const hiddenWords = (threshold: number): string => `hidden (${hiddenReason(threshold)})`;

/** What a filter is called: "Age: 30–39". */
export const filterName = (chart: ProfileChart, key: string): string => `${chartTitles[chart]}: ${barName(chart, key)}`;
