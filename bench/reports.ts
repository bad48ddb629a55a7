import { randomBytes } from 'node:crypto';
import { type CustomerTally, makeReport, type TallyCell } from '@junction/profiles';
import { publishReport } from '../apps/api/src/features/profiles/reports/publish-report.ts';
import { openServerDb } from '../apps/api/src/platform/db.ts';
import { newId } from '../apps/api/src/platform/ids.ts';
import { createVault } from '../apps/api/src/platform/vault.ts';
import { median, quantile } from './numbers.ts';
import { onScratchDatabase } from './scratch-database.ts';
import { addressHeader, makePerson, makeWorld, startJunction } from './world.ts';

/** As many as a report tells apart at most. */
const countries = [
  'AR',
  'AT',
  'AU',
  'BE',
  'BR',
  'CA',
  'CH',
  'CL',
  'CN',
  'CO',
  'CZ',
  'DE',
  'DK',
  'EG',
  'ES',
  'FI',
  'FR',
  'GB',
  'GR',
  'HU',
]
  .concat([
    'ID',
    'IE',
    'IL',
    'IN',
    'IT',
    'JP',
    'KE',
    'KR',
    'MA',
    'MX',
    'MY',
    'NG',
    'NL',
    'NO',
    'NZ',
    'PE',
    'PH',
    'PK',
    'PL',
    'PT',
  ])
  .concat([
    'RO',
    'RS',
    'SA',
    'SE',
    'SG',
    'SK',
    'TH',
    'TR',
    'TW',
    'UA',
    'US',
    'UY',
    'VE',
    'VN',
    'ZA',
    'BG',
    'HR',
    'SI',
    'LT',
    'LV',
  ]);
const citiesOfEach = 8;
const genders = ['female', 'male', 'other', null];
const ages = [0, 10, 20, 30, 40, 50, 60, 70, 80, 90, 100, null];
/** Fine bands of incomes, from 10,000 to 200,000. */
const incomes = [15, 16, 17, 18, 19, 20, 21, 22, 23, 24, null];
const threshold = 5;

const rounds = 5;
const requestsOfRound = 200;
const warmUpRequests = 50;

/** Many millions of customers who are as different as a report can tell. */
const makeTally = (): CustomerTally => {
  const cells: TallyCell[] = [];
  let seed = 1;
  for (const country of countries)
    for (let city = 0; city < citiesOfEach; city += 1)
      for (const gender of genders)
        for (const age of ages)
          for (const income of incomes) {
            seed = (seed * 48_271) % 2_147_483_647;
            cells.push({ gender, age, country, city: `${country} ${city}`, income, rows: seed % 120 });
          }
  const rows = cells.reduce((sum, cell) => sum + cell.rows, 0);
  const filledBy = (has: (cell: TallyCell) => boolean) =>
    cells.reduce((sum, cell) => sum + (has(cell) ? cell.rows : 0), 0);
  return {
    rows,
    malformed: 0,
    ids: { missing: 0, repeated: 0 },
    cells,
    ages: [{ years: 40, rows: filledBy(({ age }) => age !== null) }],
    incomes: [{ value: 50_000, rows: filledBy(({ income }) => income !== null) }],
    filled: {
      gender: filledBy(({ gender }) => gender !== null),
      birthDate: filledBy(({ age }) => age !== null),
      country: rows,
      city: rows,
      income: filledBy(({ income }) => income !== null),
    },
    odd: {
      birthDatesUnreadable: 0,
      birthDatesInFuture: 0,
      birthDatesPlaceholder: 0,
      agesOver120: 0,
      gendersNotUnderstood: 0,
      countriesNotUnderstood: 0,
      incomesUnreadable: 0,
      incomesNegative: 0,
    },
  };
};

const columns = { gender: 'Gender', birthDate: 'BirthDate', country: 'Country', city: 'City', income: 'Income' };

const seed = async (url: string, masterKey: Buffer) => {
  const { db, close } = await openServerDb(url);
  const owner = await makePerson(db, 'Bench');
  const { environmentId, connectionIds } = await makeWorld(
    { db, vault: createVault(masterKey) },
    { owner, connections: 1 },
  );
  const connectionId = connectionIds[0] ?? '';
  await db.connection.update({ where: { id: connectionId }, data: { type: 'audience-insights' } });
  await db.profileGrant.create({
    data: { connectionId, environmentId, personId: owner.id, grantedById: owner.id, grantedByName: owner.name },
  });
  const tally = makeTally();
  const started = performance.now();
  const report = await makeReport(tally, { threshold, columns });
  const makingMs = performance.now() - started;
  const at = { connectionId, runId: newId(), importedAt: new Date(), dataAsOf: null, profiles: tally.rows, threshold };
  await db.$transaction((tx) => publishReport(tx, { ...report, ...at }));
  await close();
  return {
    path: `/api/v1/environments/${environmentId}/profile-reports/${connectionId}`,
    cookie: owner.cookie,
    makingMs,
    profiles: tally.rows,
    kilobytes: report.cells.byteLength / 1024,
  };
};

/** Another filter for each number: of none, one, two, three and four charts. */
const filterOf = (index: number): string => {
  const filters = [
    ['country', countries[index % countries.length]],
    ['gender', genders[index % 3]],
    ['age', ages[index % 11]],
    ['city', `${countries[index % countries.length]} ${index % citiesOfEach}`],
  ];
  const query = new URLSearchParams(filters.slice(0, index % 5).map(([name, value]) => [String(name), String(value)]));
  return query.toString();
};

export type ReportsResult = {
  profiles: number;
  kilobytes: number;
  makingMs: number;
  firstMs: number;
  report: { p50: number; p99: number };
  session: { p50: number };
  ratio: number;
};

const compare = async (databaseUrl: string): Promise<ReportsResult> => {
  const masterKey = randomBytes(32);
  const { path, cookie, ...made } = await seed(databaseUrl, masterKey);
  const junction = await startJunction(databaseUrl, masterKey);
  let asked = 0;
  const timed = async (url: string): Promise<number> => {
    const headers = { cookie, ...addressHeader(asked++) };
    const started = performance.now();
    const answer = await fetch(`${junction.origin}${url}`, { headers });
    await answer.arrayBuffer();
    if (answer.status !== 200) throw new Error(`${url} was answered with ${answer.status}.`);
    return performance.now() - started;
  };
  const many = async (count: number, urlOf: (index: number) => string): Promise<number[]> => {
    const times: number[] = [];
    for (let index = 0; index < count; index += 1) times.push(await timed(urlOf(index)));
    return times;
  };
  const report = (index: number) => `${path}?${filterOf(index)}`;
  const session = () => '/api/v1/me';
  try {
    await many(warmUpRequests, session);
    const firstMs = await timed(path);
    await many(warmUpRequests, report);
    const reports: number[] = [];
    const sessions: number[] = [];
    const ratios: number[] = [];
    for (let round = 0; round < rounds; round += 1) {
      const these = await many(requestsOfRound, report);
      const those = await many(requestsOfRound, session);
      ratios.push(median(these) / median(those));
      reports.push(...these);
      sessions.push(...those);
    }
    return {
      ...made,
      firstMs,
      report: { p50: median(reports), p99: quantile(reports, 0.99) },
      session: { p50: median(sessions) },
      ratio: median(ratios),
    };
  } finally {
    await junction.child.stop();
  }
};

/**
 * How long a customer profile report takes that is as large as reports get, by filters of zero to four charts, one request after the other over
 * HTTP; beside the smallest request that checks a session, on a throw-away database of the server that the URL names.
 */
export const benchReports = (serverUrl: string): Promise<ReportsResult> => onScratchDatabase(serverUrl, compare);
