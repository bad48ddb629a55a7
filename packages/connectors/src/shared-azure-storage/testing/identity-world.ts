import { createSign, generateKeyPairSync } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setDefaultCACertificates } from 'node:tls';
import { BlobServiceClient, StorageSharedKeyCredential } from '@azure/storage-blob';
import {
  createOwnCa,
  DEMO_TENANT,
  type LakeEmulator,
  makeClientCertificate,
  type RoleAssignment,
  type StorageRole,
  startLakeEmulator,
  startTenant,
  type Tenant,
  type TenantClient,
} from '@junction/lake-emulator';
import type { OutboundOptions } from '../../outbound/outbound.ts';
import { container, flatAccount, lakeAccount, lakeKey } from '../../testing/lake-subject.ts';
import type { RawTarget } from '../../testing/run-check.ts';
import { serveSecurely, type TestServer } from '../../testing/servers.ts';

export const tenantId = DEMO_TENANT.id;

/** Canaries: nothing that comes out may contain them. */
export const clientSecret = 'canary~client-secret.of-the-application_8Q';
export const wrongClientSecret = 'canary~another-client-secret_8Q';

export const application = {
  clientId: 'a1a1a1a1-0000-4000-8000-000000000001',
  objectId: 'b1b1b1b1-0000-4000-8000-000000000001',
};

/** The identity that the surroundings of a server give it. */
export const machine = {
  clientId: 'a2a2a2a2-0000-4000-8000-000000000002',
  objectId: 'b2b2b2b2-0000-4000-8000-000000000002',
};

type Settings = Record<string, unknown>;

/** The variables by which the surroundings of a server say who it is; none of them is set while a test does not say so. */
const surroundings = [
  'AZURE_FEDERATED_TOKEN_FILE',
  'AZURE_TENANT_ID',
  'AZURE_CLIENT_ID',
  'AZURE_AUTHORITY_HOST',
  'AZURE_POD_IDENTITY_AUTHORITY_HOST',
  'IDENTITY_ENDPOINT',
  'IDENTITY_HEADER',
];

const setSurroundings = (variables: Readonly<Record<string, string>>): void => {
  for (const name of surroundings) delete process.env[name];
  Object.assign(process.env, variables);
};

/** An emulator over TLS, and the tenant that it trusts. */
export type IdentityWorld = {
  lake: LakeEmulator;
  tenant: Tenant;
  /** What trusts both. */
  guard: OutboundOptions;
  /** A PEM text with the key and the certificate that the application has. */
  certificate: string;
  /** One that it does not have. */
  otherCertificate: string;
  /** The key of one with the certificate of the other. */
  mixedCertificate: string;
  /** One that it has, of yesterday. */
  expiredCertificate: string;
  /** Another tenant with the same application, which the emulator does not trust. */
  otherTenant: Tenant;
  /** Starts an authority that refuses everybody with this code, until the end of the case. */
  refusing(code: number, clockOffsetMs?: number): Promise<TestServer>;
  /** With a client secret. */
  withSecret(settings?: Settings, secret?: string): RawTarget;
  withCertificate(settings?: Settings, certificate?: string): RawTarget;
  asServer(settings?: Settings): RawTarget;
  /** The guard of a server whose operator has listed these accounts. */
  listing(accounts?: readonly string[]): OutboundOptions;
  /** Gives a role until the end of the case. */
  assign(role: StorageRole, more?: Partial<RoleAssignment>): void;
  /** Changes the application until the end of the case. */
  change(change: Partial<Omit<TenantClient, 'clientId'>>): void;
  /** Says what the surroundings of the server are until the end of the case. */
  surround: {
    appService(): void;
    virtualMachine(): void;
    /** A token of an issuer that the machine's application trusts, or does not. */
    workload(subject?: string): Promise<void>;
    nothing(): void;
  };
  contentsOf(account: string): Promise<string[]>;
  tidy(): Promise<void>;
  close(): Promise<void>;
};

/** A cluster that signs the tokens of its workloads. https://www.rfc-editor.org/rfc/rfc7515 */
const openIssuer = () => {
  const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');
  return {
    keys: { keys: [{ ...publicKey.export({ format: 'jwk' }), kty: 'RSA', kid: 'cluster', alg: 'RS256', use: 'sig' }] },
    sign: (claims: object): string => {
      const now = Math.floor(Date.now() / 1_000);
      const text = [
        { alg: 'RS256', typ: 'JWT', kid: 'cluster' },
        { iat: now, exp: now + 600, ...claims },
      ].map(part);
      const signature = createSign('RSA-SHA256').update(text.join('.')).sign(privateKey, 'base64url');
      return [...text, signature].join('.');
    },
  };
};

/** An authority that refuses everybody with one code, by a clock of its own. */
const serveRefusals = async (
  tls: { key: string; cert: string },
  code: number,
  clockOffsetMs = 0,
): Promise<TestServer> =>
  serveSecurely(tls, (request, response) => {
    const origin = `https://${request.headers.host}/${tenantId}`;
    const date = { date: new Date(Date.now() + clockOffsetMs).toUTCString(), 'content-type': 'application/json' };
    if (request.method === 'GET') {
      response.writeHead(200, date).end(
        JSON.stringify({
          issuer: `${origin}/v2.0`,
          authorization_endpoint: `${origin}/oauth2/v2.0/authorize`,
          token_endpoint: `${origin}/oauth2/v2.0/token`,
          jwks_uri: `${origin}/discovery/v2.0/keys`,
        }),
      );
      return;
    }
    const refusal = {
      error: 'invalid_client',
      error_description: `AADSTS${code}: Canary of what is said.`,
      error_codes: [code],
    };
    response.writeHead(401, date).end(JSON.stringify(refusal));
  });

/** Puts a client certificate together as a form has it. */
const pemOf = ({ cert, key }: { cert: string; key: string }): string => `${key}${cert}`;

const federationIssuer = 'https://oidc.example.com/cluster';
const federationSubject = 'system:serviceaccount:junction:junction';
const federationAudience = 'api://AzureADTokenExchange';

export const openIdentityWorld = async (): Promise<IdentityWorld> => {
  const ca = await createOwnCa();
  setDefaultCACertificates([ca.cert]);
  const tls = await ca.issue();
  const [own, other, expired] = await Promise.all([
    makeClientCertificate('Junction'),
    makeClientCertificate('Somebody else'),
    makeClientCertificate('Junction of old', -1),
  ]);
  const { keys, sign } = openIssuer();
  const first: TenantClient = {
    ...application,
    name: 'Junction',
    secrets: [{ value: clientSecret }],
    certificates: [own.cert, expired.cert],
  };
  const server: TenantClient = {
    ...machine,
    name: 'The machine',
    federated: [{ issuer: federationIssuer, subject: federationSubject, audience: federationAudience, keys }],
  };
  let assigned: () => readonly RoleAssignment[] = () => [];
  const tenant = await startTenant({
    tls,
    clients: [first, server],
    roleAssignments: () => assigned(),
    managedIdentity: machine,
  });
  const otherTenant = await startTenant({ tls, clients: [first] });
  const lake = await startLakeEmulator({
    tls,
    tokens: tenant.trust,
    accounts: [
      { name: lakeAccount, key: lakeKey, hierarchicalNamespace: true },
      { name: flatAccount, key: lakeKey, hierarchicalNamespace: false },
    ],
  });
  assigned = lake.roleAssignments;
  const containerOf = (account: string) =>
    new BlobServiceClient(
      lake.endpointOf(account),
      new StorageSharedKeyCredential(account, lakeKey),
    ).getContainerClient(container);
  for (const account of [lakeAccount, flatAccount]) await containerOf(account).create();

  const folder = await mkdtemp(join(tmpdir(), 'junction-identities-'));
  const tokenFile = join(folder, 'token');
  const undo: (() => void)[] = [];
  const servers: TestServer[] = [];
  const guard = { allowedHosts: [lake.url, tenant.url] };
  const settingsOf = (authentication: string, settings: Settings) => ({
    accountName: lakeAccount,
    container,
    authentication,
    endpoint: lake.url,
    ...settings,
  });
  const asApplication = { tenantId, clientId: application.clientId, authority: tenant.url };
  setSurroundings({});

  return {
    lake,
    tenant,
    guard,
    certificate: pemOf(own),
    otherCertificate: pemOf(other),
    mixedCertificate: pemOf({ key: other.key, cert: own.cert }),
    expiredCertificate: pemOf(expired),
    otherTenant,
    async refusing(code, clockOffsetMs) {
      const server = await serveRefusals(tls, code, clockOffsetMs);
      servers.push(server);
      return server;
    },
    withSecret: (settings = {}, secret = clientSecret) => ({
      settings: settingsOf('servicePrincipalSecret', { ...asApplication, ...settings }),
      secrets: { clientSecret: secret },
    }),
    withCertificate: (settings = {}, certificate = pemOf(own)) => ({
      settings: settingsOf('servicePrincipalCertificate', { ...asApplication, ...settings }),
      secrets: { certificate },
    }),
    asServer: (settings = {}) => ({ settings: settingsOf('serverIdentity', settings), secrets: {} }),
    listing: (accounts = [lake.endpointOf(lakeAccount), lake.endpointOf(flatAccount)]) => ({
      ...guard,
      serverIdentityAccounts: accounts,
    }),
    assign(role, more = {}) {
      undo.push(lake.assignRole({ principalId: application.objectId, account: lakeAccount, container, role, ...more }));
    },
    change(change) {
      tenant.change(application.clientId, change);
      undo.push(() => tenant.set(first));
    },
    surround: {
      appService() {
        const { endpoint = '', header = '' } = tenant.managedIdentity ?? {};
        setSurroundings({ IDENTITY_ENDPOINT: endpoint, IDENTITY_HEADER: header });
      },
      virtualMachine() {
        setSurroundings({ AZURE_POD_IDENTITY_AUTHORITY_HOST: tenant.managedIdentity?.metadataHost ?? '' });
      },
      async workload(subject = federationSubject) {
        await writeFile(tokenFile, sign({ iss: federationIssuer, sub: subject, aud: federationAudience }));
        setSurroundings({
          AZURE_FEDERATED_TOKEN_FILE: tokenFile,
          AZURE_CLIENT_ID: machine.clientId,
          AZURE_TENANT_ID: tenantId,
          AZURE_AUTHORITY_HOST: tenant.url,
        });
      },
      nothing() {
        tenant.managedIdentity?.setAvailable(false);
        undo.push(() => tenant.managedIdentity?.setAvailable(true));
        setSurroundings({ AZURE_POD_IDENTITY_AUTHORITY_HOST: tenant.managedIdentity?.metadataHost ?? '' });
      },
    },
    async contentsOf(account) {
      const names: string[] = [];
      for await (const { name } of containerOf(account).listBlobsFlat()) names.push(name);
      return names;
    },
    async tidy() {
      for (const one of undo.splice(0).reverse()) one();
      await Promise.all(servers.splice(0).map((server) => server.close()));
      lake.clearFaults();
      setSurroundings({});
      setDefaultCACertificates([ca.cert]);
    },
    async close() {
      setSurroundings({});
      await lake.close();
      await Promise.all([tenant.close(), otherTenant.close()]);
      await rm(folder, { recursive: true });
    },
  };
};
