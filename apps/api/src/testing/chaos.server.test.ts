import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Connector, connectors } from '@junction/connectors/runtime';
import * as contract from '@junction/contracts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { endCleaning, hasten } from './chaos/hasten.ts';
import { judge, readLedger } from './chaos/judge.ts';
import { type ChaosLake, openChaosLake } from './chaos/lake.ts';
import { haunt, randomOf } from './chaos/nemesis.ts';
import { startWorkers, type Workers } from './chaos/workers.ts';
import type { TestClient } from './client.ts';
import { makeEnvironment } from './factories.ts';
import { openTestHouse, type TestHouse, testMasterKey } from './house.ts';

// Runs of exports while workers are killed and stopped, connections dropped and storage is slow, throttled and flaky; then somebody reads
// the lake and the database and says what does not hold. `npm run chaos` makes it longer; the seed is printed and can be given.

const server = process.env.TEST_DATABASE_URL;
const wantedRuns = Number(process.env.CHAOS_RUNS ?? 200);
const seed = Number(process.env.CHAOS_SEED ?? Date.now() % 1_000_000_000);
const workersAtOnce = 3;
const exportsAtOnce = 40;
/** Of ten runs, one is canceled by somebody. */
const cancelShare = 0.1;
/** When nobody is disturbed any more, the leases that dead workers have left run out, and what is left is done. */
const settleMs = 4 * 60_000;
/** A machine that has other things to do gets time for them. */
const bound = 2 * settleMs + wantedRuns * 5_000;

let house: TestHouse;
let lake: ChaosLake;
let spool: string;
let workers: Workers | undefined;
/** Until everybody is left alone; and until nobody waits any more. */
const [haunting, hastening] = [new AbortController(), new AbortController()];

const databaseUrl = async (): Promise<string> => {
  const [row] = await house.db.$queryRaw<{ name: string }[]>`SELECT current_database() AS "name"`;
  return Object.assign(new URL(server ?? ''), { pathname: `/${row?.name}` }).href;
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

/** Looks again and again whether something is so; a database that drops this connection, too, is asked again. */
const until = async (what: () => Promise<boolean>, ms: number): Promise<void> => {
  const end = Date.now() + ms;
  while (!(await what().catch(() => false))) {
    if (Date.now() > end) throw new Error(`${what} did not come true in ${ms / 1000} seconds.`);
    await new Promise((resolve) => setTimeout(resolve, 300));
  }
};

/** Asks for runs until so many were accepted, and cancels some; returns how many were accepted of each export. */
const askForRuns = async (
  ask: TestClient,
  environmentId: string,
  exportIds: string[],
): Promise<Map<string, number>> => {
  const params = { environmentId };
  const random = randomOf(seed + 1);
  const accepted = new Map<string, number>();
  const seen = new Set<string>();
  let count = 0;
  await until(async () => {
    // Requests are dropped as well: what was not answered is asked again.
    const { body, status } = await ask(contract.runExports, { params, body: { exportIds } });
    for (const id of status === 200 ? body.done : []) accepted.set(id, (accepted.get(id) ?? 0) + 1);
    count += status === 200 ? body.done.length : 0;
    const live = await ask(contract.watchRuns, { params });
    for (const { id } of live.status === 200 ? live.body.runs : []) {
      if (seen.size < seen.add(id).size && random() < cancelShare)
        await ask(contract.cancelRun, { params: { ...params, runId: id } });
    }
    return count >= wantedRuns;
  }, bound);
  return accepted;
};

const countOf = <Thing>(things: readonly Thing[], name: (thing: Thing) => string): Record<string, number> =>
  Object.fromEntries([...Map.groupBy(things, name)].map(([key, all]) => [key, all.length]));

const inWords = (counts: Record<string, number>): string =>
  Object.entries(counts)
    .map(([name, count]) => `${count} ${name}`)
    .join(', ') || 'nothing';

if (server === undefined)
  console.log('chaos: skipped, as TEST_DATABASE_URL names no PostgreSQL server that several processes could share.');

describe.runIf(server !== undefined)('in chaos', () => {
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
    hastening.abort();
    await workers?.close();
    await house?.close();
    await lake?.emulator.close();
    await rm(spool, { recursive: true, force: true });
  });

  it(
    `${wantedRuns} runs end, each in one way and visible once, whatever happens to those who work on them (seed ${seed})`,
    async () => {
      const started = Date.now();
      const seconds = () => Math.round((Date.now() - started) / 1000);
      const { db } = house;
      const { environment, asAdmin: ask } = await makeEnvironment(house);
      const ofAll = { environmentId: environment.id };
      const exportIds = await define(ask, environment.id);
      const start = async (count: number) =>
        startWorkers(count, {
          DATABASE_URL: await databaseUrl(),
          JUNCTION_MASTER_KEY: testMasterKey.toString('base64'),
          JUNCTION_MODE: 'production',
          JUNCTION_ALLOWED_HOSTS: lake.emulator.url,
          JUNCTION_SPOOL_DIR: spool,
          JUNCTION_WORKER_PARTS: '4',
          JUNCTION_LOG_LEVEL: 'fatal',
        });
      workers = await start(workersAtOnce);
      const haunted = haunt({ db, workers, emulator: lake.emulator, seed, signal: haunting.signal });
      const hastened = hasten(db, hastening.signal);
      const accepted = await askForRuns(ask, environment.id, exportIds);
      // The last ones are left alone: everything must come to its end then.
      await until(
        async () => (await db.run.count({ where: { ...ofAll, finishedAt: null } })) <= wantedRuns / 10,
        bound,
      );
      haunting.abort();
      const deeds = await haunted;
      console.log(`chaos: left alone after ${seconds()} s; the nemesis did ${inWords(deeds)}`);

      await until(async () => (await db.run.count({ where: { ...ofAll, finishedAt: null } })) === 0, settleMs);
      hastening.abort();
      await hastened;
      // Everything is cleaned once more a while after its end, for whoever wrote late. Nobody does any more: all are gone.
      await workers.close();
      const gaveUp = workers.gaveUp();
      workers = await start(1);
      await endCleaning(house);
      await until(async () => (await db.run.count({ where: { ...ofAll, cleanAt: { not: null } } })) === 0, settleMs);
      await workers.close();

      const ledger = await readLedger(db, environment.id);
      const complaints = judge({ ...ledger, accepted, files: await lake.exported(), rows: lake.rows });
      const ends = countOf(ledger.runs, ({ state }) => state);
      const events = ledger.runs.flatMap((run) => run.events);
      const whyOf = (wanted: string) =>
        countOf(
          events.filter(({ kind }) => kind === wanted),
          ({ problem }) => String((problem as contract.RunProblem | null)?.code),
        );
      console.log(
        [
          `chaos: seed ${seed}, ${ledger.runs.length} runs in ${seconds()} s: ${inWords(ends)}`,
          `steps taken over: ${events.filter(({ kind }) => kind === 'takenOver').length}`,
          `tried again for: ${inWords(whyOf('retried'))}`,
          `failed for: ${inWords(whyOf('failed'))}`,
          `workers that could not start: ${gaveUp}`,
        ].join('\n  '),
      );
      expect(complaints).toEqual([]);
      // Faults are what attempts are for: most of the runs succeed.
      expect(ends.successful ?? 0).toBeGreaterThan(wantedRuns * 0.7);
    },
    bound,
  );
});
