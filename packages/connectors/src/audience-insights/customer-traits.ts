import { type ProfileTrait, profileTraits } from '@junction/contracts';

export const traitWords: Readonly<Record<ProfileTrait, string>> = {
  gender: 'gender',
  birthDate: 'birth date',
  country: 'country or region',
  city: 'city',
  postalCode: 'postal code',
  income: 'income',
};

/** The ends of names that mean a trait, as words without anything between them. */
const spellings: Readonly<Record<ProfileTrait, readonly string[]>> = {
  gender: ['gender', 'gendercode', 'gendername', 'gendertype', 'genderidentity', 'sex', 'sexcode'],
  birthDate: ['birthdate', 'dateofbirth', 'dob', 'birthday', 'birthdt', 'birthdatetime'],
  country: [
    'country',
    'countrycode',
    'countryname',
    'countryregion',
    'countryorregion',
    'countryregioncode',
    'countryregionname',
    'countryiso',
    'countryisocode',
  ],
  city: ['city', 'cityname', 'town', 'townname', 'cityortown', 'citytown', 'municipality', 'locality'],
  postalCode: ['postalcode', 'postcode', 'zip', 'zipcode', 'zippostalcode', 'ziporpostalcode', 'postalzip'],
  income: ['income', 'incomeband', 'incomerange', 'incomelevel', 'incomegroup', 'incomebracket', 'salary'],
};

/** `Contoso_DateOfBirth` → contoso, date, of, birth. */
const wordsOf = (name: string): string[] =>
  (name.match(/\p{Lu}+(?!\p{Ll})|\p{Lu}?[\p{Ll}\p{Lo}]+|\d+/gu) ?? []).map((word) => word.toLowerCase());

/** Before the name of a place, this means another one than where somebody lives. */
const elsewhere = ['birth', 'company', 'employer'];

/** How many words stand before the trait in a name; undefined where the name does not end with it. */
const wordsBefore = (trait: ProfileTrait, words: readonly string[]): number | undefined => {
  const at = words.findIndex((_, index) => spellings[trait].includes(words.slice(index).join('')));
  if (at === -1 || (trait !== 'birthDate' && words.slice(0, at).some((word) => elsewhere.includes(word))))
    return undefined;
  return at;
};

const columnFor = (trait: ProfileTrait, names: readonly string[]): string | undefined => {
  const candidates = names.flatMap((name) => {
    const before = wordsBefore(trait, wordsOf(name));
    return before === undefined ? [] : [{ name, before }];
  });
  return candidates.toSorted((one, other) => one.before - other.before)[0]?.name;
};

/**
 * Which column has which trait, by the columns' names. Prefixes such as a source's name do not matter; of several columns the one with the
 * fewest words before the trait is taken, of equal ones the first.
 */
export const recogniseTraits = (
  names: readonly string[],
): { recognised: { trait: ProfileTrait; column: string }[]; missing: ProfileTrait[] } => {
  const found = profileTraits.map((trait) => ({ trait, column: columnFor(trait, names) }));
  return {
    recognised: found.flatMap(({ trait, column }) => (column === undefined ? [] : [{ trait, column }])),
    missing: found.filter(({ column }) => column === undefined).map(({ trait }) => trait),
  };
};
