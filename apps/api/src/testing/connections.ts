import * as contract from '@junction/contracts';
import { newWrappedKey, sealSecrets } from '../features/connections/secrets.ts';
import type { House } from '../house.ts';
import { newId } from '../platform/ids.ts';
import type { Prisma } from '../platform/prisma/client.ts';
import type { TestClient } from './client.ts';

/** The password that connections of tests have. */
export const fakePassword = 'a password of the other side';

type Body = contract.BodyInput<typeof contract.createConnection>;

/** The body that sets a healthy connection to the fake connector up. */
export const newConnection = (over: Partial<Body> = {}): Body => ({
  name: `Connection ${newId()}`,
  type: 'fake',
  settings: { host: 'files.example' },
  secrets: { password: fakePassword },
  consent: { accepted: true, textVersion: contract.consentTextVersion },
  ...over,
});

/** Sets a connection up through the API and returns it. */
export const connect = async (
  client: TestClient,
  environmentId: string,
  over: Partial<Body> = {},
): Promise<contract.Connection> => {
  const reply = await client(contract.createConnection, { params: { environmentId }, body: newConnection(over) });
  if (reply.status !== 201) throw new Error(`The connection was not set up: ${reply.text}`);
  return reply.body;
};

type Over = Partial<Prisma.ConnectionUncheckedCreateInput> & { by?: { id: string; name: string } };

/** A healthy connection to the fake connector as rows, with its password sealed; for tests that need more of them than may be set up in a minute. */
export const makeConnection = async (
  house: Pick<House, 'db' | 'vault' | 'clock'>,
  environmentId: string,
  { by = { id: newId(), name: 'Somebody' }, ...over }: Over = {},
) => {
  const owner = { id: newId(), environmentId };
  const wrappedKey = newWrappedKey(house, owner);
  const target = { given: { password: fakePassword }, endpoint: 'fake://files.example' };
  const now = house.clock.now();
  const secrets = sealSecrets(house, { ...owner, wrappedKey }, target).map((secret) => ({ ...secret, setAt: now }));
  return house.db.connection.create({
    data: {
      ...owner,
      name: `Connection ${owner.id}`,
      type: 'fake',
      settings: { host: 'files.example' },
      sharedWith: 'admins',
      lastOutcome: 'passed',
      lastCheckedAt: now,
      consentById: by.id,
      consentByName: by.name,
      consentAt: now,
      consentTextVersion: contract.consentTextVersion,
      createdById: by.id,
      createdByName: by.name,
      createdAt: now,
      updatedAt: now,
      key: { create: { wrappedKey } },
      secrets: { create: secrets },
      ...over,
    },
  });
};
