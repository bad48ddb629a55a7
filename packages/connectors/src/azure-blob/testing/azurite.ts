import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from '../../testing/servers.ts';

type Azurite = { start(): Promise<void>; close(): Promise<void> };

const require = createRequire(import.meta.url);
const part = (name: string): (new (...parameters: unknown[]) => unknown) =>
  require(`azurite/dist/src/blob/${name}.js`).default;

/** Azurite by itself, in memory; what it would keep on disk has a path all the same. */
export const startAzurite = async (
  skipApiVersionCheck: boolean,
): Promise<{ url: string; port: number; close(): Promise<void> }> => {
  const port = await freePort();
  const unused = join(tmpdir(), `azurite-${port}.json`);
  const keepAliveSeconds = 5;
  const configuration = new (part('BlobConfiguration'))(
    '127.0.0.1',
    port,
    keepAliveSeconds,
    unused,
    unused,
    undefined,
    false,
    undefined,
    false,
    undefined,
    false,
    skipApiVersionCheck,
    '',
    '',
    '',
    undefined,
    false,
    true,
  ); // prettier-ignore
  const server = new (part('BlobServer'))(configuration) as Azurite;
  await server.start();
  return { url: `http://127.0.0.1:${port}`, port, close: () => server.close() };
};
