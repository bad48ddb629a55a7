import { request } from 'node:https';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { DEMO_ACCOUNT } from '../accounts.ts';
import { APP, type Secured, startSecured, tokenOf } from '../testing/secured.ts';

const MANAGEMENT = 'https://management.azure.com';
const SCOPE =
  '/subscriptions/c0de0000-0000-4000-8000-00000000000a/resourceGroups/lake/providers/Microsoft.Storage/storageAccounts/contosolake';
const LIST = `${SCOPE}/providers/Microsoft.Authorization/roleAssignments?api-version=2022-04-01&$filter=principalId%20eq%20'${APP.objectId}'`;

let secured: Secured;

beforeAll(async () => {
  secured = await startSecured();
  const account = DEMO_ACCOUNT.name;
  const { assignRole } = secured.emulator;
  assignRole({ principalId: APP.objectId, role: 'Storage Blob Data Reader', account, container: 'exports' });
  assignRole({ principalId: 'bbbbbbbb-0000-4000-8000-0000000000ee', role: 'Storage Blob Data Owner', account });
});
afterAll(() => secured.close());

type Assignment = { properties: { scope: string; roleDefinitionId: string; principalId: string } };
type Answer = { status: number | undefined; body: { data?: Assignment[]; value?: Assignment[]; error?: object } };

const ask = (path: string, token: string | undefined, body?: object): Promise<Answer> =>
  new Promise((resolve, reject) => {
    const headers = token === undefined ? {} : { authorization: `Bearer ${token}` };
    const target = { host: '127.0.0.1', port: secured.tenant.port, path, ca: secured.ca.cert, headers };
    request({ ...target, method: body === undefined ? 'GET' : 'POST' }, (answer) => {
      let text = '';
      answer.on('data', (chunk: Buffer) => {
        text += chunk.toString('utf8');
      });
      answer.on('end', () => resolve({ status: answer.statusCode, body: JSON.parse(text) }));
    })
      .on('error', reject)
      .end(body === undefined ? undefined : JSON.stringify(body));
  });

const askGraph = (token: string, query: string): Promise<Answer> =>
  ask('/providers/Microsoft.ResourceGraph/resources?api-version=2022-10-01', token, { query });

const ALL = "authorizationresources | where type =~ 'microsoft.authorization/roleassignments'";
const MINE = `${ALL} | where properties.principalId =~ '${APP.objectId}'`;

const managementToken = () => tokenOf(secured, APP.objectId, MANAGEMENT)();

it('hides assignments from principals that may not see them', async () => {
  secured.tenant.change(APP.clientId, { mayReadRoleAssignments: false });
  expect((await askGraph(await managementToken(), MINE)).body).toMatchObject({ totalRecords: 0, data: [] });
  expect(await ask(LIST, await managementToken())).toMatchObject({
    status: 403,
    body: { error: { code: 'AuthorizationFailed' } },
  });
});

it('tells the others who has which role for what', async () => {
  secured.tenant.change(APP.clientId, { mayReadRoleAssignments: true });
  const token = await managementToken();
  const expected = {
    type: 'Microsoft.Authorization/roleAssignments',
    properties: {
      principalId: APP.objectId,
      scope: `${SCOPE}/blobServices/default/containers/exports`,
      roleDefinitionId: expect.stringMatching(/\/roleDefinitions\/2a2b9908-6ea1-4ae2-8e65-a410df84e7d1$/),
    },
  };
  expect((await askGraph(token, MINE)).body.data).toMatchObject([expected]);
  expect((await ask(LIST, token)).body.value).toMatchObject([expected]);
  expect((await askGraph(token, ALL)).body.data).toHaveLength(2);
});

it('takes tokens for Resource Manager alone', async () => {
  expect((await ask(LIST, undefined)).status).toBe(401);
  expect((await ask(LIST, await tokenOf(secured)())).status).toBe(401);
});

it('says what it does not know', async () => {
  const token = await managementToken();
  expect((await askGraph(token, 'resources')).status).toBe(400);
  expect((await ask('/subscriptions', token)).status).toBe(404);
});
