#!/usr/bin/env node
import { DEMO_ACCOUNT, type LakeAccount } from './accounts.ts';
import { type CliOptions, parseCliOptions, USAGE } from './cli-options.ts';
import { type LakeEmulator, startLakeEmulator } from './emulator.ts';
import { seedSampleLake } from './sample/seed-sample-lake.ts';
import { DEMO_CLIENT, DEMO_TENANT } from './tenant/demo.ts';
import { startTenant, type Tenant } from './tenant/tenant.ts';
import { createOwnCa, type OwnCa } from './tls/own-ca.ts';

const describe = (error: unknown, options: CliOptions | undefined): string => {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  const port = error instanceof Error && 'port' in error ? error.port : options?.port;
  if (code === 'EADDRINUSE') return `port ${port} on ${options?.host} is in use; choose another with --port.`;
  if (code === 'EACCES' || code === 'EPERM') {
    return error instanceof Error && error.message.includes('listen')
      ? `not allowed to listen on port ${port}; choose one above 1023 with --port.`
      : `no permission: ${error instanceof Error ? error.message : ''}`;
  }
  return error instanceof Error ? error.message : String(error);
};

const fail = (error: unknown, options?: CliOptions): never => {
  process.stderr.write(`lake-emulator: ${describe(error, options)}\n`);
  process.exit(1);
};

/** The keys of accounts given on the command line are the caller's own; only the demo's public key is shown. */
const keyText = ({ name, key }: LakeAccount): string =>
  key === DEMO_ACCOUNT.key ? key : `<the key given for ${name}>`;

/** What runs, and whose certificate it serves with. */
type Running = { emulator: LakeEmulator; ca: OwnCa | undefined; tenant: Tenant | undefined };

const tlsLines = ({ ca }: Running): string =>
  ca === undefined
    ? ''
    : `
Trust its certificate, in one of these ways
  Node.js   NODE_EXTRA_CA_CERTS=${ca.file}
  rclone    --ca-cert ${ca.file}
  curl      --cacert ${ca.file}
`;

const tenantLines = ({ tenant }: Running): string =>
  tenant === undefined
    ? ''
    : `
Sign in at the tenant beside it
  authority ${tenant.url}
  tenant    ${DEMO_TENANT.id}   ${DEMO_TENANT.domain}
  client    ${DEMO_CLIENT.clientId}
  secret    ${DEMO_CLIENT.secret}   (opens nothing but this emulator)
  role      ${DEMO_CLIENT.role}, on every account
  SDK       new ClientSecretCredential(tenant, client, secret, { authorityHost: '${tenant.url}', disableInstanceDiscovery: true })
`;

const connectionBlock = (running: Running, { accounts, directory, faults }: CliOptions): string => {
  const { emulator } = running;
  const [first = DEMO_ACCOUNT] = accounts;
  const endpoint = emulator.endpointOf(first.name);
  const { protocol } = new URL(endpoint);
  const lines = accounts.map(
    (account) =>
      `  ${emulator.endpointOf(account.name)}   ${account.hierarchicalNamespace ? 'hierarchical namespace (ADLS Gen2)' : 'flat namespace'}\n    key: ${keyText(account)}`,
  );
  return `
Lake emulator is ready. DFS and Blob share one endpoint per account:

${lines.join('\n')}

  data      ${directory ?? 'in memory, gone at exit'}
  faults    ${faults.length === 0 ? 'none' : `${faults.length} rule(s) armed`}
${tlsLines(running)}${tenantLines(running)}
Connect
  SDK       new DataLakeServiceClient('${endpoint}', new StorageSharedKeyCredential('${first.name}', key))
  az        az storage fs file list -f customerinsights --connection-string 'DefaultEndpointsProtocol=${protocol.slice(0, -1)};AccountName=${first.name};AccountKey=<key>;BlobEndpoint=${endpoint};DfsEndpoint=${endpoint}'
  rclone    rclone lsf -R ":azureblob,sas_url='${endpoint}?<account SAS>':customerinsights"

Stop with Ctrl+C.
`;
};

/** Names that wildcards do not cover for every client. */
const hostNames = ({ accounts }: CliOptions): string[] => accounts.map(({ name }) => `${name}.localhost`);

const start = async (options: CliOptions): Promise<Running> => {
  const { caDirectory, hasTenant, host, port, accounts } = options;
  if (caDirectory === undefined)
    return { emulator: await startLakeEmulator(options), ca: undefined, tenant: undefined };
  const ca = await createOwnCa({ directory: caDirectory });
  const tls = await ca.issue([host, ...hostNames(options)]);
  if (!hasTenant) return { emulator: await startLakeEmulator({ ...options, tls }), ca, tenant: undefined };
  const { clientId, objectId, name, secret, role } = DEMO_CLIENT;
  const tenant = await startTenant({
    tls,
    host,
    port: port === 0 ? 0 : port + 1,
    clients: [{ clientId, objectId, name, secrets: [{ value: secret }], mayReadRoleAssignments: true }],
    roleAssignments: () => emulator.roleAssignments(),
  });
  const emulator = await startLakeEmulator({ ...options, tls, tokens: tenant.trust });
  for (const account of accounts) emulator.assignRole({ principalId: objectId, role, account: account.name });
  return { emulator, ca, tenant };
};

const run = async (options: CliOptions): Promise<void> => {
  const running = await start(options);
  const { emulator, tenant } = running;
  if (options.isDemo) {
    const account = options.accounts.find(({ name }) => name === DEMO_ACCOUNT.name) ?? DEMO_ACCOUNT;
    const endpoint = emulator.endpointOf(account.name);
    await seedSampleLake({ endpoint, account: account.name, key: account.key, ca: running.ca?.cert });
  }
  // Armed last: they are meant for the visitors, not for the seeding.
  for (const rule of options.faults) emulator.addFault(rule);
  process.stdout.write(connectionBlock(running, options));
  const stop = (): void => {
    process.off('SIGINT', stop);
    process.off('SIGTERM', stop);
    Promise.all([emulator.close(), tenant?.close()]).then(
      () => process.exit(0),
      (error: unknown) => fail(error, options),
    );
  };
  process.on('SIGINT', stop);
  process.on('SIGTERM', stop);
};

const readOptions = (): CliOptions => {
  try {
    return parseCliOptions(process.argv.slice(2));
  } catch (error) {
    return fail(error);
  }
};

const options = readOptions();
if (options.isHelp) process.stdout.write(USAGE);
else await run(options).catch((error: unknown) => fail(error, options));
