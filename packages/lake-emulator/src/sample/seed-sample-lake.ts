import {
  BlobServiceClient,
  type ContainerClient,
  type StoragePipelineOptions,
  StorageSharedKeyCredential,
} from '@azure/storage-blob';
import { makeSampleLake, SAMPLE_FOLDER } from './sample-lake.ts';

/** Where to put the sample: any endpoint that speaks Blob, the emulator or a real account. */
export type SampleTarget = {
  endpoint: string;
  account: string;
  key: string;
  /** The authority to trust, PEM, where the endpoint has a certificate of one's own. */
  ca?: string;
};

export type SampleLake = { container: 'customerinsights'; folder: string; exportsContainer: 'exports' };

const CONTAINER = 'customerinsights';
const EXPORTS = 'exports';
const DEFAULT_CUSTOMERS = 20_000;
/** Raise when the generator changes, so that older seeds are replaced. */
const SAMPLE_VERSION = 2;
/** Uploads at a time: enough to keep a loopback server busy without holding all files as request bodies. */
const CONCURRENCY = 4;

/** The SDK hands these on to its requests, although its own type does not name them. */
type Trusting = StoragePipelineOptions & { tlsOptions: { ca: string | undefined } };

/** Written last, so a seed that was cut off is done again. */
const MARKER = `${SAMPLE_FOLDER}/seed.json`;

const readMarker = async (container: ContainerClient): Promise<string | undefined> => {
  try {
    return (await container.getBlockBlobClient(MARKER).downloadToBuffer()).toString('utf8');
  } catch (error) {
    if (error instanceof Error && 'statusCode' in error && error.statusCode === 404) return undefined;
    throw error;
  }
};

const upload = async (container: ContainerClient, path: string, text: string, contentType: string): Promise<void> => {
  const body = Buffer.from(text, 'utf8');
  await container
    .getBlockBlobClient(path)
    .upload(body, body.length, { blobHTTPHeaders: { blobContentType: contentType } });
};

/**
 * Writes the sample that the demo shows: container `customerinsights` with audience-insights output, and an empty
 * container `exports`. Deterministic; when the same sample is already there it only looks at a marker.
 * @param options.customers rows of the entity Customer, default 20,000.
 * @throws RestError when the target refuses.
 */
export const seedSampleLake = async (
  target: SampleTarget,
  options: { customers?: number } = {},
): Promise<SampleLake> => {
  const customers = options.customers ?? DEFAULT_CUSTOMERS;
  const credential = new StorageSharedKeyCredential(target.account, target.key);
  const trusting: Trusting = { tlsOptions: { ca: target.ca } };
  const service = new BlobServiceClient(target.endpoint, credential, trusting);
  const container = service.getContainerClient(CONTAINER);
  // model.json names its partitions by URL, so a lake that moved to another endpoint is written anew.
  const marker = JSON.stringify({ version: SAMPLE_VERSION, customers, endpoint: target.endpoint });
  const result: SampleLake = { container: CONTAINER, folder: SAMPLE_FOLDER, exportsContainer: EXPORTS };
  const [existing] = await Promise.all([
    readMarker(container),
    service.getContainerClient(EXPORTS).createIfNotExists(),
  ]);
  if (existing === marker) return result;
  await container.createIfNotExists();
  const files = makeSampleLake(customers, (path) => encodeURI(`${target.endpoint}/${CONTAINER}/${path}`));
  const queue = files.values();
  const work = async (): Promise<void> => {
    for (const { path, text, contentType } of queue) await upload(container, path, text, contentType);
  };
  await Promise.all(Array.from({ length: CONCURRENCY }, work));
  await upload(container, MARKER, marker, 'application/json');
  return result;
};
