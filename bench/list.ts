import { randomBytes } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import autocannon from 'autocannon';
import { openServerDb } from '../apps/api/src/platform/db.ts';
import { createVault } from '../apps/api/src/platform/vault.ts';
import { type Child, startChild } from './child.ts';
import { median } from './numbers.ts';
import { onScratchDatabase } from './scratch-database.ts';
import { addressHeader, makePerson, makeWorld, startJunction } from './world.ts';

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
  const owner = await makePerson(db, 'Bench');
  const { environmentId } = await makeWorld({ db, vault: createVault(masterKey) }, { owner, connections: rows });
  await db.$executeRaw`VACUUM ANALYZE`;
  await close();
  return { path: `/api/v1/environments/${environmentId}/connections?maxpagesize=${pageSize}`, cookie: owner.cookie };
};

type Subject = { origin: string; child: Child };

const measure = async ({ origin, child }: Subject, path: string, cookie: string, seconds: number): Promise<Pace> => {
  const requests = Array.from({ length: addresses }, (_, index) => ({
    path,
    headers: { cookie, ...addressHeader(index) },
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
const requireSameAnswer = async (origins: readonly string[], path: string, cookie: string): Promise<void> => {
  const [one, other] = await Promise.all(
    origins.map(async (origin) => {
      const text = await (await fetch(`${origin}${path}`, { headers: { cookie } })).text();
      return { length: text.length, answer: JSON.parse(text) };
    }),
  );
  if (!isDeepStrictEqual(one, other)) throw new Error('The two servers answer differently.');
};

const compare = async (databaseUrl: string): Promise<ListResult> => {
  const masterKey = randomBytes(32);
  const { path, cookie } = await seed(databaseUrl, masterKey);
  const junction = await startJunction(databaseUrl, masterKey);
  const bare = await startChild('bench/bare-server.ts', [], { DATABASE_URL: databaseUrl }, /ready on port \d+/);
  try {
    const subjects = {
      junction,
      bare: { origin: `http://127.0.0.1:${/port (\d+)/.exec(bare.said)?.[1]}`, child: bare },
    };
    await requireSameAnswer([subjects.junction.origin, subjects.bare.origin], path, cookie);
    for (const subject of Object.values(subjects)) await measure(subject, path, cookie, warmUpSeconds);
    const seen: Record<keyof typeof subjects, Pace[]> = { junction: [], bare: [] };
    for (let round = 0; round < rounds; round += 1) {
      seen.junction.push(await measure(subjects.junction, path, cookie, roundSeconds));
      seen.bare.push(await measure(subjects.bare, path, cookie, roundSeconds));
    }
    const ratios = seen.junction.map(({ perSecond }, round) => perSecond / (seen.bare[round]?.perSecond ?? Number.NaN));
    return { junction: middle(seen.junction), bare: middle(seen.bare), ratio: median(ratios) };
  } finally {
    await Promise.all([junction.child.stop(), bare.stop()]);
  }
};

/**
 * Requests per second for a page of 50 of 10,000 connections with the session checked, from Junction and from a bare server in
 * turns, on a throw-away database of the server that the URL names. The ratio is the median of the rounds'.
 */
export const benchList = (serverUrl: string): Promise<ListResult> => onScratchDatabase(serverUrl, compare);
