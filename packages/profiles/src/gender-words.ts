/** What the report knows of genders. */
export type Gender = 'female' | 'male' | 'other';

/**
 * What people write for a gender, separated by commas: English first, then the other languages that customers' data is usually in, and the
 * codes of ISO 5218. What says that nothing is known (`unknown`, `n/a`, `0`, `9`) is left out, so that it counts as nothing. So is what means
 * one thing here and another one there, such as the Spanish `h` (hombre) and the Spanish `m` (mujer): `m` is read as the English one.
 */
const words: Readonly<Record<Gender, readonly string[]>> = {
  female: [
    'f, fem, female, females, woman, women, girl, lady, 2, v, w, ms, ms., mrs, mrs., miss, cis female, cis woman',
    'weiblich, frau, femme, féminin, feminin, féminine, fille, mujer, femenino, femenina, hembra',
    'donna, femmina, femminile, vrouw, vrouwelijk, mulher, feminino, feminina, kvinna, kvinnlig',
    'kvinde, kvindelig, kvinne, kvinnelig, nainen, naispuolinen, kobieta, żeńska, żeński, zenska, zenski, k',
    'žena, ženské, ženský, ženská, zena, zenske, kadın, kadin, bayan, женщина, женский, ж, жен, жен.',
    'nő, női, femeie, γυναίκα, γυναικα, θήλυ',
    '女, 女性, 女子, 여, 여성, 여자',
  ],
  male: [
    'm, male, males, man, men, boy, gentleman, 1, mr, mr., cis male, cis man',
    'männlich, maennlich, mann, herr, homme, masculin, garçon, hombre, masculino, varón, varon',
    'uomo, maschio, maschile, mannelijk, homem, manlig, mand, mandlig, mannlig, mies, miespuolinen',
    'mężczyzna, mezczyzna, męska, męski, meska, meski, muž, mužské, mužský, mužská, muz, muzske, erkek, bay',
    'мужчина, мужской, м, муж, муж.',
    'férfi, bărbat, barbat, άνδρας, ανδρας, άρρεν',
    '男, 男性, 男子, 남, 남성, 남자',
  ],
  other: [
    'other, o, x, d, diverse, divers, non-binary, nonbinary, non binary, nb, enby, genderqueer, gender queer',
    'gender fluid, genderfluid, gender-fluid, agender, bigender, intersex, third gender, two-spirit, another',
    'andere, anderes, nichtbinär, nicht-binär, nicht binär, autre, non binaire, non-binaire',
    'otro, otra, no binario, no binaria, altro, non binario, non binaria, anders, overig, non-binair',
    'outro, outra, não binário, não-binário, annat, annan, icke-binär, ickebinär, andet, ikke-binær, annet',
    'muu, muunsukupuolinen, ei-binäärinen, inna, inne, inny, niebinarna, niebinarny, jiné, jiný, nebinární',
    'diğer, diger, другой, другое, иное, небинарный, その他, 其他, 기타',
  ],
};

/** Genders by what people write for them, trimmed and in lower case. */
export const genderWords: ReadonlyMap<string, Gender> = new Map(
  (['other', 'male', 'female'] as const).flatMap((gender) =>
    words[gender].flatMap((line) => line.split(', ').map((word) => [word, gender] as const)),
  ),
);
