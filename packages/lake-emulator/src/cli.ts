#!/usr/bin/env node
import { DEMO_ACCOUNT, type LakeAccount } from './accounts.ts';
import { type CliOptions, parseCliOptions, USAGE } from './cli-options.ts';
import { type LakeEmulator, startLakeEmulator } from './emulator.ts';
import { seedSampleLake } from './sample/seed-sample-lake.ts';

const describe = (error: unknown, options: CliOptions | undefined): string => {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  if (code === 'EADDRINUSE') return `port ${options?.port} on ${options?.host} is in use; choose another with --port.`;
  if (code === 'EACCES' || code === 'EPERM') {
    return error instanceof Error && error.message.includes('listen')
      ? `not allowed to listen on port ${options?.port}; choose one above 1023 with --port.`
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

const connectionBlock = (emulator: LakeEmulator, { accounts, directory, faults }: CliOptions): string => {
  const [first = DEMO_ACCOUNT] = accounts;
  const endpoint = emulator.endpointOf(first.name);
  const lines = accounts.map(
    (account) =>
      `  ${emulator.endpointOf(account.name)}   ${account.hierarchicalNamespace ? 'hierarchical namespace (ADLS Gen2)' : 'flat namespace'}\n    key: ${keyText(account)}`,
  );
  return `
Lake emulator is ready. DFS and Blob share one endpoint per account:

${lines.join('\n')}

  data      ${directory ?? 'in memory, gone at exit'}
  faults    ${faults.length === 0 ? 'none' : `${faults.length} rule(s) armed`}

Connect
  SDK       new DataLakeServiceClient('${endpoint}', new StorageSharedKeyCredential('${first.name}', key))
  az        az storage fs file list -f customerinsights --connection-string 'DefaultEndpointsProtocol=http;AccountName=${first.name};AccountKey=<key>;BlobEndpoint=${endpoint};DfsEndpoint=${endpoint}'
  rclone    rclone lsf -R ":azureblob,sas_url='${endpoint}?<account SAS>':customerinsights"

Stop with Ctrl+C.
`;
};

const run = async (options: CliOptions): Promise<void> => {
  const emulator = await startLakeEmulator(options);
  if (options.isDemo) {
    const account = options.accounts.find(({ name }) => name === DEMO_ACCOUNT.name) ?? DEMO_ACCOUNT;
    await seedSampleLake({ endpoint: emulator.endpointOf(account.name), account: account.name, key: account.key });
  }
  // Armed last: they are meant for the visitors, not for the seeding.
  for (const rule of options.faults) emulator.addFault(rule);
  process.stdout.write(connectionBlock(emulator, options));
  const stop = (): void => {
    process.off('SIGINT', stop);
    process.off('SIGTERM', stop);
    emulator.close().then(
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
