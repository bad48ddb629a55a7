import { randomBytes, randomUUID } from 'node:crypto';
import { StorageSharedKeyCredential as BlobCredential, BlobServiceClient } from '@azure/storage-blob';
import { DataLakeServiceClient, StorageSharedKeyCredential } from '@azure/storage-file-datalake';
import { connectors, createOutbound } from '@junction/connectors/runtime';
import { startChild } from './child.ts';
import { quantile } from './numbers.ts';

const account = 'contosolake';
const container = 'exports';
const rounds = 300;
const warmUps = 50;
const probeBytes = 64;

export type CheckBenchResult = { check: Quantiles; raw: Quantiles; ratio: number };
type Quantiles = { p50: number; p99: number };

const milliseconds = async (work: () => Promise<void>): Promise<number> => {
  const start = performance.now();
  await work();
  return performance.now() - start;
};

/** The requests that the check needs, straight through the SDK: three questions side by side, then a file written, read back and deleted. */
const rawCalls = (endpoint: string, key: string) => {
  const lake = new DataLakeServiceClient(endpoint, new StorageSharedKeyCredential(account, key));
  const blobs = new BlobServiceClient(endpoint, new BlobCredential(account, key));
  const files = lake.getFileSystemClient(container);
  return async (): Promise<void> => {
    const file = files.getFileClient(`.bench-${randomUUID()}`);
    await Promise.all([
      blobs.getAccountInfo(),
      blobs.getContainerClient(container).getProperties(),
      files.getDirectoryClient(file.name).exists(),
    ]);
    const content = randomBytes(probeBytes);
    await file.create({ conditions: { ifNoneMatch: '*' } });
    await file.append(content, 0, content.length, { flush: true });
    if (!content.equals(await file.readToBuffer())) throw new Error('The file came back changed.');
    await file.delete();
  };
};

const connectorCheck = (endpoint: string, key: string) => {
  const connector = connectors.find(({ manifest }) => manifest.type === 'adls-gen2');
  if (!connector) throw new Error('There is no connector for ADLS Gen2.');
  const outbound = createOutbound({ allowedHosts: [new URL(endpoint).origin] });
  const { settings, secrets } = connector.manifest;
  const target = {
    settings: settings.parse({ accountName: account, container, authentication: 'sharedKey', endpoint }),
    secrets: secrets.parse({ accountKey: key }),
  };
  return async (): Promise<void> => {
    const result = await connector.check(target, {
      outbound,
      signal: new AbortController().signal,
      now: () => new Date(),
      allow: new Set(),
      onStep: () => {},
    });
    if (result.outcome !== 'passed') throw new Error(`The check failed: ${JSON.stringify(result.steps)}`);
  };
};

/** How long a healthy check of an ADLS Gen2 account takes against the lake emulator, and how long its requests take through the SDK alone, in turns; in milliseconds. */
export const benchCheck = async (): Promise<CheckBenchResult> => {
  const key = randomBytes(64).toString('base64');
  const emulator = await startChild(
    'packages/lake-emulator/src/cli.ts',
    ['--port', '0', '--account', `${account}:${key}`],
    {},
    /Stop with Ctrl/,
  );
  try {
    const endpoint = /http:\/\/127\.0\.0\.1:\d+\/contosolake/.exec(emulator.said)?.[0] ?? '';
    const credential = new StorageSharedKeyCredential(account, key);
    await new DataLakeServiceClient(endpoint, credential).getFileSystemClient(container).create();
    const [check, raw] = [connectorCheck(endpoint, key), rawCalls(endpoint, key)];
    const times = { check: [] as number[], raw: [] as number[] };
    for (let round = 0; round < warmUps + rounds; round += 1) {
      const [checked, called] = [await milliseconds(check), await milliseconds(raw)];
      if (round < warmUps) continue;
      times.check.push(checked);
      times.raw.push(called);
    }
    const summary = (values: number[]): Quantiles => ({ p50: quantile(values, 0.5), p99: quantile(values, 0.99) });
    const [ofCheck, ofRaw] = [summary(times.check), summary(times.raw)];
    return { check: ofCheck, raw: ofRaw, ratio: ofCheck.p50 / ofRaw.p50 };
  } finally {
    await emulator.stop();
  }
};
