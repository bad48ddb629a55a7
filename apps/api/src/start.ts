import { randomBytes } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { seedDemo } from './demo.ts';
import { seedDemoConnections } from './demo-connections.ts';
import { DemoLakeError, startDemoLake } from './demo-lake.ts';
import { issueFirstAdminLink } from './features/people/index.ts';
import { buildHouse } from './house.ts';
import { createApp } from './http/app.ts';
import { listen } from './http/listen.ts';
import { systemClock } from './platform/clock.ts';
import { type DataFolder, newMasterKey, openDataFolder } from './platform/data-folder.ts';
import { type OpenDb, openEmbeddedDb, openServerDb } from './platform/db.ts';
import { type Env, readEnv } from './platform/env.ts';
import { createLog } from './platform/log.ts';
import { proveMasterKey } from './platform/master-key.ts';
import { linesOf, StartError } from './platform/start-error.ts';
import { createVault, keyBytes } from './platform/vault.ts';
import { welcome } from './welcome.ts';
import { startWorker } from './worker/worker.ts';

type Doors = { http: boolean; worker: boolean };

/** Longer than requests in flight are given; whatever hangs then is left behind. */
const stopWithinMs = 9_000;

const openDb = async ({ DATABASE_URL: url }: Env, folder: DataFolder | undefined): Promise<OpenDb> => {
  if (url !== undefined) return openServerDb(url);
  if (folder === undefined) throw new Error('The embedded database needs a data folder.');
  return openEmbeddedDb(folder.path);
};

/** A new key is made only where there is nothing yet that another key has sealed. */
const readMasterKey = (env: Env, folder: DataFolder | undefined): Buffer => {
  if (env.JUNCTION_MASTER_KEY === undefined && folder?.isMissing('master.key') && !folder.isMissing('database')) {
    throw new StartError(`The file master.key is missing in ${folder.path}. Put back the key that was there before.`);
  }
  const key = Buffer.from(env.JUNCTION_MASTER_KEY ?? folder?.secretFile('master.key', newMasterKey) ?? '', 'base64');
  if (key.length === keyBytes) return key;
  throw new StartError(`The file master.key in ${folder?.path} is damaged. Put back the key that was there before.`);
};

const openDemoLake = (env: Env, folder: DataFolder) =>
  startDemoLake({ port: env.JUNCTION_LAKE_PORT, directory: join(folder.path, 'lake') }).catch((error: unknown) => {
    if (error instanceof DemoLakeError && error.code === 'EADDRINUSE') {
      throw new StartError(
        `Port ${env.JUNCTION_LAKE_PORT}, which the sample lake needs, is in use. Set JUNCTION_LAKE_PORT to another port.`,
      );
    }
    throw error instanceof DemoLakeError ? new StartError(error.message) : error;
  });

/** The folders of this machine that are used where the operator has named none: below the data folder, if there is one. */
const withFolders = (env: Env, folder: DataFolder | undefined): Env => {
  if (folder === undefined) return env;
  const named = { ...env, JUNCTION_SPOOL_DIR: env.JUNCTION_SPOOL_DIR ?? join(folder.path, 'spool') };
  if (env.JUNCTION_MODE !== 'demo' || env.JUNCTION_LOCAL_ROOT !== undefined) return named;
  // So that a newcomer can export to a folder at once.
  const files = join(folder.path, 'files');
  mkdirSync(files, { recursive: true });
  return { ...named, JUNCTION_LOCAL_ROOT: files };
};

type Undo = () => Promise<void> | void;

const open = async (doors: Doors, undo: Undo[], isStopping: () => boolean): Promise<void> => {
  const env = readEnv(process.env);
  const isDemo = env.JUNCTION_MODE === 'demo';
  const log = createLog(env.JUNCTION_LOG_LEVEL ?? (isDemo ? 'warn' : 'info'));
  const listening = doors.http ? await listen(env) : undefined;
  const folder = isDemo || env.DATABASE_URL === undefined ? await openDataFolder(env.JUNCTION_DATA_DIR) : undefined;
  if (folder) undo.push(() => folder.release());
  const vault = createVault(readMasterKey(env, folder));
  const lakeStart = isDemo && folder ? openDemoLake(env, folder) : undefined;
  lakeStart?.then(
    (lake) => undo.push(() => lake.close()),
    () => {},
  );
  const opened = await openDb(env, folder);
  undo.push(() => opened.close());
  const { db } = opened;
  if (!(await proveMasterKey(db, vault))) {
    const key =
      env.JUNCTION_MASTER_KEY === undefined ? `The file master.key in ${folder?.path}` : 'JUNCTION_MASTER_KEY';
    throw new StartError(
      `${key} is not the key that the stored data was sealed with. Start with the old key; the data was not changed.`,
    );
  }
  const lake = await lakeStart;
  if (lake) env.JUNCTION_ALLOWED_HOSTS.push(new URL(lake.sample.endpoint).origin);
  const demoPassword =
    isDemo && folder
      ? (env.JUNCTION_DEMO_PASSWORD ?? folder.secretFile('demo-password', () => randomBytes(12).toString('base64url')))
      : undefined;
  if (demoPassword !== undefined) await seedDemo({ db, clock: systemClock }, demoPassword);
  const house = buildHouse({
    env: { ...withFolders(env, folder), PORT: listening?.port ?? env.PORT },
    db,
    vault,
    log,
    clock: systemClock,
    sampleLake: lake?.sample ?? null,
    isStopping,
  });
  await house.spool.sweep();
  undo.push(async () => {
    await house.engine.close();
    await house.spool.close();
  });
  if (demoPassword !== undefined && lake) await seedDemoConnections(house, lake.sample);
  const worker = doors.worker ? startWorker(house) : undefined;
  listening?.serve(createApp(house));
  undo.push(async () => {
    await Promise.all([listening?.close(), worker?.stop()]);
  });
  if (!listening) {
    log.info('worker started');
    return;
  }
  const firstAdminLink = isDemo ? undefined : await issueFirstAdminLink(house);
  process.stdout.write(welcome({ house, dataFolder: folder?.path, demoPassword, firstAdminLink }));
};

/** Starts the given doors, and stops them again on SIGTERM or SIGINT. Whatever prevents the start is said in a line each, with exit code 1. */
export const start = async (doors: Doors): Promise<void> => {
  const undo: Undo[] = [];
  let isStopping = false;
  const stop = async (exitCode: number) => {
    if (isStopping) return;
    isStopping = true;
    setTimeout(() => process.exit(exitCode), stopWithinMs).unref();
    for (const step of undo.reverse()) await Promise.resolve(step()).catch(() => {});
    process.exit(exitCode);
  };
  process.once('SIGTERM', () => void stop(0));
  process.once('SIGINT', () => void stop(0));
  try {
    await open(doors, undo, () => isStopping);
  } catch (error) {
    if (isStopping) return;
    for (const line of linesOf(error)) process.stderr.write(`junction: ${line}\n`);
    await stop(1);
  }
};
