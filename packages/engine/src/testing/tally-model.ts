import type { Tallied, TalliedCell, TallyInput, TallyTrait } from '../index.ts';

/** What a file says of a customer. */
export type CustomerText = Partial<Record<'id' | TallyTrait, string | null>>;

type Rules = Pick<TallyInput, 'words' | 'incomeEdges' | 'today'> & {
  /** Whether the column of incomes is one of numbers. */
  isNumber: boolean;
  mapped: readonly ('id' | TallyTrait)[];
};

const mostCities = 500;
const longestCity = 100;

const tidy = (text: string | null | undefined): string => (text ?? '').replace(/[\p{Cc}\p{Z}\ufeff]+/gu, ' ').trim();
const bare = (text: string | null | undefined): string =>
  (text ?? '').replace(/^[\p{Cc}\p{Z}\ufeff]+|[\p{Cc}\p{Z}\ufeff]+$/gu, '');

type Day = [year: number, month: number, day: number];

const clock = /^(?:[01]\d|2[0-3]):[0-5]\d(?::[0-5]\d(?:\.\d+)?)?(?:Z|[+-](?:0\d|1[0-5])(?::?[0-5]\d)?)?$/;
const usClock =
  /^(?:(?:0?[1-9]|1[0-2]):[0-5]\d(?::[0-5]\d)?[ \u00a0\u202f][ap]m|(?:[01]?\d|2[0-3]):[0-5]\d(?::[0-5]\d)?)$/i;

const isDay = ([year, month, day]: Day): boolean => {
  const date = new Date(0);
  date.setUTCFullYear(year, month - 1, day);
  return year > 0 && date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
};

const dayOf = (text: string): Day | undefined => {
  const iso = /^(\d{4})-(\d\d)-(\d\d)(?:[T ](.*))?$/.exec(text);
  const us = /^(\d\d?)\/(\d\d?)\/([1-9]\d{3})(?: (.*))?$/.exec(text);
  const [parts, time, isTime]: [Day, string | undefined, RegExp] = iso
    ? [[Number(iso[1]), Number(iso[2]), Number(iso[3])], iso[4], clock]
    : [[Number(us?.[3]), Number(us?.[1]), Number(us?.[2])], us?.[4], usClock];
  return (iso || us) && isDay(parts) && (time === undefined || isTime.test(time)) ? parts : undefined;
};

const isAfter = (one: Day, other: Day): boolean => {
  const [first, second] = [one, other].map((day) => day.map((part) => String(part).padStart(4, '0')).join());
  return String(first) > String(second);
};

const signs = [
  'US$',
  'A$',
  'C$',
  'R$',
  'S$',
  '€',
  '$',
  '£',
  '¥',
  '₹',
  'EUR',
  'USD',
  'CHF',
  'JPY',
  'kr.',
  'kr',
  'Fr.',
  'zł',
];
const unsigned = (text: string): string => {
  const is = (sign: string) => sign.toLowerCase();
  const lower = text.toLowerCase();
  const first = signs.find((sign) => lower.startsWith(is(sign)));
  if (first) return text.slice(first.length).trim();
  return text;
};
const withoutCurrency = (text: string): string => {
  const reversed = signs.find((sign) => text.toLowerCase().endsWith(sign.toLowerCase()));
  return unsigned(reversed ? text.slice(0, -reversed.length).trim() : text);
};

/** A plain number as hundredths, rounded half away from zero. */
const hundredths = (whole: string, fraction: string, exponent = 0): number => {
  const digits = BigInt(whole + fraction || '0');
  const shift = 2 - fraction.length + exponent;
  const divisor = 10n ** BigInt(Math.max(0, -shift));
  return Number(shift >= 0 ? digits * 10n ** BigInt(shift) : (digits + divisor / 2n) / divisor);
};

const scientific = (text: string): number | undefined => {
  const found = /^(\d*)(?:\.(\d*))?(?:e([+-]?\d{1,3}))?$/i.exec(text);
  if (!found || `${found[1] ?? ''}${found[2] ?? ''}` === '') return undefined;
  return hundredths(found[1] ?? '', found[2] ?? '', Number(found[3] ?? 0));
};

const isGrouped = ([first = '', ...rest]: readonly string[], separator: string): boolean => {
  if (!/^[1-9]\d{0,2}$/.test(first) || rest.length === 0) return false;
  if (rest.every(({ length }) => length === 3)) return true;
  const isLakhs =
    first.length < 3 && rest.at(-1)?.length === 3 && rest.slice(0, -1).every(({ length }) => length === 2);
  return separator === ',' && isLakhs;
};

const written = (text: string): number | undefined => {
  const groups = text.split(/[^0-9]/);
  const separators = text.replace(/[0-9]/g, '').replace(/[ \u00a0\u2009\u202f'’]/g, ' ');
  const last = separators.at(-1) ?? '';
  if (!/^(?:,*|\.*| *)[.,]?$/.test(separators)) return scientific(text);
  if (isGrouped(groups, last) && new Set(separators).size === 1) return hundredths(groups.join(''), '');
  if (last === ' ' || last === '') return scientific(text);
  const [fraction = ''] = groups.slice(-1);
  const whole = groups.slice(0, -1);
  if (whole.length > 1 && (separators[0] === last || !isGrouped(whole, separators[0] ?? ''))) return undefined;
  if (last === ',' && fraction === '') return undefined;
  if (whole.join('') + fraction === '') return undefined;
  // After a decimal point of grouped digits there has to be something.
  if (whole.length > 1 && fraction === '') return undefined;
  return hundredths(whole.join(''), fraction);
};

/** An income in hundredths; undefined where the text is none. */
const centsOf = (text: string, isNumber: boolean): number | undefined => {
  const plain = bare(text);
  const signed = /^([-+\u2212]?)(.*)$/s.exec(plain) ?? [];
  const read = (sign: string, number: string | undefined) => {
    const value = number === undefined ? undefined : ((isNumber ? scientific(number) : undefined) ?? written(number));
    return value === undefined || value >= 1e15 ? undefined : value * (/[-\u2212]/.test(sign) && value > 0 ? -1 : 1);
  };
  const outer = signed[1] ?? '';
  const inside = withoutCurrency((signed[2] ?? '').trim());
  const inner = outer === '' ? (/^[-+\u2212]/.exec(inside)?.[0] ?? '') : '';
  return read(outer + inner, inside.slice(inner.length));
};

const threeDigits = (cents: number): number => {
  const digits = String(cents);
  if (digits.length <= 3) return cents;
  const unit = 10n ** BigInt(digits.length - 3);
  return Number(((BigInt(cents) + unit / 2n) / unit) * unit);
};

/** Counts that start at nothing. */
const counter = <Key>() => {
  const counts = new Map<Key, number>();
  return { counts, add: (key: Key) => void counts.set(key, (counts.get(key) ?? 0) + 1) };
};

const order = (one: string, other: string): number => Buffer.compare(Buffer.from(one), Buffer.from(other));

/** What a tally of customers should tell, worked out one customer after the other, to hold the engine against. */
export const modelTally = (
  customers: readonly CustomerText[],
  malformed: number,
  { words, incomeEdges, today, isNumber, mapped }: Rules,
): Tallied => {
  const odd: Tallied['odd'] = {
    birthDatesUnreadable: 0,
    birthDatesInFuture: 0,
    birthDatesPlaceholder: 0,
    agesOver120: 0,
    gendersNotUnderstood: 0,
    countriesNotUnderstood: 0,
    incomesUnreadable: 0,
    incomesNegative: 0,
  };
  const now = today.split('-').map(Number) as Day;

  const yearsOf = (text: string | null | undefined): number | null => {
    if (bare(text) === '') return null;
    const day = dayOf(bare(text));
    const kind = ((): keyof typeof odd | number => {
      if (day === undefined) return 'birthDatesUnreadable';
      if (isAfter(day, now)) return 'birthDatesInFuture';
      if (['1900-1-1', '1-1-1'].includes(day.join('-'))) return 'birthDatesPlaceholder';
      const hadBirthday = now[1] > day[1] || (now[1] === day[1] && now[2] >= day[2]);
      const years = now[0] - day[0] - (hadBirthday ? 0 : 1);
      return years > 120 ? 'agesOver120' : years;
    })();
    if (typeof kind === 'number') return kind;
    odd[kind] += 1;
    return null;
  };

  const incomeOf = (text: string | null | undefined): number | null => {
    if (bare(text) === '') return null;
    const cents = centsOf(text ?? '', isNumber);
    if (cents !== undefined && cents >= 0) return cents;
    odd[cents === undefined ? 'incomesUnreadable' : 'incomesNegative'] += 1;
    return null;
  };

  const codeOf = (kind: 'gender' | 'country', text: string | null | undefined): string | null => {
    const code = words[kind].get(bare(text).toLowerCase()) ?? null;
    if (code === null && bare(text) !== '')
      odd[kind === 'gender' ? 'gendersNotUnderstood' : 'countriesNotUnderstood'] += 1;
    return code;
  };

  const ages = counter<number>();
  const incomes = counter<number>();
  const ids = counter<string>();
  const spellings = new Map<
    string,
    { country: string | null; key: string; rows: number; names: Map<string, number> }
  >();
  const people = customers.map((customer) => {
    const years = yearsOf(customer.birthDate);
    const cents = incomeOf(customer.income);
    if (years !== null) ages.add(years);
    if (cents !== null) incomes.add(threeDigits(cents) / 100);
    if (bare(customer.id) !== '') ids.add(customer.id ?? '');
    const country = codeOf('country', customer.country);
    const name = [...tidy(customer.city)].slice(0, longestCity).join('').trim();
    const place = JSON.stringify([country, name.toLowerCase()]);
    const seen = spellings.get(place) ?? { country, key: name.toLowerCase(), rows: 0, names: new Map() };
    seen.rows += 1;
    seen.names.set(name, (seen.names.get(name) ?? 0) + 1);
    spellings.set(place, seen);
    return {
      gender: codeOf('gender', customer.gender),
      age: years === null ? null : Math.min(100, Math.floor(years / 10) * 10),
      country,
      place,
      income: cents === null ? null : incomeEdges.filter((edge) => edge * 100 <= cents).length,
    };
  });
  const codes = [...new Set(words.country.values())];
  const rank = (country: string | null) => (country === null ? codes.length : codes.indexOf(country));
  const largest = [...spellings.entries()]
    .filter(([, { key }]) => key !== '')
    .sort(
      ([, one], [, other]) =>
        other.rows - one.rows || order(one.key, other.key) || rank(one.country) - rank(other.country),
    )
    .slice(0, mostCities);
  const names = new Map(
    largest.map(([place, { names }]) => [
      place,
      [...names].sort((one, other) => other[1] - one[1] || order(one[0], other[0]))[0]?.[0] ?? '',
    ]),
  );
  const cityOf = (place: string) => (spellings.get(place)?.key === '' ? null : (names.get(place) ?? '\u0000'));
  const cells = counter<string>();
  for (const { place, ...rest } of people) cells.add(JSON.stringify({ ...rest, city: cityOf(place) }));
  const traits = mapped.filter((role): role is TallyTrait => role !== 'id');
  return {
    rows: customers.length,
    malformed,
    ids: mapped.includes('id')
      ? {
          missing: customers.filter(({ id }) => bare(id) === '').length,
          repeated: [...ids.counts.values()].reduce((sum, rows) => sum + rows - 1, 0),
        }
      : null,
    cells: [...cells.counts].map(([cell, rows]): TalliedCell => ({ ...JSON.parse(cell), rows })),
    ages: [...ages.counts].map(([years, rows]) => ({ years, rows })),
    incomes: [...incomes.counts].map(([value, rows]) => ({ value, rows })),
    filled: Object.fromEntries(
      traits.map((trait) => [trait, customers.filter((customer) => bare(customer[trait]) !== '').length]),
    ),
    odd,
  };
};

const textOf = (cell: TalliedCell): string =>
  JSON.stringify([cell.gender, cell.age, cell.country, cell.city, cell.income]);

/** The same in an order of its own, to compare. */
export const sorted = (tallied: Tallied): Tallied => ({
  ...tallied,
  cells: tallied.cells.toSorted((one, other) => order(textOf(one), textOf(other))),
  ages: tallied.ages.toSorted((one, other) => one.years - other.years),
  incomes: tallied.incomes.toSorted((one, other) => one.value - other.value),
});
