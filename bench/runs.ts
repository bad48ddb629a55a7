import { randomBytes } from 'node:crypto';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ExportFormat } from '@junction/contracts';
import { type Db, openServerDb } from '../apps/api/src/platform/db.ts';
import { createVault } from '../apps/api/src/platform/vault.ts';
import { createClient } from '../apps/api/src/testing/client.ts';
import type { Child } from './child.ts';
import { quantile } from './numbers.ts';
import { type Customers, copyAlone, makeCustomers, sumOf } from './runs/customers.ts';
import { duckdb } from './runs/duckdb.ts';
import { define, type Made, type Place, readFrom, runOnce, writeTo } from './runs/junction.ts';
import { onScratchDatabase } from './scratch-database.ts';
import { makePerson, makeWorld, startJunction, startWorker } from './world.ts';

const millions = 1_000_000;
const fileCount = 10;
/** Of many small files: how many, and rows that make 10 kB each. */
const smallFiles = { count: 2_000, rowsEach: 75 };
/** As `groupFiles` of the pipeline joins small files, so that both sides write as many. */
const joinedFiles = 250;
/** Runs whose wait for a worker is measured. */
const pickUps = 40;
const betweenPickUpsMs = 1_500;

const formats: readonly ExportFormat[] = [
  { type: 'csv', delimiter: ',', hasHeader: true, escapeFormulas: false },
  { type: 'csvGzip', delimiter: ',', hasHeader: true, escapeFormulas: false },
  { type: 'parquet' },
];
const csv = formats[0] as ExportFormat;

/** A run, and DuckDB's own COPY of the same files in the same machine's turn; milliseconds and MiB. */
export type RunPace = { what: string; junctionMs: number; aloneMs: number; ratio: number; peakMb: number | undefined };
export type RunsResult = {
  paces: RunPace[];
  /** Rows per second with one worker on one core, and with two on one core each. */
  workers: { one: number; two: number; ratio: number };
  /** From the request to the first step, with a worker in another process; milliseconds. */
  pickUp: { p50: number; p99: number; ratio: number };
};

type World = Place & {
  root: string;
  to: string;
  startWorker(env?: Record<string, string>, core?: number): Promise<Child>;
};

const openWorld = async <T>(databaseUrl: string, work: (world: World) => Promise<T>): Promise<T> => {
  const masterKey = randomBytes(32);
  const root = await mkdtemp(join(tmpdir(), 'junction-bench-'));
  const opened = await openServerDb(databaseUrl);
  const { environmentId, cookie } = await peopleOf(opened.db, masterKey);
  await opened.close();
  const shared = { JUNCTION_LOCAL_ROOT: root, JUNCTION_SPOOL_DIR: join(root, 'spool') };
  const { origin, child } = await startJunction(databaseUrl, masterKey, shared);
  try {
    const place = { client: createClient({ baseUrl: origin }, cookie), environmentId };
    const to = await writeTo(place, 'written');
    let workers = 0;
    return await work({
      ...place,
      root,
      to,
      startWorker: (env = {}, core) => {
        workers += 1;
        const spool = join(root, `spool-${workers}`);
        return startWorker(databaseUrl, masterKey, { ...shared, JUNCTION_SPOOL_DIR: spool, ...env }, { core });
      },
    });
  } finally {
    await child.stop();
    await rm(root, { recursive: true, force: true });
  }
};

const peopleOf = async (db: Db, masterKey: Buffer) => {
  const owner = await makePerson(db, 'Bench');
  const { environmentId } = await makeWorld({ db, vault: createVault(masterKey) }, { owner, connections: 0 });
  return { environmentId, cookie: owner.cookie };
};

const chunksOf = (files: readonly string[], size: number): string[][] =>
  Array.from({ length: Math.ceil(files.length / size) }, (_, index) => files.slice(index * size, (index + 1) * size));

/** A run against DuckDB alone, one after the other; both must have written the same rows. */
const compare = async (
  world: World,
  {
    what,
    customers,
    entityId,
    format,
    joined,
    worker,
  }: {
    what: string;
    customers: Customers;
    entityId: string;
    format: ExportFormat;
    joined: number;
    worker: Child;
  },
): Promise<RunPace> => {
  const alone = join(world.root, 'alone');
  await mkdir(alone, { recursive: true });
  const { ms: aloneMs } = await duckdb(...copyAlone(chunksOf(customers.files, joined), alone, format.type));
  const exportId = await define(world, { name: what, connectionId: world.to, entityId, format });
  worker.forgetPeak();
  const { ms: junctionMs, rows, pattern } = await runOnce(world, exportId);
  const peakMb = worker.peakMb();
  const sums = [
    await sumOf(join(alone, '*'), format.type),
    await sumOf(join(world.root, 'written', pattern), format.type),
  ];
  if (rows !== customers.rows || sums[0] !== sums[1])
    throw new Error(`Not the same rows: ${rows} of ${customers.rows}, ${sums.join(' and ')}.`);
  await rm(alone, { recursive: true });
  await rm(join(world.root, 'written'), { recursive: true });
  return { what, junctionMs, aloneMs, ratio: aloneMs / junctionMs, peakMb };
};

const pacesOf = async (world: World, large: Customers, entityId: string, largest: number): Promise<RunPace[]> => {
  const worker = await world.startWorker();
  try {
    const customers = { 1: await makeCustomers(join(world.root, 'one'), millions, fileCount), [largest]: large };
    const entities = { 1: await readFrom(world, 'one'), [largest]: entityId };
    // Loads the engine: a worker does that once in its life.
    await runOnce(
      world,
      await define(world, { name: 'Warm-up', connectionId: world.to, entityId: String(entities[1]), format: csv }),
    );
    const paces: RunPace[] = [];
    for (const size of [1, largest])
      for (const format of formats)
        paces.push(
          await compare(world, {
            what: `${size} M customers, ${format.type}`,
            customers: customers[size] as Customers,
            entityId: String(entities[size]),
            format,
            joined: 1,
            worker,
          }),
        );
    const small = await makeCustomers(
      join(world.root, 'small'),
      smallFiles.count * smallFiles.rowsEach,
      smallFiles.count,
    );
    const what = `${smallFiles.count} files of 10 kB, csv`;
    const smallId = await readFrom(world, 'small');
    paces.push(
      await compare(world, { what, customers: small, entityId: smallId, format: csv, joined: joinedFiles, worker }),
    );
    return paces;
  } finally {
    await worker.stop();
  }
};

const perSecond = ({ rows, ms }: Made): number => (rows * 1_000) / ms;

/** The same export by one worker and by two, each with a core of its own, as if each were a machine. */
const workersOf = async (world: World, entityId: string): Promise<RunsResult['workers']> => {
  const exportId = await define(world, {
    name: 'By workers',
    connectionId: world.to,
    entityId,
    format: { type: 'parquet' },
  });
  const first = await world.startWorker({ JUNCTION_WORKER_PARTS: '1' }, 0);
  try {
    const one = perSecond(await runOnce(world, exportId));
    const second = await world.startWorker({ JUNCTION_WORKER_PARTS: '1' }, 1);
    try {
      const two = perSecond(await runOnce(world, exportId));
      return { one, two, ratio: two / one };
    } finally {
      await second.stop();
    }
  } finally {
    await first.stop();
  }
};

/** How long runs wait for a worker that has nothing to do, against how long the same worker takes for all of such a run. */
const pickUpOf = async (world: World): Promise<RunsResult['pickUp']> => {
  await makeCustomers(join(world.root, 'tiny'), 100, 1);
  const entityId = await readFrom(world, 'tiny');
  const exportId = await define(world, { name: 'Tiny', connectionId: world.to, entityId, format: csv });
  const worker = await world.startWorker();
  try {
    const made: Made[] = [];
    for (let run = 0; run < pickUps; run += 1) {
      // At any moment between two looks of the worker, not right after the last run.
      await new Promise((resolve) => setTimeout(resolve, Math.random() * betweenPickUpsMs));
      made.push(await runOnce(world, exportId));
    }
    const waits = made.map(({ waitedMs }) => waitedMs);
    const works = made.map(({ ms }) => ms);
    return {
      p50: quantile(waits, 0.5),
      p99: quantile(waits, 0.99),
      ratio: quantile(waits, 0.5) / quantile(works, 0.5),
    };
  } finally {
    await worker.stop();
  }
};

/**
 * How long runs take that read CSV files of a local folder and write to another, against DuckDB alone with the same files; how much memory
 * the worker holds; what a second worker adds; and how long a run waits for a worker. `largest` is in millions of customers.
 */
export const benchRuns = (serverUrl: string, largest: number): Promise<RunsResult> =>
  onScratchDatabase(serverUrl, (databaseUrl) =>
    openWorld(databaseUrl, async (world) => {
      const large = await makeCustomers(join(world.root, 'large'), largest * millions, fileCount);
      const entityId = await readFrom(world, 'large');
      const paces = await pacesOf(world, large, entityId, largest);
      return { paces, workers: await workersOf(world, entityId), pickUp: await pickUpOf(world) };
    }),
  );
