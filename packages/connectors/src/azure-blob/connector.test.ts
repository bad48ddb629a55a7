import { afterAll, afterEach, describe, expect, it } from 'vitest';
import { describeConnectorContract } from '../connector-contract.ts';
import { createOutbound } from '../outbound/outbound.ts';
import {
  container,
  containerOf,
  contentsOf,
  flatAccount,
  lakeAccount,
  lakeKey,
  openLakeSubject,
  startLake,
} from '../testing/lake-subject.ts';
import { type CheckOptions, failedStep, runCheck } from '../testing/run-check.ts';
import { azureBlobConnector } from './connector.ts';
import { blobInSmallPages } from './testing/in-small-pages.ts';

describeConnectorContract(azureBlobConnector, () => openLakeSubject(flatAccount, blobInSmallPages));

const lake = await startLake();
afterEach(() => lake.clearFaults());
afterAll(() => lake.close());

const check = async (settings: Record<string, unknown>, options: CheckOptions = {}) => {
  const { result } = await runCheck(
    azureBlobConnector,
    {
      settings: { accountName: flatAccount, container, authentication: 'sharedKey', endpoint: lake.url, ...settings },
      secrets: { accountKey: lakeKey },
    },
    { outbound: createOutbound({ allowedHosts: [lake.url] }), ...options },
  );
  return { result, codes: Object.fromEntries(result.steps.map(({ step, code }) => [step, code])) };
};

describe('Blob Storage', () => {
  it('asks Blob only, and needs three requests for the probe', async () => {
    await check({});
    const before = lake.requests().length;
    await check({});
    const sent = lake.requests().slice(before);
    expect(sent.map(({ protocol }) => protocol)).toEqual(Array(6).fill('blob'));
    expect(sent.slice(3).map(({ method }) => method)).toEqual(['PUT', 'GET', 'DELETE']);
  });

  it('takes a folder for a part of the name where there is no hierarchical namespace', async () => {
    await containerOf(lake, flatAccount).getBlockBlobClient('a').upload('x', 1);
    const { result, codes } = await check({ baseFolder: 'a' });
    expect(codes.folder).toBe('folderCanBeMade');
    expect(result.outcome).toBe('passed');
    expect(await contentsOf(lake, flatAccount)).toEqual(['a']);
  });

  it('leaves no folders behind where there is one', async () => {
    const { result, codes } = await check({ accountName: lakeAccount, baseFolder: 'x/y/z' });
    expect(codes).toMatchObject({ account: 'accountSuitable', folder: 'folderCanBeMade', write: 'probePassed' });
    expect(result.outcome).toBe('passed');
    const left = await Promise.all(
      ['x', 'x/y', 'x/y/z'].map((path) => containerOf(lake, lakeAccount).getBlobClient(path).exists()),
    );
    expect(left).toEqual([false, false, false]);
  });

  it('does not put a folder where a file is, where there is one', async () => {
    await containerOf(lake, lakeAccount).getBlockBlobClient('taken').upload('x', 1);
    const { result } = await check({ accountName: lakeAccount, baseFolder: 'taken/below' });
    expect(failedStep(result)).toMatchObject({ step: 'folder', code: 'folderIsFile', field: 'settings.baseFolder' });
  });

  it('offers to create a missing container, and does it when allowed', async () => {
    const { result } = await check({ container: 'new-one' });
    expect(failedStep(result)).toMatchObject({ code: 'containerMissing', offer: 'createContainer' });
    const allowed = await check({ container: 'new-one' }, { allow: new Set(['createContainer'] as const) });
    expect(allowed.codes).toMatchObject({ container: 'containerCreated', write: 'probePassed' });
  });

  it('says that a blob which a policy protects cannot be deleted', async () => {
    lake.addFault({ match: { method: 'DELETE', times: 1 }, fault: { status: 409, code: 'BlobImmutableDueToPolicy' } });
    expect(failedStep((await check({})).result)).toMatchObject({ step: 'write', code: 'containerImmutable' });
  });
});
