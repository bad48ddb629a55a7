import { literal } from '../duckdb/sql-text.ts';
import { withYears } from './birth-dates-sql.ts';
import { withIncome } from './incomes-sql.ts';
import type { TallyInput } from './tally-input.ts';
import type { TallyPlan } from './tally-plan.ts';
import { folded, isFilled, named, short } from './texts-sql.ts';

// What a tally keeps in DuckDB, as tables of its connection. Rows become groups while they are read; of ids there are hashes.

/** `what` the rows of `part` are groups of: the bits of GROUPING(place, country, years, income), each 0 for what they are grouped by. */
const grouped = { cells: 0b0111, places: 0b1011, years: 0b1101, incomes: 0b1110 } as const;

/** The codes of words by number: groups are many, and numbers are short. */
export const codesOf = (words: ReadonlyMap<string, string>): string[] => [...new Set(words.values())];

const wordsSql = (table: string, words: ReadonlyMap<string, string>): string => {
  const codes = new Map(codesOf(words).map((code, index) => [code, index]));
  const values = [...words].map(([word, code]) => `(${literal(word)}, ${codes.get(code)})`);
  const rows = values.length > 0 ? `VALUES ${values.join(', ')}` : 'SELECT NULL, NULL WHERE false';
  return `CREATE TEMP TABLE ${table} AS SELECT word::VARCHAR AS word, code::SMALLINT AS code FROM (${rows}) AS listed(word, code)`;
};

/** The tables of a tally that has seen nothing. A place is a country and a city as they are spelled, known by its hash. */
export const newTablesSql = ({ words }: TallyInput): string[] => [
  wordsSql('gender_words', words.gender),
  wordsSql('country_words', words.country),
  'CREATE TEMP TABLE cells (place UBIGINT, gender SMALLINT, age UTINYINT, band UTINYINT, n BIGINT)',
  'CREATE TEMP TABLE places (place UBIGINT, country SMALLINT, city VARCHAR, n BIGINT)',
  'CREATE TEMP TABLE counts (what VARCHAR, value BIGINT, n BIGINT)',
  'CREATE TEMP TABLE ids (id UBIGINT)',
];

/** Makes rows to groups of `part`, by all that is asked for at once, so that they are read once for it. What they say in words stays as it is until there are fewer. */
export const partSql = (
  rows: string,
  { text, isIncomeNumber }: TallyPlan,
  { today, incomeEdges }: TallyInput,
): string => {
  const texts = `SELECT ${short(text.gender)} AS gender, ${short(text.country)} AS country, ${short(text.city)} AS city,
    ${text.birthDate} AS born, ${text.income} AS earned, ${isFilled(text.postalCode)} AS has_postal_code FROM ${rows}`;
  const narrow = `SELECT *, hash(country, city) AS place,
    CASE WHEN years >= 0 THEN least(years // 10, 10) END::UTINYINT AS age FROM (${withIncome(withYears(texts, today), incomeEdges, isIncomeNumber)})`;
  return `CREATE OR REPLACE TEMP TABLE part AS
    SELECT GROUPING(place, country, years, income) AS what, place, gender, age, band, country, city, years, has_postal_code, income, count(*) AS n
    FROM (${narrow}) GROUP BY GROUPING SETS ((place, gender, age, band), (country, city), (years, has_postal_code), (income))`;
};

/** How many rows became groups of `part`. */
export const partRowsSql = `SELECT coalesce(sum(n), 0)::BIGINT FROM part WHERE what = ${grouped.cells}`;

/** Keeps the hashes of ids; of a row without one, nothing. */
export const idsSql = (rows: string, { text }: TallyPlan): string =>
  `INSERT INTO ids SELECT CASE WHEN ${isFilled(text.id)} THEN hash(${text.id}) END FROM ${rows}`;

const partOf = (what: number, columns: string): string =>
  `SELECT ${columns}, sum(n)::BIGINT AS n FROM part WHERE what = ${what} GROUP BY ALL`;

/** What was said in a column of `part`, how often, and the code of what is understood. */
const saidSql = (column: 'gender' | 'country', what: number): string =>
  `CREATE OR REPLACE TEMP TABLE said_${column} AS SELECT said, code, n
    FROM (${partOf(what, `${column} AS said`)}) LEFT JOIN ${column}_words ON word = ${folded('said')}`;

const understoodSql = (column: 'gender' | 'country'): string =>
  `INSERT INTO counts SELECT '${column}', (code IS NOT NULL)::BIGINT, sum(n) FROM said_${column} WHERE ${isFilled('said')} GROUP BY ALL`;

/** Adds `part` to what was seen before. */
export const mergeSql: readonly string[] = [
  saidSql('gender', grouped.cells),
  saidSql('country', grouped.places),
  `INSERT INTO cells SELECT place, code, age, band, part.n FROM part LEFT JOIN said_gender ON said = gender WHERE what = ${grouped.cells}`,
  `INSERT INTO places SELECT hash(country, city), code, ${named('city')}, part.n FROM part LEFT JOIN said_country ON said = country
    WHERE what = ${grouped.places}`,
  understoodSql('gender'),
  understoodSql('country'),
  `INSERT INTO counts SELECT 'city', 1, coalesce(sum(n), 0) FROM part WHERE what = ${grouped.places} AND ${isFilled('city')}`,
  `INSERT INTO counts ${partOf(grouped.years, `'years', years`)}`,
  `INSERT INTO counts SELECT 'postalCode', 1, coalesce(sum(n), 0) FROM part WHERE what = ${grouped.years} AND has_postal_code`,
  `INSERT INTO counts ${partOf(grouped.incomes, `'income', income`)}`,
  ...['part', 'said_gender', 'said_country'].map((table) => `DROP TABLE ${table}`),
];

/** Makes groups that came more than once to one. */
export const compactSql: readonly string[] = [
  'CREATE OR REPLACE TEMP TABLE cells AS SELECT place, gender, age, band, sum(n)::BIGINT AS n FROM cells GROUP BY ALL',
  'CREATE OR REPLACE TEMP TABLE places AS SELECT place, any_value(country) AS country, any_value(city) AS city, sum(n)::BIGINT AS n FROM places GROUP BY place',
  'CREATE OR REPLACE TEMP TABLE counts AS SELECT what, value, sum(n)::BIGINT AS n FROM counts GROUP BY ALL',
];

export const keptSql =
  'SELECT (SELECT count(*) FROM cells) + (SELECT count(*) FROM places) + (SELECT count(*) FROM counts)';
