import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { demoPassword } from './demo-password.ts';
import { startProvider } from './stand-ins/provider.ts';
import { startTenantAndLake } from './stand-ins/tenant.ts';
import { unreachableLake } from './unreachable-lake.ts';

// The built product as `npm start` runs it, on free ports and with a data folder that goes when it stops.

const data = mkdtempSync(join(tmpdir(), 'junction-e2e-'));
process.on('exit', () => rmSync(data, { recursive: true, force: true }));

// Whatever a developer has configured for themselves must not reach the tests, least of all a database.
for (const name of Object.keys(process.env)) {
  if (name.startsWith('JUNCTION_') || name.startsWith('DATABASE_URL')) delete process.env[name];
}
const tenantAndLake = await startTenantAndLake();
const standIns = [await startProvider()];
for (const { line } of [tenantAndLake, ...standIns]) process.stdout.write(`${line}\n`);
Object.assign(process.env, ...standIns.map(({ variables }) => variables), {
  HOST: '127.0.0.1',
  PORT: '0',
  JUNCTION_MODE: 'demo',
  JUNCTION_DATA_DIR: data,
  JUNCTION_DEMO_PASSWORD: demoPassword,
  JUNCTION_LAKE_PORT: '0',
  // Nothing listens at the discard port, so a connection that leads there fails for a reason that may pass by itself.
  JUNCTION_ALLOWED_HOSTS: [unreachableLake, ...tenantAndLake.hosts].join(','),
});
await import('../apps/api/src/main-all.ts');
