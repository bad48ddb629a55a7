import { randomBytes } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import { join } from 'node:path';
import { seedDemo } from './demo.ts';
import { DemoLakeError, startDemoLake } from './demo-lake.ts';
import { issueFirstAdminLink } from './features/people/index.ts';
import { buildHouse, type House } from './house.ts';
import { createApp } from './http/app.ts';
import { systemClock } from './platform/clock.ts';
import { type DataFolder, DataFolderError, newMasterKey, openDataFolder } from './platform/data-folder.ts';
import { type OpenDb, openEmbeddedDb, openServerDb } from './platform/db.ts';
import { type Env, EnvError, readEnv } from './platform/env.ts';
import { createLog } from './platform/log.ts';
import { proveMasterKey } from './platform/master-key.ts';
import { createVault } from './platform/vault.ts';
import { startWorker } from './worker/worker.ts';

type Doors = { http: boolean; worker: boolean };

/** A start that cannot succeed; the message is all that is printed. */
class StartError extends Error {
  override name = 'StartError';
}

/** Requests in flight get this long to finish when Junction stops; the whole stop stays under ten seconds. */
const drainMs = 7_000;
/** A request must have arrived whole after this long, its headers sooner. */
const requestTimeoutMs = 30_000;
const headersTimeoutMs = 10_000;
/** Longer than the idle time-out of common load balancers (60 s), so that they and not we close an idle connection. */
const keepAliveTimeoutMs = 65_000;

const listen = (server: Server, env: Env): Promise<number> =>
  new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      const where = `${env.HOST}:${env.PORT}`;
      const reasons: Readonly<Record<string, string>> = {
        EADDRINUSE: `Port ${env.PORT} is in use on ${env.HOST}. Stop the other program, or set PORT to another port.`,
        EACCES: `This user may not listen on ${where}. Set PORT to a port above 1023.`,
        EADDRNOTAVAIL: `This machine has no address ${env.HOST}. Set HOST to one of its addresses.`,
        ENOTFOUND: `The name ${env.HOST} is not known. Set HOST to an address of this machine.`,
      };
      reject(new StartError(reasons[error.code ?? ''] ?? `Cannot listen on ${where} (${error.code ?? 'unknown'}).`));
    });
    server.listen(env.PORT, env.HOST, () => {
      const address = server.address();
      resolve(typeof address === 'object' && address !== null ? address.port : env.PORT);
    });
  });

const openDb = async (env: Env, folder: DataFolder | undefined): Promise<OpenDb> => {
  if (env.DATABASE_URL === undefined) return openEmbeddedDb(folder?.path);
  return openServerDb(env.DATABASE_URL).catch((error: NodeJS.ErrnoException) => {
    const { hostname, port } = new URL(env.DATABASE_URL ?? '');
    throw new StartError(
      `The database server at ${hostname}:${port || 5432} cannot be used (${error.code ?? error.message}). Check DATABASE_URL.`,
    );
  });
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

type Undo = () => Promise<void> | void;

const close = (server: Server): Promise<void> =>
  new Promise((resolve) => {
    const cutOff = setTimeout(() => server.closeAllConnections(), drainMs);
    server.close(() => {
      clearTimeout(cutOff);
      resolve();
    });
    server.closeIdleConnections();
  });

/** What a person who has just started Junction needs to know. */
const printWelcome = (
  house: House,
  address: string,
  folder: DataFolder | undefined,
  demoPassword: string | undefined,
  firstAdminLink: string | undefined,
) => {
  const lines = [`Junction is ready at  ${address}`];
  if (demoPassword !== undefined)
    lines.push(
      'Sign in as            admin@contoso.example (or contributor@…, viewer@…)',
      `Password              ${demoPassword}`,
    );
  if (firstAdminLink !== undefined) lines.push(`Create the first admin with this one-time link: ${firstAdminLink}`);
  if (house.sampleLake !== null) lines.push(`Sample lake           ${house.sampleLake.endpoint}`);
  lines.push(
    `Database              ${house.env.DATABASE_URL === undefined ? 'embedded' : 'the server in DATABASE_URL'}`,
    `Data                  ${folder?.path ?? 'in the database only'}`,
    'Stop                  Ctrl+C',
  );
  process.stdout.write(`\n${lines.map((line) => `  ${line}`).join('\n')}\n\n`);
};

const open = async (doors: Doors, undo: Undo[]): Promise<void> => {
  const env = readEnv(process.env);
  const isDemo = env.JUNCTION_MODE === 'demo';
  const log = createLog(env.JUNCTION_LOG_LEVEL ?? (isDemo ? 'warn' : 'info'));
  const folder = isDemo || env.DATABASE_URL === undefined ? await openDataFolder(env.JUNCTION_DATA_DIR) : undefined;
  if (folder) undo.push(() => folder.release());
  const masterKey = env.JUNCTION_MASTER_KEY ?? folder?.secretFile('master.key', newMasterKey);
  if (masterKey === undefined) throw new StartError('JUNCTION_MASTER_KEY is required.');
  const vault = createVault(Buffer.from(masterKey, 'base64'));
  const lakeStart = isDemo && folder ? openDemoLake(env, folder) : undefined;
  lakeStart?.then(
    (lake) => undo.push(() => lake.close()),
    () => {},
  );
  const opened = await openDb(env, folder);
  undo.push(() => opened.close());
  const { db } = opened;
  if (!(await proveMasterKey(db, vault))) {
    throw new StartError(
      'JUNCTION_MASTER_KEY is not the key that the stored data was sealed with. Start with the old key; nothing was changed.',
    );
  }
  const lake = await lakeStart;
  if (lake) env.JUNCTION_ALLOWED_HOSTS.push(new URL(lake.sample.endpoint).origin);
  const demoPassword =
    isDemo && folder
      ? (env.JUNCTION_DEMO_PASSWORD ?? folder.secretFile('demo-password', () => randomBytes(12).toString('base64url')))
      : undefined;
  if (demoPassword !== undefined) await seedDemo({ db, clock: systemClock }, demoPassword);

  let stopping = false;
  undo.push(() => {
    stopping = true;
  });
  const build = (port: number) =>
    buildHouse({
      env: { ...env, PORT: port },
      db,
      vault,
      log,
      clock: systemClock,
      sampleLake: lake?.sample ?? null,
      isStopping: () => stopping,
    });
  if (!doors.http) {
    const worker = startWorker(build(env.PORT));
    undo.push(() => worker.stop());
    log.info('worker started');
    return;
  }
  const server = createServer({
    requestTimeout: requestTimeoutMs,
    headersTimeout: headersTimeoutMs,
    keepAliveTimeout: keepAliveTimeoutMs,
  });
  const house = build(await listen(server, env));
  undo.push(() => close(server));
  server.on('request', createApp(house));
  if (doors.worker) {
    const worker = startWorker(house);
    undo.push(() => worker.stop());
  }
  const firstAdminLink = isDemo ? undefined : await issueFirstAdminLink(house);
  printWelcome(house, house.publicUrl.href.replace(/\/$/, ''), folder, demoPassword, firstAdminLink);
};

/** Starts the given doors, and stops them again on SIGTERM or SIGINT. Whatever prevents the start is said in a line each, with exit code 1. */
export const start = async (doors: Doors): Promise<void> => {
  const undo: Undo[] = [];
  let isStopping = false;
  const stop = async (exitCode: number) => {
    if (isStopping) return;
    isStopping = true;
    for (const step of undo.reverse()) await Promise.resolve(step()).catch(() => {});
    process.exit(exitCode);
  };
  process.once('SIGTERM', () => void stop(0));
  process.once('SIGINT', () => void stop(0));
  try {
    await open(doors, undo);
  } catch (error) {
    const isKnown = error instanceof EnvError || error instanceof DataFolderError || error instanceof StartError;
    const lines =
      error instanceof EnvError
        ? error.problems
        : [isKnown ? (error as Error).message : String((error as Error).stack ?? error)];
    for (const line of lines) process.stderr.write(`junction: ${line}\n`);
    await stop(1);
  }
};
