import { parentPort, workerData } from 'node:worker_threads';
import { DEMO_ACCOUNT, seedSampleLake, startLakeEmulator } from '@junction/lake-emulator';
import type { DemoLakeReport, DemoLakeTask } from './demo-lake.ts';

const { port, directory } = workerData as DemoLakeTask;
const report = (message: DemoLakeReport) => parentPort?.postMessage(message);

try {
  const lake = await startLakeEmulator({ port, accounts: [DEMO_ACCOUNT], directory });
  const endpoint = lake.endpointOf(DEMO_ACCOUNT.name);
  const {
    container,
    folder: entityFolder,
    exportsContainer,
  } = await seedSampleLake({
    endpoint,
    account: DEMO_ACCOUNT.name,
    key: DEMO_ACCOUNT.key,
  });
  const { name: accountName, key: accountKey } = DEMO_ACCOUNT;
  report({ sample: { accountName, accountKey, endpoint, container, entityFolder, exportsContainer } });
  parentPort?.once('message', async () => {
    await lake.close();
    process.exit(0);
  });
} catch (error) {
  const { code, message } = error as NodeJS.ErrnoException;
  report({ failure: code ?? message });
}
