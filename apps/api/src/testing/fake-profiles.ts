import { defineManifest } from '@junction/connectors/manifests';
import type { Connector } from '@junction/connectors/runtime';
import type { BodyInput, Connection, createConnection } from '@junction/contracts';
import type { TestClient } from './client.ts';
import { connect } from './connections.ts';
import { fakeConnector, fakeManifest } from './fake-connector.ts';

/** The fake store with customers in it: connections of this type have profile data. */
const fakeProfilesManifest = defineManifest({
  ...fakeManifest,
  type: 'fake-profiles',
  label: 'Fake lake of customers',
  capabilities: ['source', 'profiles'],
});
export const fakeProfilesConnector = { ...fakeConnector, manifest: fakeProfilesManifest };

/** Both fake connectors, for openTestHouse. */
export const withProfiles = [fakeConnector, fakeProfilesConnector] as unknown as readonly Connector[];

type Body = BodyInput<typeof createConnection>;

/** Sets a connection with profile data up through the API; who does so has a grant on it, and so have `personIds`. */
export const connectProfiles = (
  client: TestClient,
  environmentId: string,
  { personIds = [], ...over }: Partial<Body> & { personIds?: string[] } = {},
): Promise<Connection> =>
  connect(client, environmentId, { type: 'fake-profiles', profiles: { mapping: {}, personIds }, ...over });
