import type { Value } from './csv.ts';
import { CULTURES, type Culture } from './cultures.ts';
import type { Attribute } from './model-json.ts';
import type { Random } from './random.ts';

export const CUSTOMER_ATTRIBUTES: readonly Attribute[] = [
  { name: 'CustomerId', dataType: 'string' },
  { name: 'FirstName', dataType: 'string' },
  { name: 'LastName', dataType: 'string' },
  { name: 'FullName', dataType: 'string' },
  { name: 'Gender', dataType: 'string' },
  { name: 'BirthDate', dataType: 'dateTime' },
  { name: 'Email', dataType: 'string' },
  { name: 'Telephone', dataType: 'string' },
  { name: 'Street', dataType: 'string' },
  { name: 'City', dataType: 'string' },
  { name: 'PostalCode', dataType: 'string' },
  { name: 'StateOrProvince', dataType: 'string' },
  { name: 'Country', dataType: 'string' },
  { name: 'AnnualIncome', dataType: 'decimal' },
  { name: 'LoyaltyTier', dataType: 'string' },
  { name: 'HasConsent', dataType: 'boolean' },
  { name: 'CreatedOn', dataType: 'dateTimeOffset' },
  { name: 'Notes', dataType: 'string' },
];

/** A customer as far as the other entities need it. */
export type Customer = { id: string; income: number | undefined; country: string; row: readonly Value[] };

/** Cultures repeated by weight, so that one pick draws by weight. */
const DRAW: readonly Culture[] = CULTURES.flatMap((culture) => Array<Culture>(culture.weight).fill(culture));

const MAIL_HOSTS = ['contoso.example', 'fabrikam.example', 'northwind.example', 'adventure-works.example'];
const TIERS = ['None', 'Bronze', 'Silver', 'Gold', 'Platinum'];
const DAY_MS = 86_400_000;
const OLDEST_BIRTH = Date.UTC(1936, 0, 1);
const YOUNGEST_BIRTH = Date.UTC(2005, 11, 31);
const FIRST_SIGN_UP = Date.UTC(2016, 0, 4);
const LAST_SIGN_UP = Date.UTC(2021, 6, 14);

/** What people really put into a free text field. */
const NOTES = [
  'Prefers e-mail, not phone',
  'Asked for "gift wrapping" twice',
  'Delivery: leave at reception\r\nThen call',
  'VIP; handle with care',
  'Moved in 2020,\nnew address confirmed',
  '👍 Très satisfaite, à rappeler',
];

const ascii = (name: string): string =>
  name
    .normalize('NFD')
    .replace(/[^a-zA-Z]/g, '')
    .toLowerCase();

const emailOf = (random: Random, first: string, last: string, index: number): string | undefined => {
  if (random.chance(0.06)) return undefined;
  if (random.chance(0.002)) return `${ascii(first) || 'customer'}(at)${random.pick(MAIL_HOSTS)}`;
  return `${ascii(first) || 'customer'}.${ascii(last) || 'c'}${index}@${random.pick(MAIL_HOSTS)}`;
};

/** Mostly the two words a form offers; the rest is what arrives from older sources. */
const genderOf = (random: Random, isWoman: boolean): string | undefined => {
  const draw = random.next();
  if (draw < 0.04) return undefined;
  if (draw < 0.055) return 'Non-binary';
  if (draw < 0.065) return isWoman ? 'F' : 'M';
  if (draw < 0.07) return isWoman ? 'female ' : 'MALE';
  return isWoman ? 'Female' : 'Male';
};

const birthDateOf = (random: Random): string | undefined => {
  const draw = random.next();
  if (draw < 0.05) return undefined;
  if (draw < 0.054) return '1900-01-01';
  const days = Math.floor((YOUNGEST_BIRTH - OLDEST_BIRTH) / DAY_MS);
  return new Date(OLDEST_BIRTH + random.between(0, days) * DAY_MS).toISOString().slice(0, 10);
};

/** Skewed to the right like real incomes; every eighth unknown. */
const incomeOf = (random: Random, typical: number): number | undefined => {
  if (random.chance(0.12)) return undefined;
  if (random.chance(0.004)) return 0;
  const spread = Math.exp((random.next() + random.next() + random.next() - 1.5) * 1.1);
  return Math.round((typical * spread) / 100) * 100;
};

/** Counts the last digits of a postal code on by a few, keeping its form. */
const nearbyPostalCode = (random: Random, first: string): string => {
  const match = /^(.*?)(\d+)$/.exec(first);
  if (!match?.[2]) return first;
  return `${match[1]}${String(Number(match[2]) + random.between(0, 80)).padStart(match[2].length, '0')}`;
};

/** The customer with that index (from 0). The same generator state gives the same person. */
export const makeCustomer = (random: Random, index: number): Customer => {
  const culture = random.pick(DRAW);
  const isWoman = random.chance(0.51);
  const first = random.pick(isWoman ? culture.women : culture.men);
  const last = random.pick(culture.families);
  const [city, region, firstPostalCode] = random.pick(culture.cities);
  const id = random.hex(32);
  const income = incomeOf(random, culture.income);
  const createdOn = new Date(FIRST_SIGN_UP + Math.floor(random.next() * (LAST_SIGN_UP - FIRST_SIGN_UP)));
  const isFamilyFirst = culture.country === 'Japan';
  const house = random.between(1, 240);
  const row: Value[] = [
    id,
    first,
    last,
    isFamilyFirst ? `${last} ${first}` : `${first} ${last}`,
    genderOf(random, isWoman),
    birthDateOf(random),
    emailOf(random, first, last, index),
    random.chance(0.1)
      ? undefined
      : `${culture.dialCode} ${random.between(100, 999)} ${random.between(1000000, 9999999)}`,
    random.chance(0.03)
      ? undefined
      : `${random.pick(culture.streets)} ${house}${random.chance(0.04) ? ', c/o Contoso, Ltd.' : ''}`,
    random.chance(0.02) ? undefined : city,
    nearbyPostalCode(random, firstPostalCode),
    region,
    random.chance(0.015) ? undefined : culture.country,
    income,
    random.pick(TIERS),
    random.chance(0.72),
    createdOn.toISOString(),
    random.chance(0.03) ? random.pick(NOTES) : undefined,
  ];
  return { id, income, country: culture.country, row };
};
