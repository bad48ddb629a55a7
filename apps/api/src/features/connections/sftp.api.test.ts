import { connectors } from '@junction/connectors/runtime';
import * as contract from '@junction/contracts';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { newDisk } from '../../../../../packages/connectors/src/sftp/testing/disk.ts';
import { newKeyPair } from '../../../../../packages/connectors/src/sftp/testing/keys.ts';
import { startSshServer, usualPassword } from '../../../../../packages/connectors/src/sftp/testing/ssh-server.ts';
import { connect } from '../../testing/connections.ts';
import { makeEnvironment } from '../../testing/factories.ts';
import { openTestHouse, type TestHouse } from '../../testing/house.ts';

const [first, second] = [newKeyPair(), newKeyPair()];
const disk = await newDisk();
let server = await startSshServer(disk.root, { hostKey: first.privateKey });
const { port } = server;

let house: TestHouse;
let contoso: Awaited<ReturnType<typeof makeEnvironment>>;
beforeAll(async () => {
  house = await openTestHouse({ connectors, env: { JUNCTION_ALLOWED_HOSTS: `sftp://127.0.0.1:${port}` } });
  contoso = await makeEnvironment(house);
});
afterAll(async () => {
  await house.close();
  await server.close();
  await disk.remove();
});

it('knows a server by its key, and asks before it takes another one for the same server', async () => {
  const connection = await connect(contoso.asAdmin, contoso.environment.id, {
    type: 'sftp',
    settings: { host: '127.0.0.1', port, userName: 'ada', authentication: 'password' },
    secrets: { password: usualPassword },
  });
  expect(connection.settings.hostKeyFingerprint).toBe(first.fingerprint);

  await server.close();
  server = await startSshServer(disk.root, { hostKey: second.privateKey, port });
  const params = { environmentId: contoso.environment.id, connectionId: connection.id };
  const checked = (await contoso.asAdmin(contract.checkConnection, { params, body: {} })).body;
  expect(checked.outcome).toBe('actionRequired');
  expect(checked.steps.find(({ status }) => status === 'failed')?.code).toBe('hostKeyChanged');
  expect(server.passwords).toEqual([]);

  const body = { settings: { hostKeyFingerprint: null } };
  const reply = await contoso.asAdmin(contract.updateConnection, { params, body, ifMatch: connection.etag });
  expect(reply.status).toBe(200);
  expect(reply.body).toMatchObject({ settings: { hostKeyFingerprint: second.fingerprint }, status: 'healthy' });
  expect(server.passwords).toEqual([usualPassword]);
  expect(house.logLines().join('')).not.toContain(usualPassword);
});
