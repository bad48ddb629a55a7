import { addEnvironment } from '../apps/api/src/features/environments/index.ts';
import { startSession } from '../apps/api/src/features/people/index.ts';
import type { House } from '../apps/api/src/house.ts';
import { systemClock } from '../apps/api/src/platform/clock.ts';
import type { Db } from '../apps/api/src/platform/db.ts';
import { newId } from '../apps/api/src/platform/ids.ts';
import { makeManyConnections } from '../apps/api/src/testing/many-connections.ts';
import { type Child, freePort, startChild } from './child.ts';

type Person = { id: string; name: string };

/** Somebody who can sign in, with the cookie of a session. */
export const makePerson = async (db: Db, name: string): Promise<Person & { cookie: string }> => {
  const person = await db.person.create({
    data: { id: newId(), name, email: `${name.toLowerCase()}@example.com` },
    select: { id: true, name: true },
  });
  const { token } = await db.$transaction((tx) => startSession(tx, person.id, new Date(), { address: '', client: '' }));
  return { ...person, cookie: `junction-session=${token}` };
};

/** An environment of somebody's own with connections that lead nowhere, in the order of their names. */
export const makeWorld = async (
  { db, vault }: Pick<House, 'db' | 'vault'>,
  { owner, connections }: { owner: Person; connections: number },
): Promise<{ environmentId: string; connectionIds: string[] }> => {
  const { id: environmentId } = await db.$transaction((tx) =>
    addEnvironment(tx, { name: 'Bench', type: 'sandbox', owner, now: new Date(), from: null }),
  );
  await makeManyConnections({ db, vault, clock: systemClock }, { environmentId, owner, count: connections });
  const rows = await db.connection.findMany({
    where: { environmentId },
    select: { id: true },
    orderBy: { name: 'asc' },
  });
  return { environmentId, connectionIds: rows.map(({ id }) => id) };
};

/** Junction's HTTP door in a process of its own, over a database server. */
export const startJunction = async (
  databaseUrl: string,
  masterKey: Buffer,
  env: Record<string, string> = {},
): Promise<{ origin: string; child: Child }> => {
  const port = await freePort();
  const child = await startChild(
    'apps/api/src/main-http.ts',
    [],
    {
      DATABASE_URL: databaseUrl,
      JUNCTION_MODE: 'production',
      JUNCTION_MASTER_KEY: masterKey.toString('base64'),
      JUNCTION_TRUSTED_PROXIES: 'loopback',
      PORT: String(port),
      ...env,
    },
    /Junction is ready/,
  );
  return { origin: `http://127.0.0.1:${port}`, child };
};

/** A worker of Junction in a process of its own, over the same database; with `core`, on one core of the machine. */
export const startWorker = (
  databaseUrl: string,
  masterKey: Buffer,
  env: Record<string, string>,
  options: { core?: number } = {},
): Promise<Child> =>
  startChild(
    'apps/api/src/main-worker.ts',
    [],
    {
      DATABASE_URL: databaseUrl,
      JUNCTION_MODE: 'production',
      JUNCTION_MASTER_KEY: masterKey.toString('base64'),
      ...env,
    },
    /worker started/,
    options,
  );

/** Junction lets one address ask 1,200 times a minute; every address that this gives is another one. */
export const addressHeader = (index: number): Record<string, string> => ({
  'x-forwarded-for': `10.0.${(index >> 8) & 255}.${index & 255}`,
});
