import { createHash, randomBytes } from 'node:crypto';
import { existsSync, mkdirSync } from 'node:fs';
import { cp, mkdtemp, rename, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import { type OpenDb, openEmbeddedDb, openServerDb } from '../platform/db.ts';
import { readMigrations } from '../platform/migrations.ts';

const cacheFolder = join(import.meta.dirname, '../../../../node_modules/.cache/junction');
/** Templates are named by the migrations they hold, so a changed migration never meets an old template. */
const fingerprint = createHash('sha256').update(JSON.stringify(readMigrations())).digest('hex').slice(0, 12);

/** A data folder with a migrated, empty database, made by whichever test worker needs it first. */
const embeddedTemplate = async (): Promise<string> => {
  const template = join(cacheFolder, `template-${fingerprint}`);
  if (!existsSync(template)) {
    const own = `${template}.${process.pid}`;
    mkdirSync(own, { recursive: true });
    await (await openEmbeddedDb(own)).close();
    // Another worker may have been faster; then its template is as good.
    await rename(own, template).catch(() => rm(own, { recursive: true }));
  }
  return template;
};

/** A copy of the template; opening one takes a fourth of loading a dump into memory. */
const openEmbeddedCopy = async (): Promise<OpenDb> => {
  const folder = await mkdtemp(join(tmpdir(), 'junction-test-'));
  await cp(await embeddedTemplate(), folder, { recursive: true });
  const opened = await openEmbeddedDb(folder);
  return {
    ...opened,
    close: async () => {
      await opened.close();
      await rm(folder, { recursive: true });
    },
  };
};

const withClient = async <T>(url: string, work: (client: Client) => Promise<T>): Promise<T> => {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
};

/** Any number that nothing else uses; keeps test workers from making the template twice. */
const templateLock = 7_201_412;

const serverTemplate = async (url: string, template: string) =>
  withClient(url, async (client) => {
    await client.query('SELECT pg_advisory_lock($1)', [templateLock]);
    await dropStale(client);
    const { rowCount } = await client.query('SELECT 1 FROM pg_database WHERE datname = $1', [template]);
    if (rowCount === 1) return;
    const building = `${template}_building`;
    await client.query(`DROP DATABASE IF EXISTS "${building}"`);
    await client.query(`CREATE DATABASE "${building}"`);
    const opened = await openServerDb(Object.assign(new URL(url), { pathname: `/${building}` }).href);
    await opened.close();
    await client.query(`ALTER DATABASE "${building}" RENAME TO "${template}"`);
  });

/** Test databases that outlived a killed run are dropped after this long; no run takes as long. */
const staleAfterMs = 3_600_000;
const prefix = 'junction_test_';

const dropStale = async (client: Client) => {
  const { rows } = await client.query<{ datname: string }>(
    `SELECT datname FROM pg_database WHERE datname LIKE '${prefix.replaceAll('_', '\\_')}%'`,
  );
  for (const { datname } of rows) {
    const madeAt = Number.parseInt(datname.slice(prefix.length).split('_')[0] ?? '', 36);
    if (madeAt < Date.now() - staleAfterMs) await client.query(`DROP DATABASE IF EXISTS "${datname}" WITH (FORCE)`);
  }
};

/** Whether tests run on a server. */
export const isServer = process.env.JUNCTION_TEST_DATABASE === 'postgres';

const serverUrl = (): string => {
  const url = process.env.TEST_DATABASE_URL;
  if (url === undefined) throw new Error('JUNCTION_TEST_DATABASE is postgres, but TEST_DATABASE_URL names no server.');
  return url;
};

/** A new database on the server, empty unless it copies a template; the caller drops it. */
export const newServerDatabase = async (template = 'template1'): Promise<{ url: string; drop(): Promise<void> }> => {
  const url = serverUrl();
  const name = `${prefix}${Date.now().toString(36)}_${randomBytes(4).toString('hex')}`;
  await withClient(url, (client) => client.query(`CREATE DATABASE "${name}" TEMPLATE "${template}"`));
  return {
    url: Object.assign(new URL(url), { pathname: `/${name}` }).href,
    drop: async () => {
      await withClient(url, (client) => client.query(`DROP DATABASE "${name}" WITH (FORCE)`));
    },
  };
};

const openServerCopy = async (): Promise<OpenDb> => {
  const template = `junction_template_${fingerprint}`;
  await serverTemplate(serverUrl(), template);
  const { url, drop } = await newServerDatabase(template);
  const opened = await openServerDb(url);
  return {
    ...opened,
    close: async () => {
      await opened.close();
      await drop();
    },
  };
};

/** A migrated database of its own: on the server in TEST_DATABASE_URL when JUNCTION_TEST_DATABASE is `postgres`, else embedded. */
export const openTestDb = async (): Promise<OpenDb> => (isServer ? openServerCopy() : openEmbeddedCopy());
