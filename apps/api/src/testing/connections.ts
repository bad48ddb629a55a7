import * as contract from '@junction/contracts';
import { newId } from '../platform/ids.ts';
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
