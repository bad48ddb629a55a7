import { othersBar, unknownBar } from '@junction/contracts';
import type { Work } from '../breath.ts';
import { limits } from '../limits.ts';
import { restOfCities, type TallyCell } from '../tally.ts';

/** Countries by name, `others` and `unknown` last, each with its cities in the same order; none where cities are not told. */
export type Places = {
  countries: { key: string; cities: string[] }[];
  /** Where a customer of a cell is: the place of the country, and of the city in it. */
  placeOf: (cell: Pick<TallyCell, 'country' | 'city'>) => { country: number; city: number };
};

const stepsBetweenBreaths = 1 << 12;

/** Names compare by their characters, so that the order is the same wherever a report is made. */
export const byName = (one: string, other: string) => (one < other ? -1 : one > other ? 1 : 0);

const add = <Key>(counts: Map<Key, number>, key: Key, rows: number) => counts.set(key, (counts.get(key) ?? 0) + rows);

const largestFirst = (counts: ReadonlyMap<string, number>) =>
  [...counts].toSorted(([one, n], [other, m]) => m - n || byName(one, other));

/** Spellings that differ in case or blanks only are one city. */
const tidy = (city: string) => city.normalize('NFC').trim().replace(/\s+/g, ' ');

const isNamed = (key: string) => key !== othersBar && key !== unknownBar;

/** A mistaken mapping may take e-mail addresses or telephone numbers for cities, and these must not be shown, however many people share one. */
const isLikeCity = (city: string) => /\p{L}/u.test(city) && !city.includes('@');

/** What stands for a city before it is known which ones get a bar. A city named like a bar that stands for no city is none. */
const plainCity = (city: string | null) => {
  if (city === null) return unknownBar;
  if (city === restOfCities || city.length > limits.cityCharacters) return othersBar;
  const plain = tidy(city).toLowerCase();
  if (plain === '') return unknownBar;
  return isLikeCity(plain) ? plain : othersBar;
};

/** The above for every spelling once, however many cells have it. */
const plainCities = (cells: readonly TallyCell[]) => {
  const plain = new Map<string | null, string>([[null, unknownBar]]);
  for (const { city } of cells) if (!plain.has(city)) plain.set(city, plainCity(city));
  return (city: string | null) => plain.get(city) ?? othersBar;
};

/** How people mostly write each city. */
const spellingsOf = (rowsOf: ReadonlyMap<string, number>) => {
  const counts = new Map<string, Map<string, number>>();
  for (const [city, rows] of rowsOf) {
    const plain = plainCity(city);
    if (!isNamed(plain)) continue;
    const spellings = counts.get(plain) ?? new Map<string, number>();
    counts.set(plain, spellings);
    add(spellings, tidy(city), rows);
  }
  return new Map([...counts].map(([plain, spellings]) => [plain, largestFirst(spellings)[0]?.[0] ?? plain]));
};

/** Named ones first, by name. */
const inOrder = (keys: Iterable<string>) => {
  const all = [...keys];
  return [...all.filter(isNamed).toSorted(byName), ...[othersBar, unknownBar].filter((key) => all.includes(key))];
};

/** The cities that get a bar: the largest of each country, and of those the largest of all. */
const chooseCities = (countsOf: ReadonlyMap<string, ReadonlyMap<string, number>>, threshold: number) => {
  const chosen = [...countsOf].flatMap(([country, counts]) =>
    largestFirst(counts)
      .filter(([city, rows]) => isNamed(city) && rows >= threshold)
      .slice(0, limits.citiesOfCountry)
      .map(([city, rows]) => ({ country, city, rows })),
  );
  const kept = chosen.toSorted((one, other) => other.rows - one.rows).slice(0, limits.cities);
  return new Set(kept.map(({ country, city }) => `${country}\n${city}`));
};

/**
 * Which countries and cities get a bar, so that none names a place of fewer people than the threshold. The rest is `others`, without cities.
 */
export function* choosePlaces(
  cells: readonly TallyCell[],
  { threshold, hasCities }: { threshold: number; hasCities: boolean },
): Work<Places> {
  const countryCounts = new Map<string, number>();
  const hasUnknown = cells.some(({ country }) => country === null);
  for (const { country, rows } of cells) if (country !== null) add(countryCounts, country, rows);
  yield;
  const plainOf = plainCities(cells);
  yield;
  const kept = new Set(
    largestFirst(countryCounts)
      .filter(([, rows]) => rows >= threshold)
      .slice(0, limits.countries)
      .map(([country]) => country),
  );
  const countryOf = (country: string | null) =>
    country === null ? unknownBar : kept.has(country) ? country : othersBar;

  const cityCounts = new Map<string, Map<string, number>>();
  const rowsOf = new Map<string, number>();
  let steps = 0;
  for (const { country, city, rows } of hasCities ? cells : []) {
    if (++steps % stepsBetweenBreaths === 0) yield;
    if (country === null || !kept.has(country)) continue;
    if (city !== null) add(rowsOf, city, rows);
    const counts = cityCounts.get(country) ?? new Map<string, number>();
    cityCounts.set(country, counts);
    add(counts, plainOf(city), rows);
  }
  const chosen = chooseCities(cityCounts, threshold);
  const barOf = (country: string, plain: string) =>
    !isNamed(plain) || chosen.has(`${country}\n${plain}`) ? plain : othersBar;

  yield;
  const spellings = spellingsOf(rowsOf);
  const countries = inOrder(new Set([...countryCounts.keys(), ...(hasUnknown ? [null] : [])].map(countryOf))).map(
    (key) => {
      const plain = inOrder(new Set([...(cityCounts.get(key)?.keys() ?? [])].map((city) => barOf(key, city))));
      const cities = plain.map((city) => (isNamed(city) ? (spellings.get(city) ?? city) : city));
      return { key, cities, at: new Map(plain.map((city, index) => [city, index])) };
    },
  );
  const at = new Map(countries.map(({ key }, index) => [key, index]));
  return {
    countries: countries.map(({ key, cities }) => ({ key, cities })),
    placeOf: ({ country, city }) => {
      const index = at.get(countryOf(country)) ?? 0;
      return { country: index, city: countries[index]?.at.get(barOf(country ?? unknownBar, plainOf(city))) ?? 0 };
    },
  };
}
