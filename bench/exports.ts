import { randomBytes } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import { connectors } from '@junction/connectors/runtime';
import * as contract from '@junction/contracts';
import { Client } from 'pg';
import { listExports } from '../apps/api/src/features/exports/list-exports.ts';
import { systemClock } from '../apps/api/src/platform/clock.ts';
import { type Db, openServerDb } from '../apps/api/src/platform/db.ts';
import { Prisma } from '../apps/api/src/platform/prisma/client.ts';
import { createVault } from '../apps/api/src/platform/vault.ts';
import { createClient, type TestClient } from '../apps/api/src/testing/client.ts';
import { makeManyExports } from '../apps/api/src/testing/exports.ts';
import { median } from './numbers.ts';
import { onScratchDatabase } from './scratch-database.ts';
import { addressHeader, makePerson, makeWorld, startJunction } from './world.ts';

const rows = 100_000;
const connections = 200;
/** Behind this many rows lies the deep page. */
const deep = 50_000;
const rounds = 15;
const warmUps = 3;

type Query = { search?: string; filter?: string; orderby?: string; skiptoken?: string };
type Role = 'admin' | 'contributor';
type Subject = { role: Role; id: string; name: string; client: TestClient };

/** Milliseconds, medians of the rounds; `ratio` is the median of the rounds' ratios. */
export type ExportsPace = { what: string; role: Role; junction: number; bare: number; ratio: number };

let asked = 0;
const nextAddress = () => {
  asked += 1;
  return addressHeader(asked);
};

/** Half of the connections are shared with the contributor by name, a tenth of the exports has lost its connection, another its source. */
const seed = async (db: Db, masterKey: Buffer) => {
  const owner = await makePerson(db, 'Bench');
  const contributor = await makePerson(db, 'Contributor');
  const world = await makeWorld({ db, vault: createVault(masterKey) }, { owner, connections });
  const { environmentId, connectionIds } = world;
  await db.member.create({ data: { environmentId, personId: contributor.id, role: 'contributor' } });
  const named = connectionIds.filter((_, index) => index % 2 === 0);
  await db.connection.updateMany({ where: { id: { in: named } }, data: { sharedWith: 'namedContributors' } });
  await db.connectionShare.createMany({
    data: named.map((connectionId) => ({ connectionId, environmentId, personId: contributor.id })),
  });
  await makeManyExports({ db, clock: systemClock }, { environmentId, owner, count: rows, connectionIds });
  await db.$executeRaw`
    UPDATE "Export" SET "connectionId" = NULL, "lostConnectionId" = "connectionId", "lostConnectionName" = 'Old lake',
           "lostConnectionType" = 'adls-gen2', "lostSharedWith" = 'adminsAndContributors', "lostAt" = "createdAt"
     WHERE substr("name", 13, 1) = '3'`;
  await db.$executeRaw`UPDATE "Export" SET "lostEntities" = 1 WHERE substr("name", 13, 1) = '4'`;
  await db.$executeRaw`VACUUM ANALYZE`;
  return { ...world, owner, contributor };
};

const list = async ({ client }: Subject, environmentId: string, query: Query & { maxpagesize?: number }) => {
  const reply = await client(contract.listExports, { params: { environmentId }, query, headers: nextAddress() });
  if (reply.status !== 200) throw new Error(`The list answered ${reply.status}: ${reply.text}`);
  return reply.body;
};

/** The token of the page behind so many rows, found like anybody finds it: by following the links. */
const deepToken = async (subject: Subject, environmentId: string, orderby: string): Promise<string> => {
  let skiptoken: string | undefined;
  for (let seen = 0; seen < deep; seen += contract.maximumPageSize) {
    const page = await list(subject, environmentId, { orderby, skiptoken, maxpagesize: contract.maximumPageSize });
    skiptoken = new URL(page.nextLink ?? '', 'http://localhost').searchParams.get('skiptoken') ?? undefined;
  }
  if (skiptoken === undefined) throw new Error(`There are no ${deep} exports.`);
  return skiptoken;
};

/** The statement that Junction asks its database for this page, with its values. */
const statementOf = async ({ role, id, name }: Subject, environmentId: string, query: Query): Promise<Prisma.Sql> => {
  const seen: Prisma.Sql[] = [];
  const recorder = {
    $queryRaw: async (strings: readonly string[], ...values: Prisma.Sql[]) => {
      seen.push(new Prisma.Sql(strings, values));
      return [];
    },
  };
  await listExports(
    { db: recorder as unknown as Db, clock: { now: () => new Date() }, connectors },
    { id, name, email: '', sessionId: '', memberships: { [environmentId]: role } },
    {
      params: { environmentId },
      query: contract.listExports.query.parse(query),
      nextLink: () => '',
    } as unknown as Parameters<typeof listExports>[2],
  );
  const [statement] = seen;
  if (statement === undefined || seen.length > 1) throw new Error('The list is not one statement.');
  return statement;
};

const casesFor = async (subject: Subject, environmentId: string, connectionId: string) => {
  const orders = ['status', 'schedule', 'connection', 'type', 'refreshedAt', 'refreshedAt desc'];
  const cases: [string, Query][] = [
    ['first page', {}],
    ['page behind row 50,000', { orderby: 'name', skiptoken: await deepToken(subject, environmentId, 'name') }],
    [
      'the same by last success',
      { orderby: 'refreshedAt', skiptoken: await deepToken(subject, environmentId, 'refreshedAt') },
    ],
    ['search that finds all', { search: 'export' }],
    ['search that finds one', { search: '042424' }],
    ['search that finds none', { search: 'no such text' }],
    ['only failed', { filter: "status eq 'failed'" }],
    ['only without connection', { filter: "connection eq 'none'" }],
    ['only of one connection', { filter: `connection eq '${connectionId}'` }],
    ...orders.map((orderby): [string, Query] => [`by ${orderby}`, { orderby }]),
  ];
  return cases;
};

const timed = async <T>(work: () => Promise<T>): Promise<[T, number]> => {
  const start = performance.now();
  const result = await work();
  return [result, performance.now() - start];
};

const measure = async (subject: Subject, environmentId: string, query: Query, bare: Client) => {
  const { text, values } = await statementOf(subject, environmentId, query);
  const name = `page ${asked}`;
  const seen: { junction: number; bare: number }[] = [];
  for (let round = 0; round < warmUps + rounds; round += 1) {
    const [page, junctionMs] = await timed(() => list(subject, environmentId, query));
    const [{ rows: found }, bareMs] = await timed(() => bare.query<{ id: string }>({ name, text, values }));
    const ids = found.slice(0, contract.defaultPageSize).map(({ id }) => id);
    if (
      !isDeepStrictEqual(
        ids,
        page.value.map(({ id }) => id),
      )
    )
      throw new Error('The two answer differently.');
    if (round >= warmUps) seen.push({ junction: junctionMs, bare: bareMs });
  }
  return {
    junction: median(seen.map((one) => one.junction)),
    bare: median(seen.map((one) => one.bare)),
    ratio: median(seen.map((one) => one.junction / one.bare)),
  };
};

const compare = async (databaseUrl: string): Promise<ExportsPace[]> => {
  const masterKey = randomBytes(32);
  const { db, close } = await openServerDb(databaseUrl);
  const { environmentId, connectionIds, owner, contributor } = await seed(db, masterKey);
  await close();
  const bare = new Client({ connectionString: databaseUrl });
  await bare.connect();
  const { origin, child } = await startJunction(databaseUrl, masterKey);
  try {
    const subjects = [
      { ...owner, role: 'admin' as const },
      { ...contributor, role: 'contributor' as const },
    ].map((person): Subject => ({ ...person, client: createClient({ baseUrl: origin }, person.cookie) }));
    const paces: ExportsPace[] = [];
    for (const subject of subjects) {
      for (const [what, query] of await casesFor(subject, environmentId, connectionIds[0] ?? '')) {
        paces.push({ what, role: subject.role, ...(await measure(subject, environmentId, query, bare)) });
      }
    }
    return paces;
  } finally {
    await child.stop();
    await bare.end();
  }
};

/**
 * How long pages of 50 of 100,000 exports take over HTTP, and the very same statements through `pg` alone, in turns, one
 * request at a time, on a throw-away database of the server that the URL names.
 */
export const benchExports = (serverUrl: string): Promise<ExportsPace[]> => onScratchDatabase(serverUrl, compare);
