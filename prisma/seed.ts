import { randomBytes } from 'node:crypto';
import { parseArgs } from 'node:util';
import { seedDemo } from '../apps/api/src/demo.ts';
import { demoAccounts } from '../apps/api/src/features/people/index.ts';
import { systemClock } from '../apps/api/src/platform/clock.ts';
import { newMasterKey, openDataFolder } from '../apps/api/src/platform/data-folder.ts';
import { openEmbeddedDb, openServerDb } from '../apps/api/src/platform/db.ts';
import { readEnv } from '../apps/api/src/platform/env.ts';
import { proveMasterKey } from '../apps/api/src/platform/master-key.ts';
import { createVault } from '../apps/api/src/platform/vault.ts';
import { makeManyConnections } from '../apps/api/src/testing/many-connections.ts';

const usage = `Usage: npm run seed [-- --connections <n>]

Fills the demo's database, the same that npm start uses: the environment Contoso and its three people.
With --connections, Contoso also gets that many connections, which lead nowhere and are not probed, to try big lists with.
Stop Junction first when it uses the embedded database.
`;

/** More than anybody's installation has; a typing mistake should not fill a disk. */
const mostConnections = 1_000_000;

const readCount = (): number => {
  const { values } = parseArgs({ options: { connections: { type: 'string', default: '0' } } });
  const count = Number(values.connections);
  if (!Number.isInteger(count) || count < 0 || count > mostConnections) {
    throw new Error(`--connections must be a whole number from 0 to ${mostConnections}.`);
  }
  return count;
};

const seed = async (count: number): Promise<string> => {
  const env = readEnv({ JUNCTION_MODE: 'demo', ...process.env });
  if (env.JUNCTION_MODE !== 'demo') throw new Error('Only the demo is seeded; unset JUNCTION_MODE.');
  const folder = await openDataFolder(env.JUNCTION_DATA_DIR);
  const masterKey = env.JUNCTION_MASTER_KEY ?? folder.secretFile('master.key', newMasterKey);
  const vault = createVault(Buffer.from(masterKey, 'base64'));
  const opened = await (env.DATABASE_URL === undefined ? openEmbeddedDb(folder.path) : openServerDb(env.DATABASE_URL));
  try {
    const { db } = opened;
    if (!(await proveMasterKey(db, vault))) throw new Error('The stored data was sealed with another master key.');
    const password =
      env.JUNCTION_DEMO_PASSWORD ?? folder.secretFile('demo-password', () => randomBytes(12).toString('base64url'));
    await seedDemo({ db, clock: systemClock }, password);
    const email = demoAccounts.find(({ role }) => role === 'admin')?.email;
    const environment = await db.environment.findFirst({ where: { owner: { email } }, include: { owner: true } });
    if (environment === null)
      throw new Error('The demo has no environment any more; delete the data folder to start anew.');
    const { id: environmentId, name, owner } = environment;
    const added = await makeManyConnections({ db, vault, clock: systemClock }, { environmentId, owner, count });
    return `${name} is seeded; ${added} connections were added.`;
  } finally {
    await opened.close();
    await folder.release();
  }
};

try {
  process.stdout.write(`${await seed(readCount())}\n`);
} catch (error) {
  process.stderr.write(`seed: ${error instanceof Error ? error.message : String(error)}\n\n${usage}`);
  process.exit(1);
}
