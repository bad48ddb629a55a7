import { randomBytes } from 'node:crypto';
import autocannon from 'autocannon';
import { openServerDb } from '../apps/api/src/platform/db.ts';
import { newId } from '../apps/api/src/platform/ids.ts';
import { hashToken, newToken } from '../apps/api/src/platform/tokens.ts';
import { createVault } from '../apps/api/src/platform/vault.ts';
import { median } from './numbers.ts';
import { onScratchDatabase } from './scratch-database.ts';
import { addressHeader, makePerson, makeWorld, startJunction } from './world.ts';

const rows = 1_000;
const clients = 20;
const rounds = 5;
const roundSeconds = 4;
const warmUpSeconds = 2;
/** Junction lets one address ask 1,200 times a minute; this many addresses stay below that at 10,000 requests a second. */
const addresses = 5_000;
const dayMs = 24 * 3_600_000;

/** Requests per second of the same list, shown a session's cookie and an API token, and the median of the rounds' ratios. */
export type TokensResult = { bySession: number; byToken: number; ratio: number };

const seed = async (url: string, masterKey: Buffer) => {
  const { db, close } = await openServerDb(url);
  const owner = await makePerson(db, 'Bench');
  const { environmentId } = await makeWorld({ db, vault: createVault(masterKey) }, { owner, connections: rows });
  const token = `jct_${newToken()}`;
  const expiresAt = new Date(Date.now() + dayMs);
  const by = { createdById: owner.id, createdByName: owner.name };
  await db.apiToken.create({
    data: {
      id: newId(),
      tokenHash: hashToken(token),
      hint: '',
      name: 'Bench',
      ownerId: owner.id,
      scope: ['connection:list'],
      expiresAt,
      ...by,
    },
  });
  await db.$executeRaw`VACUUM ANALYZE`;
  await close();
  return { path: `/api/v1/environments/${environmentId}/connections?maxpagesize=50`, cookie: owner.cookie, token };
};

const measure = async (url: string, path: string, shown: Record<string, string>, seconds: number): Promise<number> => {
  const requests = Array.from({ length: addresses }, (_, index) => ({
    path,
    headers: { ...shown, ...addressHeader(index) },
  }));
  const result = await autocannon({ url, connections: clients, duration: seconds, requests });
  if (result.non2xx > 0 || result.errors > 0)
    throw new Error(`${result.non2xx} requests were refused and ${result.errors} failed.`);
  return result.requests.average;
};

const compare = async (databaseUrl: string): Promise<TokensResult> => {
  const masterKey = randomBytes(32);
  const { path, cookie, token } = await seed(databaseUrl, masterKey);
  const { origin, child } = await startJunction(databaseUrl, masterKey);
  const ways = { session: { cookie }, token: { authorization: `Bearer ${token}` } };
  try {
    for (const shown of Object.values(ways)) await measure(origin, path, shown, warmUpSeconds);
    const seen: Record<keyof typeof ways, number[]> = { session: [], token: [] };
    for (let round = 0; round < rounds; round += 1) {
      seen.session.push(await measure(origin, path, ways.session, roundSeconds));
      seen.token.push(await measure(origin, path, ways.token, roundSeconds));
    }
    const ratios = seen.token.map((pace, round) => pace / (seen.session[round] ?? Number.NaN));
    return { bySession: median(seen.session), byToken: median(seen.token), ratio: median(ratios) };
  } finally {
    await child.stop();
  }
};

/** Compares the pace of a list for a browser and for a program with a token, in turn on the same server. */
export const benchTokens = (serverUrl: string): Promise<TokensResult> => onScratchDatabase(serverUrl, compare);
