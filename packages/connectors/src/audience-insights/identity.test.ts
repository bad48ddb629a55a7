import { BlobServiceClient, StorageSharedKeyCredential } from '@azure/storage-blob';
import { afterAll, afterEach, expect, it } from 'vitest';
import { createOutbound } from '../outbound/outbound.ts';
import { application, openIdentityWorld } from '../shared-azure-storage/testing/identity-world.ts';
import { container, lakeAccount, lakeKey } from '../testing/lake-subject.ts';
import { failedStep, runCheck } from '../testing/run-check.ts';
import { audienceInsightsConnector } from './connector.ts';
import { environmentId, modelJson } from './testing/insights-world.ts';

const world = await openIdentityWorld();
const { lake, guard, assign, change } = world;
const folder = `ci_${environmentId}`;

afterEach(() => world.tidy());
afterAll(() => world.close());

const put = async (path: string, text: string): Promise<void> => {
  const service = new BlobServiceClient(
    lake.endpointOf(lakeAccount),
    new StorageSharedKeyCredential(lakeAccount, lakeKey),
  );
  await service.getContainerClient(container).getBlockBlobClient(path).upload(text, Buffer.byteLength(text));
};

const check = async () => {
  const { settings, secrets } = world.withSecret({
    container: undefined,
    environmentId,
    environmentFolder: `${container}/${folder}`,
  });
  const { container: _, ...ofEnvironment } = settings;
  const outbound = createOutbound(guard);
  const { result } = await runCheck(audienceInsightsConnector, { settings: ofEnvironment, secrets }, { outbound });
  return result;
};

it('reads with the role for reading alone', async () => {
  const file = `${folder}/Customer/a.csv`;
  await put(file, 'CustomerId\n1\n');
  const location = `${lake.endpointOf(lakeAccount)}/${container}/${file}`;
  await put(`${folder}/model.json`, modelJson([{ locations: [location] }]));
  assign('Storage Blob Data Reader');
  const result = await check();
  expect(failedStep(result)).toBeUndefined();
  expect(result.steps.find(({ step }) => step === 'authenticate')).toMatchObject({ code: 'identityAccepted' });
});

it('asks for no more than that role', async () => {
  const failed = failedStep(await check());
  expect(failed).toMatchObject({ step: 'authenticate', code: 'roleMissing', field: 'settings.environmentFolder' });
  expect(failed?.remedy?.command).toContain(
    `--role "Storage Blob Data Reader" --assignee-object-id ${application.objectId} --assignee-principal-type ServicePrincipal`,
  );
  expect(JSON.stringify(failed)).not.toContain('Contributor');
});

it('names the container that the role is for', async () => {
  assign('Storage Blob Data Reader', { container: 'elsewhere' });
  change({ mayReadRoleAssignments: true });
  const failed = failedStep(await check());
  expect(failed?.code).toBe('roleElsewhere');
  expect(failed?.message).toContain(`the container elsewhere of ${lakeAccount}`);
  expect(failed?.remedy?.command).toContain('Storage Blob Data Reader');
});
