import { randomBytes } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import autocannon from 'autocannon';
import { Client } from 'pg';
import { addEnvironment } from '../apps/api/src/features/environments/index.ts';
import { startSession } from '../apps/api/src/features/people/index.ts';
import { systemClock } from '../apps/api/src/platform/clock.ts';
import { openServerDb } from '../apps/api/src/platform/db.ts';
import { newId } from '../apps/api/src/platform/ids.ts';
import { createVault } from '../apps/api/src/platform/vault.ts';
import { makeManyConnections } from '../apps/api/src/testing/many-connections.ts';
import { type Child, freePort, startChild } from './child.ts';
import { median } from './numbers.ts';

const rows = 10_000;
const pageSize = 50;
/** As many as a busy team's browsers keep open at once. */
const clients = 20;
const rounds = 5;
const roundSeconds = 6;
const warmUpSeconds = 3;
/** Junction lets one address ask 1,200 times a minute; this many addresses stay below that at 10,000 requests a second. */
const addresses = 5_000;

/** Medians of the rounds: requests per second, and milliseconds for the slowest hundredth and of processor time per request. */
type Pace = { perSecond: number; p99: number; cpuMs: number };
export type ListResult = { junction: Pace; bare: Pace; ratio: number };

const seed = async (url: string, masterKey: Buffer) => {
  const { db, close } = await openServerDb(url);
  const vault = createVault(masterKey);
  const owner = await db.person.create({ data: { id: newId(), name: 'Bench', email: 'bench@example.com' } });
  const { environment, token } = await db.$transaction(async (tx) => ({
    environment: await addEnvironment(tx, { name: 'Bench', type: 'sandbox', owner, now: new Date(), from: null }),
    token: (await startSession(tx, owner.id, new Date(), { address: '', client: '' })).token,
  }));
  await makeManyConnections({ db, vault, clock: systemClock }, { environmentId: environment.id, owner, count: rows });
  await db.$executeRaw`VACUUM ANALYZE`;
  await close();
  return { path: `/api/v1/environments/${environment.id}/connections?maxpagesize=${pageSize}`, token };
};

const cookieOf = (token: string) => `junction-session=${token}`;

type Subject = { origin: string; child: Child };

const measure = async ({ origin, child }: Subject, path: string, token: string, seconds: number): Promise<Pace> => {
  const requests = Array.from({ length: addresses }, (_, index) => ({
    path,
    headers: { cookie: cookieOf(token), 'x-forwarded-for': `10.0.${index >> 8}.${index & 255}` },
  }));
  const cpuBefore = child.cpuMs() ?? Number.NaN;
  const result = await autocannon({ url: origin, connections: clients, duration: seconds, requests });
  if (result.non2xx > 0 || result.errors > 0) {
    throw new Error(`${origin} refused ${result.non2xx} requests and failed ${result.errors}.`);
  }
  const cpuMs = ((child.cpuMs() ?? Number.NaN) - cpuBefore) / result.requests.total;
  return { perSecond: result.requests.average, p99: result.latency.p99, cpuMs };
};

const middle = (paces: readonly Pace[]): Pace => ({
  perSecond: median(paces.map(({ perSecond }) => perSecond)),
  p99: median(paces.map(({ p99 }) => p99)),
  cpuMs: median(paces.map(({ cpuMs }) => cpuMs)),
});

/** Both servers must give the same answer, or the comparison is worth nothing. Names may stand in another order. */
const requireSameAnswer = async (origins: readonly string[], path: string, token: string): Promise<void> => {
  const [one, other] = await Promise.all(
    origins.map(async (origin) => {
      const text = await (await fetch(`${origin}${path}`, { headers: { cookie: cookieOf(token) } })).text();
      return { length: text.length, answer: JSON.parse(text) };
    }),
  );
  if (!isDeepStrictEqual(one, other)) throw new Error('The two servers answer differently.');
};

const compare = async (databaseUrl: string): Promise<ListResult> => {
  const masterKey = randomBytes(32);
  const { path, token } = await seed(databaseUrl, masterKey);
  const port = await freePort();
  const junction = await startChild(
    'apps/api/src/main-http.ts',
    [],
    {
      DATABASE_URL: databaseUrl,
      JUNCTION_MODE: 'production',
      JUNCTION_MASTER_KEY: masterKey.toString('base64'),
      JUNCTION_TRUSTED_PROXIES: 'loopback',
      PORT: String(port),
    },
    /Junction is ready/,
  );
  const bare = await startChild('bench/bare-server.ts', [], { DATABASE_URL: databaseUrl }, /ready on port \d+/);
  try {
    const subjects = {
      junction: { origin: `http://127.0.0.1:${port}`, child: junction },
      bare: { origin: `http://127.0.0.1:${/port (\d+)/.exec(bare.said)?.[1]}`, child: bare },
    };
    await requireSameAnswer([subjects.junction.origin, subjects.bare.origin], path, token);
    for (const subject of Object.values(subjects)) await measure(subject, path, token, warmUpSeconds);
    const seen: Record<keyof typeof subjects, Pace[]> = { junction: [], bare: [] };
    for (let round = 0; round < rounds; round += 1) {
      seen.junction.push(await measure(subjects.junction, path, token, roundSeconds));
      seen.bare.push(await measure(subjects.bare, path, token, roundSeconds));
    }
    const ratios = seen.junction.map(({ perSecond }, round) => perSecond / (seen.bare[round]?.perSecond ?? Number.NaN));
    return { junction: middle(seen.junction), bare: middle(seen.bare), ratio: median(ratios) };
  } finally {
    await Promise.all([junction.stop(), bare.stop()]);
  }
};

/**
 * Requests per second for a page of 50 of 10,000 connections with the session checked, from Junction and from a bare server in
 * turns, on a throw-away database of the server that the URL names. The ratio is the median of the rounds'.
 */
export const benchList = async (serverUrl: string): Promise<ListResult> => {
  const name = `junction_bench_${process.pid}`;
  const client = new Client({ connectionString: serverUrl });
  await client.connect();
  try {
    await client.query(`CREATE DATABASE "${name}"`);
    return await compare(Object.assign(new URL(serverUrl), { pathname: `/${name}` }).href);
  } finally {
    await client.query(`DROP DATABASE IF EXISTS "${name}" WITH (FORCE)`);
    await client.end();
  }
};
