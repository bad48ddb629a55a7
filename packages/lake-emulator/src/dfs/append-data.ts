import { createHash, type Hash, randomUUID } from 'node:crypto';
import { type Readable, Transform } from 'node:stream';
import { requirePermission } from '../auth/require-permission.ts';
import type { BlobDocument, BlockDocument, ExtentChunk } from '../azurite/azurite-types.ts';
import { touch } from '../azurite/documents.ts';
import { header, type LakeRequest, param } from '../lake-request.ts';
import { sendResult } from '../respond.ts';
import { storageError } from '../storage-error.ts';
import { requireWriteConditions } from './conditions.ts';
import { type DfsCall, placeOf, refuseUnsupportedHeaders, requireEmptyBody, requireFile } from './dfs-call.ts';
import { requireLease } from './leases.ts';
import { applyContentHeaders, versionHeaders } from './path-headers.ts';

/** An MD5 has 128 bits. */
const MD5_BYTES = 16;

const readPosition = (request: LakeRequest): number => {
  const text = param(request, 'position');
  if (text === undefined) throw storageError('MissingRequiredQueryParameter', { message: 'position is mandatory.' });
  const position = Number(text);
  if (!Number.isSafeInteger(position) || position < 0) {
    throw storageError('InvalidQueryParameterValue', { message: 'position must be a whole number of at least 0.' });
  }
  return position;
};

/** The body, with its MD5 taken while it passes when the client named one. */
const measured = ({ message }: DfsCall, hash: Hash | undefined): Readable => {
  if (!hash) return message;
  const tap = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      hash.update(chunk);
      done(null, chunk);
    },
  });
  message.once('error', (error) => tap.destroy(error));
  return message.pipe(tap);
};

/** Streams the body into the extent store. */
const storeBody = async (call: DfsCall): Promise<ExtentChunk> => {
  const expected = header(call.request, 'content-md5');
  if (expected !== undefined && Buffer.from(expected, 'base64').length !== MD5_BYTES) throw storageError('InvalidMd5');
  const hash = expected === undefined ? undefined : createHash('md5');
  const stored = await call.extents.appendExtent(measured(call, hash), call.request.id);
  const length = header(call.request, 'content-length');
  if (!call.message.complete || (length !== undefined && stored.count !== Number(length))) {
    throw storageError('InvalidInput', { message: 'The request body ended before Content-Length was reached.' });
  }
  if (hash && hash.digest('base64') !== expected) throw storageError('Md5Mismatch');
  return stored;
};

/** Unflushed data of a file by position. */
const pendingOf = ({ store, request }: DfsCall): BlockDocument[] =>
  store.blocks
    .find({ blobName: request.path, accountName: request.account, containerName: request.container })
    .filter((block) => block.dfsPosition !== undefined)
    .sort((a, b) => (a.dfsPosition ?? 0) - (b.dfsPosition ?? 0));

const requireMayWrite = (call: DfsCall, file: BlobDocument): void => {
  requireLease(file, header(call.request, 'x-ms-lease-id'), call.request.receivedAt);
};

/** Path - Update, `action=append`: keeps the body for a later flush; readers do not see it before that. */
export const appendData = async (call: DfsCall): Promise<void> => {
  const { request, store, access } = call;
  requirePermission(access, { ...placeOf(call), resourceType: 'o', anyOf: 'w' });
  refuseUnsupportedHeaders(request);
  const position = readPosition(request);
  requireMayWrite(call, requireFile(call));
  const stored = await storeBody(call);
  const flushed = await store.exclusive(() => {
    const file = requireFile(call);
    requireMayWrite(call, file);
    if (position < (file.properties.contentLength ?? 0)) throw storageError('InvalidFlushPosition');
    for (const block of pendingOf(call)) if (block.dfsPosition === position) store.blocks.remove(block);
    store.blocks.insert({
      accountName: request.account,
      containerName: request.container,
      blobName: request.path,
      name: Buffer.from(randomUUID()).toString('base64'),
      size: stored.count,
      isCommitted: false,
      persistency: stored,
      dfsPosition: position,
    });
    return param(request, 'flush') === 'true' ? commit(call, file, position + stored.count, false) : undefined;
  });
  sendResult(call.response, request, 202, {
    ...(flushed && versionHeaders(flushed)),
    'Content-MD5': header(request, 'content-md5'),
    'x-ms-request-server-encrypted': 'true',
  });
};

/** The pending blocks that continue the file without a gap exactly up to the position. */
const contiguousUpTo = (pending: readonly BlockDocument[], length: number, position: number): BlockDocument[] => {
  const taken: BlockDocument[] = [];
  let end = length;
  for (const block of pending) {
    if (end === position) break;
    if (block.dfsPosition !== end) throw storageError('InvalidFlushPosition');
    const size = Math.min(block.size, position - end);
    taken.push({ ...block, size, isCommitted: true, persistency: { ...block.persistency, count: size } });
    end += size;
  }
  if (end !== position) throw storageError('InvalidFlushPosition');
  return taken;
};

/** What a file holds already, as blocks, whether it was written through DFS or Blob. */
const committedBlocks = (file: BlobDocument): BlockDocument[] => {
  if (file.committedBlocksInOrder?.length) return file.committedBlocksInOrder;
  if (!file.persistency || !file.properties.contentLength) return [];
  return [
    {
      accountName: file.accountName,
      containerName: file.containerName,
      blobName: file.name,
      name: Buffer.from(randomUUID()).toString('base64'),
      size: file.persistency.count,
      isCommitted: true,
      persistency: file.persistency,
    },
  ];
};

const commit = (call: DfsCall, file: BlobDocument, position: number, keepsRest: boolean): BlobDocument => {
  const { store, request } = call;
  const pending = pendingOf(call);
  const length = file.properties.contentLength ?? 0;
  if (position < length) throw storageError('InvalidFlushPosition');
  const taken = contiguousUpTo(pending, length, position).map(({ $loki, dfsPosition, ...block }) => block);
  for (const block of pending) {
    if (!keepsRest || (block.dfsPosition ?? 0) < position) store.blocks.remove(block);
  }
  if (taken.length > 0) {
    file.committedBlocksInOrder = [...committedBlocks(file), ...taken];
    file.persistency = undefined;
    file.properties.contentLength = position;
    file.properties.contentMD5 = undefined;
  }
  applyContentHeaders(request, file);
  touch(file);
  return store.blobs.update(file);
};

/** Path - Update, `action=flush`: makes appended data part of the file; `position` is the file's new length. */
export const flushData = async (call: DfsCall): Promise<void> => {
  const { request, store, access } = call;
  requirePermission(access, { ...placeOf(call), resourceType: 'o', anyOf: 'w' });
  refuseUnsupportedHeaders(request);
  requireEmptyBody(request);
  const position = readPosition(request);
  const flushed = await store.exclusive(() => {
    const file = requireFile(call);
    requireWriteConditions(request, file);
    requireMayWrite(call, file);
    return commit(call, file, position, param(request, 'retainuncommitteddata') === 'true');
  });
  sendResult(call.response, request, 200, { ...versionHeaders(flushed), 'x-ms-request-server-encrypted': 'true' });
};
