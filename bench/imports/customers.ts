import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { duckdb, literal } from '../runs/duckdb.ts';

/** A number from 0 to 1 that goes with row `i` and looks like chance. */
const chance = (salt: number): string => `(hash(i + ${salt}) % 1000003) / 1000003.0`;

/** Countries as people write them, a few of them twice. */
const countries = ['Germany', 'germany', 'Japan', 'Brazil', 'Côte d’Ivoire', 'United States', 'France'];
const genders = ['Female', 'Female', 'Female', 'Male', 'Male', 'male', 'F', 'Non-binary'];

const listOf = (values: readonly string[]): string => `[${values.map(literal).join(', ')}]`;
const country = `1 + floor(${chance(1)} * ${countries.length})::INTEGER`;

/** What a column is called, and what makes its value in row `i`. */
const columns = {
  CustomerId: 'md5(i::VARCHAR)',
  FirstName: `'First ' || (i * 7919) % 5000`,
  LastName: `'O''Last, ' || (i * 104729) % 50000`,
  Email: `'person' || i || '@contoso.example'`,
  Gender: `CASE WHEN i % 25 = 0 THEN NULL ELSE (${listOf(genders)})[1 + floor(${chance(2)} * ${genders.length})::INTEGER] END`,
  BirthDate: `CASE WHEN i % 20 = 0 THEN NULL ELSE DATE '1936-01-01' + floor(${chance(3)} * 25000)::INTEGER END`,
  Country: `CASE WHEN i % 50 = 0 THEN NULL ELSE (${listOf(countries)})[${country}] END`,
  // A few large cities in each country and many small ones.
  City: `'City ' || ${country} * 1000 + floor(400 * pow(${chance(4)}, 3))::INTEGER`,
  PostalCode: `lpad(((i * 7) % 99999)::VARCHAR, 5, '0')`,
  AnnualIncome: `CASE WHEN i % 8 = 0 THEN NULL ELSE round(exp(10 + ${chance(5)} + ${chance(6)}), 2) END`,
  LoyaltyPoints: '(i * 17) % 100000',
  HasConsent: 'i % 3 = 0',
  CreatedOn: `TIMESTAMP '2020-01-01' + to_seconds((i * 613) % 200000000)`,
};

export const columnNames = Object.keys(columns);

/** Writes so many customers, evenly, to so many CSV files of a folder, each with a header. */
export const makeTalliedCustomers = async (folder: string, rows: number, fileCount: number): Promise<string[]> => {
  await mkdir(folder, { recursive: true });
  const select = Object.entries(columns).map(([name, value]) => `${value} AS "${name}"`);
  const each = rows / fileCount;
  const files = Array.from({ length: fileCount }, (_, index) => join(folder, `${index}.csv`));
  await duckdb(
    ...files.map(
      (file, index) =>
        `COPY (SELECT ${select.join(', ')} FROM range(${index * each}, ${(index + 1) * each}) AS rows(i)) TO ${literal(file)} (FORMAT csv, HEADER true)`,
    ),
  );
  return files;
};

/** What both sides understand. */
export const words = {
  gender: { female: 'female', f: 'female', male: 'male', m: 'male', 'non-binary': 'other' },
  country: { germany: 'DE', japan: 'JP', brazil: 'BR', 'côte d’ivoire': 'CI', 'united states': 'US', france: 'FR' },
};
export const today = '2026-11-22';
export const incomeEdges = [
  0,
  ...[100, 1_000, 10_000, 100_000, 1_000_000, 10_000_000].flatMap((decade) => [decade, 2 * decade, 5 * decade]),
  100_000_000,
];
