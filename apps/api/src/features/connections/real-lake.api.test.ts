import { connectors } from '@junction/connectors/runtime';
import * as contract from '@junction/contracts';
import { type LakeEmulator, startLakeEmulator } from '@junction/lake-emulator';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { connect } from '../../testing/connections.ts';
import { makeEnvironment } from '../../testing/factories.ts';
import { openTestHouse, type TestHouse } from '../../testing/house.ts';

const accountKey = Buffer.alloc(64, 1).toString('base64');
const wrongKey = Buffer.alloc(64, 2).toString('base64');
let lake: LakeEmulator;
let house: TestHouse;
let contoso: Awaited<ReturnType<typeof makeEnvironment>>;
beforeAll(async () => {
  lake = await startLakeEmulator({
    accounts: [{ name: 'contosolake', key: accountKey, hierarchicalNamespace: true }],
  });
  house = await openTestHouse({ connectors, env: { JUNCTION_ALLOWED_HOSTS: lake.url } });
  contoso = await makeEnvironment(house);
});
afterAll(async () => {
  await house.close();
  await lake.close();
});

const settingsOf = (container: string) => ({
  accountName: 'contosolake',
  container,
  authentication: 'sharedKey',
  endpoint: lake.endpointOf('contosolake'),
});
const paramsOf = ({ id }: { id: string }) => ({ environmentId: contoso.environment.id, connectionId: id });
const check = (connection: contract.Connection) =>
  contoso.asAdmin(contract.checkConnection, { params: paramsOf(connection), body: {} });
const read = async (connection: contract.Connection) =>
  (await contoso.asAdmin(contract.getConnection, { params: paramsOf(connection) })).body;

describe('a connection to an ADLS Gen2 account', () => {
  it('is set up, breaks, says why, is repaired, and goes', async () => {
    const environment = { environmentId: contoso.environment.id };
    const draft = { type: 'adls-gen2', settings: settingsOf('exports'), secrets: { accountKey } };
    const missing = await contoso.asAdmin(contract.checkDraft, { params: environment, body: draft });
    expect(missing.body.outcome).toBe('actionRequired');
    expect(missing.body.steps.find(({ step }) => step === 'container')).toMatchObject({
      status: 'failed',
      field: 'settings.container',
      offer: 'createContainer',
    });
    const made = await contoso.asAdmin(contract.checkDraft, {
      params: environment,
      body: { ...draft, allow: ['createContainer'] },
    });
    expect(made.body.steps.map(({ status }) => status)).not.toContain('failed');

    const connection = await connect(contoso.asAdmin, contoso.environment.id, { ...draft, name: 'Sample lake' });
    expect(connection).toMatchObject({ status: 'healthy', type: 'adls-gen2' });

    lake.addFault({ match: { account: 'contosolake' }, fault: { code: 'ServerBusy', retryAfterSeconds: 1 } });
    house.passSeconds(1);
    expect((await check(connection)).body.outcome).toBe('failing');
    expect((await read(connection)).status).toBe('failing');
    lake.clearFaults();

    const refused = await contoso.asAdmin(contract.updateConnection, {
      params: paramsOf(connection),
      body: { secrets: { accountKey: wrongKey } },
      ifMatch: connection.etag,
    });
    expect(refused.problem).toMatchObject({
      status: 422,
      code: 'checkFailed',
      errors: [{ field: 'secrets.accountKey' }],
    });
    const broken = await contoso.asAdmin(contract.updateConnection, {
      params: paramsOf(connection),
      body: { secrets: { accountKey: wrongKey }, saveAnyway: true },
      ifMatch: connection.etag,
    });
    expect(broken.body).toMatchObject({ status: 'actionRequired', statusReason: { step: 'authenticate' } });
    expect(broken.body.statusReason?.remedy).toBeTruthy();

    const repaired = await contoso.asAdmin(contract.updateConnection, {
      params: paramsOf(connection),
      body: { secrets: { accountKey } },
      ifMatch: broken.body.etag,
    });
    expect(repaired.body.status).toBe('healthy');
    expect(repaired.body.statusReason).toBeUndefined();
    const history = await contoso.asAdmin(contract.listChecks, { params: paramsOf(connection) });
    expect(history.body.value.map(({ trigger, outcome }) => [trigger, outcome])).toEqual([
      ['edit', 'passed'],
      ['edit', 'actionRequired'],
      ['manual', 'failing'],
      ['setup', 'passed'],
    ]);

    const usage = await contoso.asAdmin(contract.getConnectionUsage, { params: paramsOf(connection) });
    const removed = await contoso.asAdmin(contract.deleteConnection, {
      params: paramsOf(connection),
      query: { usage: usage.body.etag },
      ifMatch: repaired.body.etag,
    });
    expect(removed.status).toBe(200);
    expect((await contoso.asAdmin(contract.getConnection, { params: paramsOf(connection) })).status).toBe(404);
  });

  it('tells the form where each of its fields stands in JSON Schema', async () => {
    const { body } = await contoso.asAdmin(contract.listConnectors);
    const lakeType = body.value.find(({ type }) => type === 'adls-gen2');
    expect(lakeType?.settings).toMatchObject({
      type: 'object',
      properties: {
        authentication: {
          enum: ['sharedKey', 'sas', 'servicePrincipalSecret', 'servicePrincipalCertificate', 'serverIdentity'],
          label: 'Authentication',
        },
        endpoint: { isAdvanced: true },
      },
    });
    expect(lakeType?.settings.required).toEqual(['accountName', 'container', 'authentication']);
  });
});

describe('the secrets of another way to sign in', () => {
  it('replace the ones before, which are destroyed', async () => {
    const name = 'By key, then by token';
    const settings = settingsOf('exports');
    const connection = await connect(contoso.asAdmin, contoso.environment.id, {
      type: 'adls-gen2',
      name,
      settings,
      secrets: { accountKey },
    });
    const sasToken = 'sv=2025-01-05&ss=b&srt=sco&sp=racwdl&se=2099-01-01T00:00:00Z&spr=https&sig=AAAA';
    const withoutToken = await contoso.asAdmin(contract.updateConnection, {
      params: paramsOf(connection),
      body: { settings: { authentication: 'sas' } },
      ifMatch: connection.etag,
    });
    expect(withoutToken.problem).toMatchObject({
      status: 400,
      errors: [{ field: 'secrets.sasToken', code: 'required' }],
    });
    const both = await contoso.asAdmin(contract.updateConnection, {
      params: paramsOf(connection),
      body: { settings: { authentication: 'sas' }, secrets: { accountKey, sasToken } },
      ifMatch: connection.etag,
    });
    expect(both.problem).toMatchObject({ status: 400, errors: [{ field: 'secrets.accountKey', code: 'notUsed' }] });
    const switched = await contoso.asAdmin(contract.updateConnection, {
      params: paramsOf(connection),
      body: { settings: { authentication: 'sas' }, secrets: { sasToken, accountKey: null }, saveAnyway: true },
      ifMatch: connection.etag,
    });
    expect(switched.status).toBe(200);
    expect(Object.keys(switched.body.secrets)).toEqual(['sasToken']);
    expect(switched.body.credentialExpiresAt).toBe('2099-01-01T00:00:00.000Z');
    expect(await house.db.connectionSecret.findMany({ where: { connectionId: connection.id } })).toMatchObject([
      { field: 'sasToken' },
    ]);
    const told = await house.db.activity.findFirst({ where: { subjectId: connection.id }, orderBy: { id: 'desc' } });
    expect(told?.after).toMatchObject({ 'settings.authentication': 'sas', secretsChanged: ['sasToken', 'accountKey'] });
  });
});
