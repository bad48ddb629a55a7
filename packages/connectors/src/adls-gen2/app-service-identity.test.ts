import { afterAll, afterEach, expect, it } from 'vitest';
import { createOutbound } from '../outbound/outbound.ts';
import { machine, openIdentityWorld } from '../shared-azure-storage/testing/identity-world.ts';
import { runCheck } from '../testing/run-check.ts';
import { adlsGen2Connector } from './connector.ts';

// A file of its own: the SDK finds out once in a process where managed identities come from.
const world = await openIdentityWorld();

afterEach(() => world.tidy());
afterAll(() => world.close());

it('passes with the identity of App Service', async () => {
  world.assign('Storage Blob Data Contributor', { principalId: machine.objectId });
  world.surround.appService();
  const { result } = await runCheck(adlsGen2Connector, world.asServer(), { outbound: createOutbound(world.listing()) });
  expect(result.steps.filter(({ status }) => status === 'failed')).toEqual([]);
  expect(result.steps.find(({ step }) => step === 'authenticate')).toMatchObject({ code: 'identityAccepted' });
});
