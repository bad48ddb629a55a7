import { BlobServiceClient, StorageSharedKeyCredential } from '@azure/storage-blob';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { describeConnectorContract } from '../connector-contract.ts';
import { createOutbound } from '../outbound/outbound.ts';
import { readPasted } from '../shared-azure-storage/pasted.ts';
import { container, openStorageSubject, wrongKey } from '../testing/lake-subject.ts';
import { failedStep, type RawTarget, runCheck } from '../testing/run-check.ts';
import { azureBlobConnector } from './connector.ts';
import { startAzurite } from './testing/azurite.ts';
import { blobInSmallPages } from './testing/in-small-pages.ts';

const development = readPasted('UseDevelopmentStorage=true');
const key = development?.secrets.accountKey ?? '';

const targetAt = (endpoint: string, accountKey = key): RawTarget => ({
  settings: { ...development?.settings, container, baseFolder: 'a/b', endpoint },
  secrets: { accountKey },
});

const startWithContainer = async () => {
  const azurite = await startAzurite(true);
  const account = 'devstoreaccount1';
  const service = new BlobServiceClient(`${azurite.url}/${account}`, new StorageSharedKeyCredential(account, key));
  await service.createContainer(container);
  return { ...azurite, account, key, container: service.getContainerClient(container) };
};

describeConnectorContract(azureBlobConnector, async () =>
  openStorageSubject({ ...(await startWithContainer()), inSmallPages: blobInSmallPages }),
);

describe('Azurite by itself', () => {
  let azurite: Awaited<ReturnType<typeof startAzurite>>;
  beforeAll(async () => {
    azurite = await startWithContainer();
  }, 30_000);
  afterAll(() => azurite.close());

  const check = (target: RawTarget, url = azurite.url) =>
    runCheck(azureBlobConnector, target, { outbound: createOutbound({ allowedHosts: [url] }) });

  it('passes every step', async () => {
    const { result } = await check(targetAt(azurite.url));
    expect(result.steps.filter(({ status }) => status !== 'passed')).toEqual([]);
  });

  it('is not taken for a firewall when the key is wrong, although it answers with that code', async () => {
    const { result } = await check(targetAt(azurite.url, wrongKey));
    expect(failedStep(result)).toMatchObject({ step: 'authenticate', code: 'accountKeyWrong' });
  });
});

describe('an Azurite that does not know the SDK’s version of the protocol', () => {
  it('is told apart', async () => {
    const strict = await startAzurite(false);
    const { result } = await runCheck(azureBlobConnector, targetAt(strict.url), {
      outbound: createOutbound({ allowedHosts: [strict.url] }),
    });
    await strict.close();
    expect(failedStep(result)?.code).toBe('versionNotSupported');
  }, 30_000);
});
