import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Connector, connectors } from '@junction/connectors/runtime';
import * as contract from '@junction/contracts';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { judge } from './chaos/judge.ts';
import { type ChaosLake, openChaosLake } from './chaos/lake.ts';
import { haunt, randomOf } from './chaos/nemesis.ts';
import { startWorkers, type Workers } from './chaos/workers.ts';
import type { TestClient } from './client.ts';
import { makeEnvironment } from './factories.ts';
import { openTestHouse, type TestHouse, testMasterKey } from './house.ts';

// Runs of exports while workers are killed and stopped, connections dropped and storage is slow, throttled and flaky; then somebody reads
// the lake and the database and says what does not hold. `npm run chaos` makes it longer; the seed is printed and can be given.

const wantedRuns = Number(process.env.CHAOS_RUNS ?? 200);
const seed = Number(process.env.CHAOS_SEED ?? Date.now() % 1_000_000_000);
const exportsAtOnce = 25;
/** Of ten runs, one is canceled by somebody. */
const cancelShare = 0.1;
/** Leases of 20 seconds run out a few times in a row for a run that is unlucky, and a retry waits up to five minutes. */
const settleMs = 8 * 60_000;
const bound = 60_000 + wantedRuns * 2_000 + settleMs;

let house: TestHouse;
let lake: ChaosLake;
let workers: Workers | undefined;
let spool: string;
const haunting = new AbortController();

beforeAll(async () => {
  lake = await openChaosLake();
  spool = await mkdtemp(join(tmpdir(), 'junction-chaos-'));
  house = await openTestHouse({
    connectors: connectors as readonly Connector[],
    env: { JUNCTION_ALLOWED_HOSTS: lake.emulator.url },
  });
});
afterAll(async () => {
  haunting.abort();
  await workers?.close();
  await house.close();
  await lake.emulator.close();
  await rm(spool, { recursive: true, force: true });
});

const databaseUrl = async (): Promise<string> => {
  const [row] = await house.db.$queryRaw<{ name: string }[]>`SELECT current_database() AS "name"`;
  return Object.assign(new URL(process.env.TEST_DATABASE_URL ?? ''), { pathname: `/${row?.name}` }).href;
};

const connect = async (
  ask: TestClient,
  environmentId: string,
  name: string,
  settings: Record<string, string | boolean>,
): Promise<string> => {
  const consent = { accepted: true, textVersion: contract.consentTextVersion } as const;
  const body = { name, type: 'adls-gen2', ...lake.connection(settings), consent };
  const reply = await ask(contract.createConnection, { params: { environmentId }, body });
  expect(reply.status, reply.text).toBe(201);
  return reply.body.id;
};

const define = async (ask: TestClient, environmentId: string): Promise<string[]> => {
  const sourceId = await connect(ask, environmentId, 'Source', { readsEntities: true, entityFolder: 'source' });
  const connectionId = await connect(ask, environmentId, 'Exports', { baseFolder: 'exports' });
  await ask(contract.refreshCatalog, { params: { environmentId, connectionId: sourceId } });
  const { body: entities } = await ask(contract.listEntities, { params: { environmentId } });
  const ids: string[] = [];
  for (let index = 0; index < exportsAtOnce; index += 1) {
    const reply = await ask(contract.createExport, {
      params: { environmentId },
      body: { name: `Export ${index}`, connectionId, entities: entities.value.map(({ id }) => ({ entityId: id })) },
    });
    expect(reply.status, reply.text).toBe(201);
    ids.push(reply.body.id);
  }
  return ids;
};

const until = async (what: () => Promise<boolean>, ms: number, everyMs = 500): Promise<void> => {
  const end = Date.now() + ms;
  while (!(await what())) {
    if (Date.now() > end) throw new Error('It did not come to an end.');
    await new Promise((resolve) => setTimeout(resolve, everyMs));
  }
};

it(
  `ends ${wantedRuns} runs, each in one way and visible once, whatever happens to those who work on them (seed ${seed})`,
  async () => {
    const random = randomOf(seed);
    const { environment, asAdmin: ask } = await makeEnvironment(house);
    const params = { environmentId: environment.id };
    const exportIds = await define(ask, environment.id);
    workers = startWorkers(3, {
      DATABASE_URL: await databaseUrl(),
      JUNCTION_MASTER_KEY: testMasterKey.toString('base64'),
      JUNCTION_MODE: 'production',
      JUNCTION_ALLOWED_HOSTS: lake.emulator.url,
      JUNCTION_SPOOL_DIR: spool,
      JUNCTION_LOG_LEVEL: 'fatal',
    });
    const { signal } = haunting;
    const haunted = haunt({ db: house.db, workers, emulator: lake.emulator, random, signal });

    const accepted = new Set<string>();
    while (accepted.size < wantedRuns) {
      // The nemesis drops the connections of the server that is asked, too: what it could not answer is asked again.
      await ask(contract.runExports, { params, body: { exportIds } });
      const live = await ask(contract.watchRuns, { params });
      for (const { id } of live.body?.runs ?? []) {
        if (accepted.size === accepted.add(id).size) continue;
        if (random() < cancelShare) await ask(contract.cancelRun, { params: { ...params, runId: id } });
      }
      await new Promise((resolve) => setTimeout(resolve, 300));
    }
    haunting.abort();
    const deeds = await haunted;

    const db = house.db;
    await until(async () => (await db.run.count({ where: { ...params, finishedAt: null } })) === 0, settleMs);
    // Everything is cleaned once more a while after its end, for whoever wrote late. That while is over.
    await db.run.updateMany({ where: { ...params, cleanAt: { not: null } }, data: { cleanAt: new Date(0) } });
    await until(async () => {
      await db.run.updateMany({ where: { ...params, cleanAt: { not: null } }, data: { cleanAt: new Date(0) } });
      return (await db.run.count({ where: { ...params, cleanAt: { not: null } } })) === 0;
    }, 60_000);

    const ends = Map.groupBy(await db.run.findMany({ where: params }), ({ state }) => state);
    const counts = Object.fromEntries([...ends].map(([state, all]) => [state, all.length]));
    console.log(`chaos: seed ${seed}, runs ${JSON.stringify(counts)}, nemesis ${JSON.stringify(deeds)}`);
    const all = await db.run.findMany({ where: params, select: { id: true } });
    expect([...accepted].filter((id) => !all.some((run) => run.id === id))).toEqual([]);
    expect(await judge({ db, lake, environmentId: environment.id })).toEqual([]);
    // Faults are what retries are for: most of the runs succeed.
    expect(counts.successful ?? 0).toBeGreaterThan(wantedRuns * 0.7);
  },
  bound,
);
