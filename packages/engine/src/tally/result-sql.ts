import { engineLimits } from '../limits.ts';

// What a tally tells in the end, made of the tables of groups-sql.ts.

/** Numbers that stand in the place of a city's where it has none. */
export const noCity = { unknown: -1, other: -2 } as const;

/**
 * The largest cities with their numbers and names. Cities of a country that differ in case only are one. Among equals the order of the texts
 * decides, so that the same rows give the same result.
 */
export const citiesSql: readonly string[] = [
  `CREATE OR REPLACE TEMP TABLE spellings AS
    SELECT country, lower(city) AS key, city, sum(n)::BIGINT AS n FROM places WHERE city IS NOT NULL GROUP BY ALL`,
  `CREATE OR REPLACE TEMP TABLE largest AS
    SELECT country, key, sum(n) AS people FROM spellings GROUP BY country, key ORDER BY people DESC, key, country LIMIT ${engineLimits.talliedCities}`,
  `CREATE OR REPLACE TEMP TABLE cities AS
    SELECT (row_number() OVER ())::SMALLINT - 1 AS number, one.country, one.key, first(s.city ORDER BY s.n DESC, s.city) AS name
    FROM largest AS one JOIN spellings AS s ON s.key = one.key AND s.country IS NOT DISTINCT FROM one.country GROUP BY one.country, one.key`,
  `CREATE OR REPLACE TEMP TABLE spots AS
    SELECT p.place, p.country, CASE WHEN p.city IS NULL THEN ${noCity.unknown} ELSE coalesce(c.number, ${noCity.other}) END AS city
    FROM places AS p LEFT JOIN cities AS c ON c.key = lower(p.city) AND c.country IS NOT DISTINCT FROM p.country`,
];

export const cityNamesSql = 'SELECT number, name FROM cities';

/** Gender, age, country, city, band and how many rows have them, by their numbers. */
export const cellsSql = `SELECT gender, age, country, city, band, sum(n)::DOUBLE FROM cells JOIN spots USING (place) GROUP BY ALL ORDER BY ALL`;

export const countsSql = 'SELECT what, value::DOUBLE, sum(n)::DOUBLE FROM counts GROUP BY ALL ORDER BY ALL';

/** How many rows have an id. */
export const namedRowsSql = 'SELECT count(id)::DOUBLE FROM ids';

/** How many ids there are, some of them at a time: those whose hashes leave a rest. */
export const distinctIdsSql = (rest: number, of: number): string =>
  `SELECT count(DISTINCT id)::DOUBLE FROM ids WHERE id % ${of} = ${rest}`;
