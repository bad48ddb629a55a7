import { literal } from '../runs/duckdb.ts';
import { columnNames, incomeEdges, today, words } from './customers.ts';

// The same counts by DuckDB alone. It takes every value to be what its column says, trims texts by spaces only, and ends when one is something else.
// Of one pass into a table of narrow columns, one statement with GROUPING SETS, and one statement for each count, this is the fastest.

const types: Record<string, string> = { BirthDate: 'DATE', AnnualIncome: 'DOUBLE' };

const wordTable = (name: string, codes: Record<string, string>): string =>
  `CREATE TABLE ${name} AS SELECT * FROM (VALUES ${Object.entries(codes)
    .map((pair) => `(${pair.map(literal).join(', ')})`)
    .join(', ')}) AS words(word, code)`;

const readCsv = (files: readonly string[]): string => {
  const columns = columnNames.map((name) => `${literal(name)}: ${literal(types[name] ?? 'VARCHAR')}`);
  return `read_csv([${files.map(literal).join(', ')}], header = true, auto_detect = false, delim = ',', quote = '"', escape = '"', columns = {${columns.join(', ')}})`;
};

const band = incomeEdges.map((edge) => `(AnnualIncome >= ${edge})::UTINYINT`).join(' + ');

/** Days that nobody was born on become numbers of their own, to be counted. */
const years = `CASE WHEN BirthDate > DATE ${literal(today)} THEN -2 WHEN BirthDate IN (DATE '1900-01-01', DATE '0001-01-01') THEN -3
    WHEN BirthDate <= (DATE ${literal(today)} - INTERVAL 121 YEAR)::DATE THEN -4 ELSE date_sub('year', BirthDate, DATE ${literal(today)}) END::SMALLINT`;

/** The statements that count the customers of files. The last one tells what is compared. */
export const tallyAlone = (files: readonly string[]): string[] => [
  wordTable('genders', words.gender),
  wordTable('countries', words.country),
  `CREATE TABLE narrow AS SELECT hash(CustomerId) AS id, g.code AS gender, ${years} AS years, BirthDate IS NOT NULL AS has_birth_date,
    c.code AS country, trim(City) AS city, ${band} AS band,
    round(AnnualIncome, 2 - floor(log10(greatest(AnnualIncome, 1)))::INTEGER) AS income,
    trim(Gender) <> '' AS has_gender, trim(Country) <> '' AS has_country, trim(PostalCode) <> '' AS has_postal_code
    FROM ${readCsv(files)} LEFT JOIN genders AS g ON g.word = lower(trim(Gender)) LEFT JOIN countries AS c ON c.word = lower(trim(Country))`,
  'CREATE TABLE ages AS SELECT years, count(*) AS n FROM narrow GROUP BY years',
  'CREATE TABLE incomes AS SELECT income, count(*) AS n FROM narrow GROUP BY income',
  `CREATE TABLE filled AS SELECT count(*) FILTER (has_gender), count(*) FILTER (has_birth_date), count(*) FILTER (has_country), count(city), count(*) FILTER (has_postal_code),
    count(income), count(*) FILTER (has_gender AND gender IS NULL), count(*) FILTER (has_country AND country IS NULL) FROM narrow`,
  'CREATE TABLE groups AS SELECT gender, CASE WHEN years >= 0 THEN least(years // 10, 10) END AS age, country, city, band, count(*) AS n FROM narrow GROUP BY ALL',
  `CREATE TABLE largest AS SELECT country, lower(city) AS key, arg_max(city, n) AS name, sum(n) AS people FROM groups WHERE city IS NOT NULL
    GROUP BY ALL ORDER BY people DESC, key, country LIMIT 500`,
  `CREATE TABLE cells AS SELECT gender, age, g.country, CASE WHEN city IS NOT NULL THEN coalesce(name, chr(0)) END AS city, band, sum(n) AS n
    FROM groups AS g LEFT JOIN largest AS l ON lower(g.city) = l.key AND g.country IS NOT DISTINCT FROM l.country GROUP BY ALL`,
  `SELECT (SELECT count(*) FROM narrow)::DOUBLE, (SELECT count(DISTINCT id) FROM narrow)::DOUBLE, (SELECT count(*) FROM cells)::DOUBLE,
    (SELECT sum(n * n) FROM cells)::DOUBLE, (SELECT sum(years * n) FROM ages WHERE years >= 0)::DOUBLE, (SELECT count(*) FROM incomes WHERE income IS NOT NULL)::DOUBLE,
    (SELECT sum(n) FROM cells WHERE city = chr(0))::DOUBLE, list_sum(list_value(*COLUMNS(*)))::DOUBLE FROM filled`,
];
