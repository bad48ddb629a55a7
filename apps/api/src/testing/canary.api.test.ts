import { createServer, type Server } from 'node:http';
import { connectors } from '@junction/connectors/runtime';
import * as contract from '@junction/contracts';
import { type AnyEndpoint, api } from '@junction/contracts';
import {
  type LakeEmulator,
  makeClientCertificate,
  type SampleLake,
  seedSampleLake,
  startLakeEmulator,
} from '@junction/lake-emulator';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newId } from '../platform/ids.ts';
import { type Canary, type Found, findLeaks, readDatabase, spellingsOf } from './canary.ts';
import { createClient, type Reply, type TestClient } from './client.ts';
import { newConnection } from './connections.ts';
import { exerciseExports } from './exercise-exports.ts';
import { exerciseNotices } from './exercise-notices.ts';
import { exerciseProfiles } from './exercise-profiles.ts';
import { exerciseSignIns, openSignInGround, type SignInGround } from './exercise-sign-ins.ts';
import { exerciseTokens } from './exercise-tokens.ts';
import { makeEnvironment, testPassword } from './factories.ts';
import { openTestHouse, type TestHouse } from './house.ts';

/** What an account key is made of; the key itself is its base64. */
const rawKey = (name: string) => `canary-${name}-`.padEnd(64, 'k');
const keyOf = (name: string) => Buffer.from(rawKey(name)).toString('base64');
/** Of 32 bytes, as signing secrets are made; what is refused is none that a receiver could take. */
const rawSigningKey = (name: string) => `canary-${name}-`.padEnd(32, 's');
const signingSecretOf = (name: string) => `whsec_${Buffer.from(rawSigningKey(name)).toString('base64')}`;
const signingSecrets = {
  secret: signingSecretOf('signing'),
  nextSecret: signingSecretOf('next-signing'),
  refusedSecret: 'whsec_canary-refused-signing-secret',
};
const signature = Buffer.from('canary-signature-of-a-sas-token!').toString('base64');
const sasToken = `sv=2025-01-05&ss=b&srt=sco&sp=racwdl&se=2099-01-01T00:00:00Z&sig=${encodeURIComponent(signature)}`;
const clientSecret = 'canary-client-secret-of-a-service-principal';
const overTls = (url: string) => url.replace('http:', 'https:');
const passwords = {
  new: 'canary password that somebody chose',
  wrong: 'canary password that was mistyped',
  redeemed: 'canary password set with a link',
};

let house: TestHouse;
let lake: LakeEmulator;
let sample: SampleLake;
let echo: Server;
let echoUrl: string;
let signInGround: SignInGround;
/** A certificate and its private key. */
let certificatePem: string;
let echoed = '';
const responses: Found[] = [];
const answered = new Set<string>();
const canaries: Canary[] = [];

/** A server that sends everything it was sent back in its error, headers and body, as an unkind one might. */
const openEcho = async () => {
  const server = createServer((request, response) => {
    const sent = [`${request.method} ${request.url}`, decodeURIComponent(request.url ?? '')];
    for (let index = 0; index < request.rawHeaders.length; index += 2)
      sent.push(`${request.rawHeaders[index]}: ${request.rawHeaders[index + 1]}`);
    const text = sent.join(' | ');
    echoed += text;
    const isJson = request.url?.includes('json') === true;
    response.writeHead(403, {
      'x-ms-error-code': 'AuthenticationFailed',
      'x-ms-request-id': text.replace(/[^\x20-\x7e]/g, ' '),
      'x-ms-version': '2025-01-05',
      server: 'Windows-Azure-Blob/1.0 Microsoft-HTTPAPI/2.0',
      'content-type': isJson ? 'application/json' : 'application/xml',
    });
    const escaped = text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
    response.end(
      isJson
        ? JSON.stringify({ error: { code: 'AuthenticationFailed', message: text } })
        : `<?xml version="1.0"?><Error><Code>AuthenticationFailed</Code><Message>${escaped}</Message></Error>`,
    );
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (typeof address !== 'object' || address === null) throw new Error('The echo server has no port.');
  return { server, url: `http://127.0.0.1:${address.port}` };
};

beforeAll(async () => {
  lake = await startLakeEmulator({
    accounts: [{ name: 'contosolake', key: keyOf('right'), hierarchicalNamespace: true }],
  });
  const key = keyOf('right');
  sample = await seedSampleLake(
    { endpoint: lake.endpointOf('contosolake'), account: 'contosolake', key },
    { customers: 10 },
  );
  const opened = await openEcho();
  echo = opened.server;
  echoUrl = opened.url;
  const { cert, key: privateKey } = await makeClientCertificate('Canary');
  certificatePem = `${cert}${privateKey}`;
  // The lines before are public, as the certificate has them too.
  canaries.push({ name: 'private key', value: privateKey.trimEnd().split('\n').at(-4) ?? '' });
  signInGround = await openSignInGround();
  house = await openTestHouse({
    connectors,
    env: { JUNCTION_ALLOWED_HOSTS: `${lake.url} ${echoUrl} ${overTls(echoUrl)}`, ...signInGround.env },
  });
  signInGround.register(house);
  canaries.push(
    ...['right', 'wrong', 'echoed', 'refused'].flatMap((name) => [
      { name: `account key (${name})`, value: keyOf(name) },
      { name: `account key (${name}), decoded`, value: rawKey(name) },
    ]),
    ...['signing', 'next-signing'].map((name) => ({ name: `signing secret (${name})`, value: rawSigningKey(name) })),
    ...Object.entries(signingSecrets).map(([name, value]) => ({ name: `signing secret (${name})`, value })),
    { name: 'client secret of a service principal', value: clientSecret },
    { name: 'client secret of the identity provider', value: signInGround.clientSecret },
    { name: 'SAS token', value: sasToken },
    { name: 'signature of a SAS token', value: signature },
    ...Object.entries({ ...passwords, usual: testPassword }).map(([name, value]) => ({
      name: `password (${name})`,
      value,
    })),
    { name: 'master key', value: house.env.JUNCTION_MASTER_KEY ?? '' },
    {
      name: 'master key, decoded',
      value: Buffer.from(house.env.JUNCTION_MASTER_KEY ?? '', 'base64').toString('latin1'),
    },
  );
});
afterAll(async () => {
  await house.close();
  await signInGround.close();
  await lake.close();
  echo.closeAllConnections();
  echo.close();
});

const nameOf = (endpoint: AnyEndpoint) => Object.entries(api).find(([, known]) => known === endpoint)?.[0] ?? '';
const tokenInCookie = (cookie: string) => /^[\w-]*junction-(session|sign-in)=([\w-]+)/.exec(cookie);

/** Calls endpoints and keeps everything that comes back, except for the places where a token is handed to its owner. */
const recorded = (client: TestClient): TestClient =>
  Object.assign(
    async <E extends AnyEndpoint>(endpoint: E, extra?: Parameters<typeof client<E>>[1]): Promise<Reply<E>> => {
      const reply = await client(endpoint, extra);
      const name = nameOf(endpoint);
      if (reply.status < 300) answered.add(name);
      let text = reply.text;
      const link = /\/welcome#([\w-]+)/.exec(text)?.[1];
      if (link !== undefined && (name === 'createMember' || name === 'resetMemberPassword')) {
        canaries.push({ name: 'one-time token', value: link });
        text = text.replaceAll(link, '');
      }
      const apiToken = /jct_[\w-]{43}/.exec(text)?.[0];
      if (apiToken !== undefined && (name === 'createMyToken' || name === 'createServiceAccountToken')) {
        canaries.push({ name: 'API token', value: apiToken.slice('jct_'.length) });
        text = text.replaceAll(apiToken, '');
      }
      responses.push({ where: `body of ${name} (${reply.status})`, text });
      for (const [header, value] of reply.headers) {
        const [, kind, token] = (header === 'set-cookie' && tokenInCookie(value)) || [];
        if (token !== undefined) canaries.push({ name: `${kind} token`, value: token });
        responses.push({
          where: `header ${header} of ${name} (${reply.status})`,
          text: token === undefined ? value : value.replaceAll(token, ''),
        });
      }
      return reply;
    },
    { cookie: client.cookie },
  );

const sharedKey = (endpoint: string) => ({
  accountName: 'contosolake',
  container: 'exports',
  authentication: 'sharedKey',
  endpoint: `${endpoint}/contosolake`,
});
const events = { headers: { accept: 'application/x-ndjson' } };

/** Service principals: their authority is a server that does not speak TLS, so what is stored is looked at, and what is said of it. */
const exercisePrincipals = async (ask: TestClient, environmentId: string) => {
  const params = { environmentId };
  const principal = {
    accountName: 'contosolake',
    container: 'exports',
    endpoint: `${overTls(echoUrl)}/contosolake`,
    tenantId: newId(),
    clientId: newId(),
    authority: overTls(echoUrl),
  };
  const bySecret = { ...principal, authentication: 'servicePrincipalSecret' };
  const byCertificate = { ...principal, authentication: 'servicePrincipalCertificate' };
  for (const type of ['adls-gen2', 'azure-blob']) {
    const drafts: { type: string; settings: Record<string, unknown>; secrets: Record<string, string> }[] = [
      { type, settings: bySecret, secrets: { clientSecret } },
      { type, settings: byCertificate, secrets: { certificate: certificatePem } },
      { type, settings: byCertificate, secrets: { certificate: certificatePem.slice(0, -40) } },
      { type, settings: byCertificate, secrets: { certificate: clientSecret } },
      { type, settings: bySecret, secrets: { clientSecret: certificatePem } },
    ];
    for (const body of drafts) {
      await ask(contract.checkDraft, { params, body });
      await ask(contract.checkDraft, { params, body, ...events });
      await ask(contract.createConnection, { params, body: newConnection({ ...body, saveAnyway: true }) });
    }
  }
};

const exerciseConnections = async (ask: TestClient, environmentId: string) => {
  const params = { environmentId };
  const settings = sharedKey(lake.url);
  const draft = { type: 'adls-gen2', settings, secrets: { accountKey: keyOf('right') } };
  await ask(contract.checkDraft, { params, body: { ...draft, allow: ['createContainer'] }, ...events });
  await ask(contract.checkDraft, { params, body: { ...draft, secrets: { accountKey: keyOf('wrong') } } });
  for (const type of ['adls-gen2', 'azure-blob']) {
    const echoed = { type, settings: sharedKey(echoUrl), secrets: { accountKey: keyOf('echoed') } };
    const bySas = { type, settings: { ...sharedKey(echoUrl), authentication: 'sas' }, secrets: { sasToken } };
    for (const body of [echoed, bySas, { ...bySas, settings: { ...bySas.settings, container: 'json' } }]) {
      await ask(contract.checkDraft, { params, body });
      await ask(contract.checkDraft, { params, body, ...events });
      await ask(contract.createConnection, { params, body: newConnection(body) });
      await ask(contract.createConnection, { params, body: newConnection({ ...body, saveAnyway: true }) });
    }
  }
  const refused = { ...draft, settings: { ...settings, container: 'NO!' }, secrets: { accountKey: keyOf('refused') } };
  await ask(contract.createConnection, { params, body: newConnection(refused) });
  const unknown = { ...newConnection(draft), accountKey: keyOf('refused') };
  await ask(contract.createConnection, { params, body: { ...unknown, secrets: { nope: keyOf('refused') } } });

  const { body: connection } = await ask(contract.createConnection, {
    params,
    body: newConnection(draft),
    headers: { 'idempotency-key': 'create-once' },
  });
  const at = { environmentId, connectionId: connection.id };
  await ask(contract.updateConnection, {
    params: at,
    body: { secrets: { accountKey: keyOf('wrong') }, saveAnyway: true },
    ifMatch: connection.etag,
  });
  await ask(contract.checkConnection, { params: at, body: {}, ...events });
  await ask(contract.checkConnection, { params: at, body: { secrets: { accountKey: keyOf('right') } } });
  await ask(contract.listConnections, { params });
  await ask(contract.getConnectionSummary, { params });
  await ask(contract.getConnection, { params: at });
  await ask(contract.listChecks, { params: at });
  await ask(contract.listConnectors);
  await ask(contract.getSampleLake);
  const sharing = { sharedWith: 'adminsAndContributors' as const };
  await ask(contract.shareConnections, { params, body: { connectionIds: [connection.id], sharing } });
  await ask(contract.listConnectionOptions, { params });
  return at;
};

/** Removes a connection, restores it, and removes it again. */
const exerciseRemoval = async (ask: TestClient, at: { environmentId: string; connectionId: string }) => {
  const remove = async () => {
    const { body: usage } = await ask(contract.getConnectionUsage, { params: at });
    await ask(contract.deleteConnection, { params: at, query: { usage: usage.etag }, ifMatch: '*' });
  };
  await remove();
  await ask(contract.listRemovedConnections, { params: { environmentId: at.environmentId } });
  await ask(contract.getRemovedConnection, { params: at });
  await ask(contract.restoreConnection, { params: at, body: {} });
  await remove();
};

/** Sources: one that can be read, and ones whose other side sends back what it was sent. */
const exerciseLake = async (ask: TestClient, environmentId: string) => {
  const params = { environmentId };
  const source = { container: sample.container, readsEntities: true, entityFolder: sample.folder };
  const targets: { settings: Record<string, unknown>; secrets: Record<string, string> }[] = [
    { settings: { ...sharedKey(echoUrl), ...source }, secrets: { accountKey: keyOf('echoed') } },
    { settings: { ...sharedKey(echoUrl), ...source, container: 'json', authentication: 'sas' }, secrets: { sasToken } },
    { settings: { ...sharedKey(lake.url), ...source }, secrets: { accountKey: keyOf('right') } },
  ];
  for (const type of ['adls-gen2', 'azure-blob']) {
    for (const target of targets) {
      const body = newConnection({ type, ...target, saveAnyway: true });
      const { body: connection } = await ask(contract.createConnection, { params, body });
      const at = { environmentId, connectionId: connection.id };
      await ask(contract.refreshCatalog, { params: at });
      await ask(contract.getCatalog, { params: at });
    }
  }
  const { body: entities } = await ask(contract.listEntities, { params });
  for (const { id } of entities.value) await ask(contract.getEntity, { params: { environmentId, entityId: id } });
};

/** Audience insights: an environment that can be read, and ones whose other side sends back what it was sent. */
const exerciseInsights = async (ask: TestClient, environmentId: string) => {
  const insights = {
    accountName: 'contosolake',
    environmentId: sample.folder.replace(/^ci_/, ''),
    environmentFolder: `${sample.container}/${sample.folder}`,
  };
  const at = (url: string, authentication: string) => ({
    ...insights,
    authentication,
    endpoint: `${url}/contosolake`,
  });
  await exerciseProfiles(house, ask, environmentId, {
    lake: { settings: at(lake.url, 'sharedKey'), secrets: { accountKey: keyOf('right') } },
    unkind: [
      { settings: at(echoUrl, 'sharedKey'), secrets: { accountKey: keyOf('echoed') } },
      { settings: at(echoUrl, 'sas'), secrets: { sasToken } },
      { settings: at(lake.url, 'sharedKey'), secrets: { accountKey: keyOf('wrong') } },
    ],
    secrets: [keyOf('refused'), sasToken],
  });
};

const exercisePeople = async (ask: TestClient, environmentId: string) => {
  const body = { email: 'canary@example.com', role: 'admin' as const };
  const headers = { 'idempotency-key': 'add-once' };
  const { body: member } = await ask(contract.createMember, { params: { environmentId }, body, headers });
  await ask(contract.createMember, { params: { environmentId }, body, headers });
  const at = { environmentId, memberId: member.id };
  const { body: reset } = await ask(contract.resetMemberPassword, { params: at });
  const token = reset.url.split('#')[1] ?? '';
  const newcomer = createClient(house);
  const asNewcomer = recorded(newcomer);
  await asNewcomer(contract.getSignInOptions);
  await asNewcomer(contract.inspectOneTimeLink, { body: { token } });
  await asNewcomer(contract.redeemOneTimeLink, { body: { token, password: passwords.redeemed } });
  await asNewcomer(contract.inspectOneTimeLink, { body: { token } });
  await asNewcomer(contract.createSession, { body: { email: body.email, password: passwords.wrong } });
  await asNewcomer(contract.createSession, { body: { email: body.email, password: passwords.redeemed } });
  const change = { currentPassword: passwords.redeemed, newPassword: passwords.new };
  await asNewcomer(contract.changePassword, { body: { ...change, currentPassword: passwords.wrong } });
  await asNewcomer(contract.changePassword, { body: change });
  await asNewcomer(contract.createSession, { body: { email: body.email, password: passwords.new } });
  const { body: me } = await asNewcomer(contract.getMe);
  await asNewcomer(contract.updateMe, { body: { timeZone: 'Europe/Berlin' }, ifMatch: me.etag });
  const { body: sessions } = await asNewcomer(contract.listMySessions);
  const { body: members } = await ask(contract.listMembers, { params: { environmentId } });
  await ask(contract.getMember, { params: at });
  const etag = members.value.find(({ id }) => id === member.id)?.etag ?? '';
  const { body: updated } = await ask(contract.updateMember, { params: at, body: { role: 'viewer' }, ifMatch: etag });
  await asNewcomer(contract.listConnections, { params: { environmentId } });
  const last = sessions.value.at(-1);
  if (last) await asNewcomer(contract.deleteMySession, { params: { sessionId: last.id }, ifMatch: last.etag });
  await asNewcomer(contract.createSession, { body: { email: body.email, password: passwords.new } });
  await asNewcomer(contract.deleteSession);
  await ask(contract.deleteMember, { params: at, ifMatch: updated.etag });
};

describe('secrets', () => {
  it('show up in no response, no log line and no table, whatever is done with them', { timeout: 180_000 }, async () => {
    const contoso = await makeEnvironment(house, 'Contoso');
    const ask = recorded(contoso.asAdmin);
    const environmentId = contoso.environment.id;
    const at = await exerciseConnections(ask, environmentId);
    await exercisePrincipals(ask, environmentId);
    await exerciseLake(ask, environmentId);
    await exerciseInsights(ask, environmentId);
    await exerciseExports(ask, at);
    await exerciseNotices(house, ask, environmentId, { url: echoUrl, ...signingSecrets });
    await exercisePeople(ask, environmentId);
    await exerciseTokens(house, recorded, ask, environmentId);
    canaries.push(...(await exerciseSignIns(house, recorded, signInGround, contoso)));
    await ask(contract.listActivity, { params: { environmentId } });
    const whileThere = await readDatabase(house.db);

    await exerciseRemoval(ask, at);
    const { body: made } = await ask(contract.createEnvironment, { body: { name: 'Canary' } });
    const there = { environmentId: made.id };
    const { body: renamed } = await ask(contract.updateEnvironment, {
      params: there,
      body: { name: 'C' },
      ifMatch: made.etag,
    });
    await ask(contract.getEnvironment, { params: there });
    await ask(contract.deleteEnvironment, { params: there, query: { confirmName: 'C' }, ifMatch: renamed.etag });
    await ask(contract.listEnvironments);

    expect([...answered].sort()).toEqual(Object.keys(api).sort());
    expect(canaries.map(({ name }) => name)).toEqual(
      expect.arrayContaining([
        'one-time token',
        'session token',
        'sign-in token',
        'API token',
        'authorization code',
        'token of the identity provider',
        'logout token',
      ]),
    );
    expect(echoed).toContain(`&sig=${encodeURIComponent(signature)}`);
    expect(echoed).toContain('SharedKey contosolake:');
    expect(echoed).toContain('webhook-signature: v1,');
    const logged = house.logLines().map((text) => ({ where: 'log', text }));
    const searched = [...responses, ...logged, ...whileThere, ...(await readDatabase(house.db))];
    expect(findLeaks(searched, canaries)).toEqual([]);
  });
});

describe('the search for secrets', () => {
  const canary = { name: 'planted', value: 'canary+planted/"here"=' };

  it.each(spellingsOf(canary.value))('finds one that is spelled in %s', (spelling, spelled) => {
    const leaks = findLeaks([{ where: 'here', text: `before ${spelled} after` }], [canary]);
    expect(leaks).toContainEqual({ canary: 'planted', where: 'here', spelling });
  });

  it('finds one inside of something longer in base64, wherever it begins', () => {
    for (const before of ['', 'x', 'xy', 'xyz']) {
      const text = Buffer.from(`${before}${canary.value}${before}`).toString('base64');
      expect(findLeaks([{ where: 'here', text }], [canary])).not.toEqual([]);
    }
  });

  it('finds one in a table, be it text, JSON or bytes, and in the log', async () => {
    const bytes = new Uint8Array(Buffer.from(`before ${canary.value} after`));
    await house.db.installation.create({ data: { name: 'leak', value: bytes } });
    await house.db.activity.create({
      data: {
        id: '01a20000-0000-7000-8000-000000000000',
        kind: 'environment.created',
        subjectType: 'environment',
        subjectName: canary.value,
        after: { leak: canary.value },
      },
    });
    house.log.info({ leak: canary.value }, 'leak');
    const searched = [...(await readDatabase(house.db)), ...house.logLines().map((text) => ({ where: 'log', text }))];
    const found = new Set(findLeaks(searched, [canary]).map(({ where }) => where));
    expect([...found].sort()).toEqual(['Activity.after', 'Activity.subjectName', 'Installation.value', 'log']);
  });
});
