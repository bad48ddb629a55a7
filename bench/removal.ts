import { randomBytes } from 'node:crypto';
import * as contract from '@junction/contracts';
import { Client } from 'pg';
import { systemClock } from '../apps/api/src/platform/clock.ts';
import { type Db, openServerDb } from '../apps/api/src/platform/db.ts';
import { createVault } from '../apps/api/src/platform/vault.ts';
import { createClient, type TestClient } from '../apps/api/src/testing/client.ts';
import { makeManyExports } from '../apps/api/src/testing/exports.ts';
import { openTestHouse } from '../apps/api/src/testing/house.ts';
import { median } from './numbers.ts';
import { onScratchDatabase } from './scratch-database.ts';
import { addressHeader, makePerson, makeWorld, startJunction } from './world.ts';

/** How many exports depend on the connection, and whether they write to it or read from it. */
const cases = [
  { kind: 'writes', size: 10 },
  { kind: 'writes', size: 1_000 },
  { kind: 'writes', size: 10_000 },
  { kind: 'reads', size: 10_000 },
] as const;
type Case = (typeof cases)[number];
const rounds = 5;
/** The first round is not counted: statements are planned in it, and code is compiled. */
const warmUps = 1;

/** Milliseconds, medians of the rounds; `ratio` is the median of the rounds' ratios of removal to update. */
type Pace = { usage: number; removal: number; update: number; ratio: number; undo: number };
export type RemovalResult = { paces: (Case & Pace)[]; growth: number };

/** A Junction with an environment, and the same database without it. */
type Subject = {
  db: Db;
  client: TestClient;
  owner: { id: string; name: string };
  environmentId: string;
  connectionIds: string[];
  /** Runs one statement; returns how many rows it changed. */
  update(sql: string): Promise<number>;
};

/** The least that a removal could do: one statement that changes the same rows. */
const updateSql = (kind: Case['kind'], connectionId: string) =>
  kind === 'writes'
    ? `UPDATE "Export" SET "connectionId" = NULL, "version" = "version" + 1, "updatedAt" = now()
        WHERE "connectionId" = '${connectionId}'`
    : `UPDATE "Export" SET "lostEntities" = "lostEntities" + 1
        WHERE "id" IN (SELECT "exportId" FROM "ExportEntity" WHERE "connectionId" = '${connectionId}')`;

const timed = async <T>(work: () => Promise<T>): Promise<[T, number]> => {
  const start = performance.now();
  const result = await work();
  return [result, performance.now() - start];
};

const requireCount = (what: string, is: number | undefined, wanted: number): void => {
  if (is !== wanted) throw new Error(`${what} reached ${is} exports of ${wanted}.`);
};

/** Nothing in the tables but exports that depend on one connection that has not been used yet. */
const freshConnection = async (subject: Subject, { kind, size }: Case): Promise<string> => {
  const { db, environmentId, owner, connectionIds } = subject;
  const [connectionId, other] = [connectionIds.pop(), connectionIds[0]];
  if (connectionId === undefined || other === undefined) throw new Error('There are too few connections.');
  await db.$executeRaw`TRUNCATE "Export" CASCADE`;
  await makeManyExports(
    { db, clock: systemClock },
    {
      environmentId,
      owner,
      count: size,
      ...(kind === 'writes' ? { connectionIds: [connectionId] } : { connectionIds: [other], sourceId: connectionId }),
    },
  );
  await db.$executeRaw`VACUUM ANALYZE "Export"`;
  await db.$executeRaw`VACUUM ANALYZE "ExportEntity"`;
  return connectionId;
};

const measureOnce = async (subject: Subject, dependents: Case, index: number): Promise<Pace> => {
  const { client, environmentId } = subject;
  const { kind, size } = dependents;
  const connectionId = await freshConnection(subject, dependents);
  // The embedded database keeps this process busy for seconds, over which the server would close a connection that idles.
  const headers = { ...addressHeader(index), connection: 'close' };
  const asked = { params: { environmentId, connectionId }, headers };
  const { body: connection } = await client(contract.getConnection, asked);
  const [{ body: usage }, usageMs] = await timed(() => client(contract.getConnectionUsage, asked));
  const query = { usage: usage.etag, confirmName: connection.name };
  const [{ body: removed }, removal] = await timed(() =>
    client(contract.deleteConnection, { ...asked, query, ifMatch: connection.etag }),
  );
  requireCount('The removal', kind === 'writes' ? removed.inactivated : removed.withoutSource, size);
  const [{ body: restored }, undo] = await timed(() => client(contract.restoreConnection, { ...asked, body: {} }));
  requireCount('The undo', kind === 'writes' ? restored.reattached?.count : restored.withSource, size);
  const sql = updateSql(kind, await freshConnection(subject, dependents));
  const [updated, update] = await timed(() => subject.update(sql));
  requireCount('The update', updated, size);
  return { usage: usageMs, removal, update, ratio: removal / update, undo };
};

const measure = async (subject: Subject): Promise<RemovalResult> => {
  const seen = new Map<Case, Pace[]>(cases.map((dependents) => [dependents, []]));
  for (let round = 0; round < warmUps + rounds; round += 1) {
    for (const [dependents, paces] of seen) {
      const pace = await measureOnce(subject, dependents, round);
      if (round >= warmUps) paces.push(pace);
    }
  }
  const paces = [...seen].map(([dependents, ofCase]) => {
    const middle = (part: keyof Pace) => median(ofCase.map((pace) => pace[part]));
    return {
      ...dependents,
      usage: middle('usage'),
      removal: middle('removal'),
      update: middle('update'),
      ratio: middle('ratio'),
      undo: middle('undo'),
    };
  });
  const [, some, many] = paces.map(({ removal, size }) => removal / size);
  return { paces, growth: (many ?? Number.NaN) / (some ?? Number.NaN) };
};

/** One for the removal and one for the update of each case in each round, and one for those that only read from these. */
const connections = 2 * cases.length * (warmUps + rounds) + 1;

const onServer = async (databaseUrl: string): Promise<RemovalResult> => {
  const masterKey = randomBytes(32);
  const { db, close } = await openServerDb(databaseUrl);
  const owner = await makePerson(db, 'Bench');
  const world = await makeWorld({ db, vault: createVault(masterKey) }, { owner, connections });
  const bare = new Client({ connectionString: databaseUrl });
  await bare.connect();
  const { origin, child } = await startJunction(databaseUrl, masterKey);
  try {
    return await measure({
      ...world,
      db,
      owner,
      client: createClient({ baseUrl: origin }, owner.cookie),
      update: async (sql) => (await bare.query(sql)).rowCount ?? 0,
    });
  } finally {
    await child.stop();
    await bare.end();
    await close();
  }
};

/**
 * How long removing a connection takes over HTTP with few and many exports that depend on it, and what one UPDATE of the same
 * rows takes alone, in turns, each on fresh data; also what undoing it takes. `growth` is the time per export
 * that writes with 10,000 of them against that with 1,000: 1 is linear.
 */
export const benchRemoval = (serverUrl: string): Promise<RemovalResult> => onScratchDatabase(serverUrl, onServer);

/** The same on the embedded database, in this process, as only one process can open it. */
export const benchEmbeddedRemoval = async (): Promise<RemovalResult> => {
  const house = await openTestHouse();
  try {
    const { db } = house;
    const owner = await makePerson(db, 'Bench');
    return await measure({
      ...(await makeWorld(house, { owner, connections })),
      db,
      owner,
      client: createClient(house, owner.cookie),
      update: (sql) => db.$executeRawUnsafe(sql),
    });
  } finally {
    await house.close();
  }
};
