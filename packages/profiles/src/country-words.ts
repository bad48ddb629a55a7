import countries from 'i18n-iso-countries';

/** Languages whose names of countries are understood. Where one word means two countries in two of them, neither is taken. */
const languages = 'de fr es it nl pt sv da nb nn fi pl cs tr ru uk el hu ro ja zh ko'.split(' ');

/** What people write that the lists of names do not have, or have as something else. A word of it counts for more than any name. */
const aliases: Readonly<Record<string, string>> = {
  AE: 'uae, emirates',
  AG: 'antigua & barbuda',
  AT: 'oesterreich',
  BA: 'bosnia, bosnia & herzegovina',
  BG: 'bul, българия',
  BO: 'bolivia',
  BN: 'brunei',
  CD: 'drc, dr congo, congo-kinshasa, democratic republic of congo, democratic republic of the congo, zaire',
  CG: 'congo-brazzaville, republic of the congo, republic of congo',
  CH: 'sui, die schweiz',
  CI: 'ivory coast, cote d’ivoire',
  CN: 'prc, p.r. china, pr china, mainland china, 中國, 中华人民共和国',
  CV: 'cape verde',
  CZ: 'czech republic, czechia, czech, česko, cesko, tchéquie, cechia',
  DE: 'ger, brd, frg, federal republic of germany, bundesrepublik deutschland, 德國',
  DK: 'den',
  EE: 'eesti',
  ES: '西班牙',
  FM: 'micronesia',
  FR: '法國',
  GB: 'uk, u.k., u.k, united kingdom, great britain, britain, england, scotland, wales, northern ireland, united kingdom of great britain and northern ireland, großbritannien, grossbritannien, grande-bretagne, gran bretaña, gran bretagna, groot-brittannië, engeland, angleterre, inglaterra, inghilterra, ingiltere, イギリス, 英國',
  GR: 'gre, hellas, el',
  HK: 'hong kong sar, hong kong sar china, hong kong s.a.r.',
  HR: 'cro, hrvatska',
  IE: 'eire, republic of ireland, éire',
  IN: 'bharat',
  IR: 'iran, islamic republic of iran',
  IS: 'ísland',
  IT: 'italia',
  JP: 'nippon, nihon',
  KP: 'north korea, dprk',
  KR: 'korea, south korea, republic of korea, rok, korea republic, 한국, 韓国, 韓國',
  LA: 'laos',
  LT: 'lietuva',
  LV: 'latvija',
  LY: 'libya',
  MD: 'moldova',
  MK: 'macedonia, north macedonia, fyrom',
  MM: 'burma, myanmar',
  MO: 'macau, macao, macao sar, macau sar',
  NL: 'ned, holland, the netherlands, netherlands, de nederlanden',
  NZ: 'n.z., aotearoa',
  PH: 'the philippines',
  PS: 'palestine, palestinian territories',
  PT: 'por',
  RS: 'srbija, србија',
  RU: 'russia, russian federation',
  SA: 'ksa',
  SI: 'slovenija',
  SK: 'slovak republic',
  SY: 'syria',
  SZ: 'swaziland, eswatini',
  TL: 'east timor',
  TR: 'turkey, türkiye, turkiye',
  TT: 'trinidad & tobago',
  TW: 'taiwan, 台灣, 臺灣',
  TZ: 'tanzania',
  US: 'u.s., u.s, u.s.a., u.s.a, usa, united states, united states of america, the united states, the united states of america, america, america (usa), états-unis, etats-unis, estados unidos, ee.uu., eeuu, ee. uu., stati uniti, eua, stany zjednoczone, spojené státy, アメリカ, 美國',
  VA: 'vatican, vatican city, holy see',
  VE: 'venezuela',
  VN: 'vietnam, viet nam, việt nam',
  ZA: 'rsa',
};

/** Words that mean one country to some and another one to others. */
const ambiguous = ['congo', 'kongo'];

/** `İ` becomes an i with a dot above it in JavaScript, and an i elsewhere. */
const plain = (word: string) => word.normalize('NFC').trim().toLowerCase().replaceAll('i̇', 'i');

const withoutMarks = (word: string) => word.normalize('NFD').replace(/\p{M}/gu, '').normalize('NFC');

const named = (language: string): (readonly [word: string, country: string])[] =>
  Object.entries(countries.getNames(language, { select: 'all' })).flatMap(([country, names]) =>
    names.map((name) => [plain(name), country] as const),
  );

const codes = [countries.getAlpha2Codes(), countries.getAlpha3Codes(), countries.getNumericCodes()].flatMap((list) =>
  Object.keys(list).map((code) => [plain(code), countries.toAlpha2(code)] as const),
);

/** The latter lists only add words that no list before them has, and none that they have for two countries. */
const inTurn = (lists: readonly (readonly (readonly [word: string, country: string | undefined])[])[]) => {
  const found = new Map<string, string>();
  const refused = new Set(ambiguous);
  for (const list of lists) {
    const here = new Map<string, string>();
    const twice = new Set<string>();
    for (const [word, country] of list) {
      if (country === undefined || word === '' || found.has(word) || refused.has(word)) continue;
      if (here.has(word) && here.get(word) !== country) twice.add(word);
      here.set(word, country);
    }
    for (const word of twice) refused.add(word);
    for (const [word, country] of here) if (!twice.has(word)) found.set(word, country);
  }
  return found;
};

const english = named('en');
const localised = languages.flatMap(named);

/**
 * Countries as ISO 3166-1 alpha-2 by what people write for them, trimmed and in lower case: the three codes, English names, usual other names,
 * names in other languages, and those without their marks. `georgia` is the country.
 */
export const countryWords: ReadonlyMap<string, string> = inTurn([
  Object.entries(aliases).flatMap(([country, line]) => line.split(', ').map((word) => [plain(word), country] as const)),
  codes,
  english,
  localised,
  [...english, ...localised].map(([word, country]) => [withoutMarks(word), country] as const),
]);
