import { parts } from './azurite-parts.ts';
import type { BlobDocument } from './azurite-types.ts';

type Place = { account: string; container: string; path: string };

const newBlob = (place: Place): BlobDocument => {
  const now = new Date();
  return {
    accountName: place.account,
    containerName: place.container,
    name: place.path,
    snapshot: '',
    deleted: false,
    isCommitted: true,
    committedBlocksInOrder: [],
    properties: {
      creationTime: now,
      lastModified: now,
      etag: parts.newEtag(),
      contentLength: 0,
      contentType: 'application/octet-stream',
      blobType: 'BlockBlob',
      leaseStatus: 'unlocked',
      leaseState: 'available',
      serverEncrypted: true,
      accessTier: 'Hot',
      accessTierInferred: true,
      accessTierChangeTime: now,
    },
  };
};

/** An empty file. */
export const newFile = (place: Place): BlobDocument => newBlob(place);

/** A directory: an empty blob that carries the mark which tools of both protocols know. */
export const newDirectory = (place: Place): BlobDocument => ({ ...newBlob(place), metadata: { hdi_isfolder: 'true' } });

/** Marks a document as changed now. */
export const touch = (blob: { properties: { etag: string; lastModified: Date } }): void => {
  blob.properties.etag = parts.newEtag();
  blob.properties.lastModified = new Date();
};
