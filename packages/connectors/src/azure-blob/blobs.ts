import { type BlobGetPropertiesResponse, type BlobItem, BlobServiceClient } from '@azure/storage-blob';
import { orMeaning, type StorageAnswer, saysMissingPath } from '../shared-azure-storage/answers.ts';
import { isFolderMark } from '../shared-azure-storage/folder-mark.ts';
import type { StoragePlace } from '../shared-azure-storage/storage-place.ts';
import type { StoreRequests } from '../shared-azure-storage/transfer/requests.ts';

/** A blob as a look at it shows it. */
export type SeenBlob = {
  etag: string;
  isFolder: boolean;
  metadata: Record<string, string>;
  /** By a lease without an end, which is never one of ours. */
  isHeldForEver: boolean;
  /** How far storage is with the copy that made it. */
  copy: { id: string | undefined; status: 'pending' | 'success' | 'failed' | 'aborted' | undefined };
};

export type ListedBlob = {
  path: string;
  isFolder: boolean;
  bytes: number;
  modifiedAt: string;
  metadata: Record<string, string>;
};

/** What came of the wish to hold a blob. */
export type Held = 'held' | 'gone' | 'changed' | 'heldByOther';

/** Single requests about blobs, from the top of the container. What an answer means that is no failure is a word. */
export type Blobs = {
  endpoint: string;
  look(path: string, signal: AbortSignal): Promise<SeenBlob | undefined>;
  /** Keeps everybody else from changing a blob for a while; holding it again with the same lease begins the while anew. */
  hold(path: string, held: { lease: string; seconds: number; etag?: string }, signal: AbortSignal): Promise<Held>;
  release(path: string, lease: string, signal: AbortSignal): Promise<void>;
  /** `target` is the ETag of what it may take the place of; it has no place where something is when that is absent. */
  copy(
    from: string,
    to: string,
    given: { etag: string; metadata: Record<string, string>; target?: string },
    signal: AbortSignal,
  ): Promise<{ etag: string; isPending: boolean } | 'taken' | 'changed' | 'gone'>;
  /** Sets the metadata of one version of a blob; the new version's ETag, or undefined when it is another by now. */
  mark(path: string, metadata: Record<string, string>, etag: string, signal: AbortSignal): Promise<string | undefined>;
  abortCopy(path: string, id: string, signal: AbortSignal): Promise<void>;
  /** Makes a blob where there is none; false when there is one. */
  make(path: string, made: { text?: string; metadata?: Record<string, string> }, signal: AbortSignal): Promise<boolean>;
  /**
   * Removes a blob, or only one version of it, or only while it is held by a lease. Who minds to be told `gone` of what the first of two
   * tries has removed does not let it be repeated.
   */
  remove(
    path: string,
    removed: { lease?: string; etag?: string; mayRepeat?: true },
    signal: AbortSignal,
  ): Promise<'removed' | 'gone' | 'changed'>;
  /** Every blob whose name begins so, page by page. */
  beginningWith(prefix: string, signal: AbortSignal): AsyncGenerator<ListedBlob>;
  /** Whether there is a blob, or a folder that is a part of names. */
  exists(path: string, signal: AbortSignal): Promise<boolean>;
  isFolder(path: string, signal: AbortSignal): Promise<boolean>;
};

const whenMissing =
  <Word>(word: Word) =>
  (answer: StorageAnswer): Word | undefined =>
    saysMissingPath(answer) ? word : undefined;

/** Whether a condition on a target that must not exist failed; Azure and its emulators have several ways to say so. */
const saysTaken = ({ status, errorCode }: StorageAnswer): boolean =>
  ['BlobAlreadyExists', 'OperationNotSupportedOnDirectory', 'ResourceTypeMismatch'].includes(errorCode) ||
  (status === 412 && ['ConditionNotMet', 'TargetConditionNotMet'].includes(errorCode));

const refusalOfHold = (answer: StorageAnswer): Held | undefined => {
  if (saysMissingPath(answer)) return 'gone';
  if (answer.errorCode === 'LeaseAlreadyPresent') return 'heldByOther';
  return answer.errorCode === 'ConditionNotMet' ? 'changed' : undefined;
};

const refusalOfCopy = (answer: StorageAnswer): 'taken' | 'changed' | 'gone' | undefined => {
  // Emulators have one code for the conditions of both ends.
  if (saysTaken(answer)) return 'taken';
  if (answer.errorCode === 'SourceConditionNotMet') return 'changed';
  const isSourceGone = answer.status === 404 && answer.errorCode === 'CannotVerifyCopySource';
  return isSourceGone || saysMissingPath(answer) ? 'gone' : undefined;
};

/** The lease that was named has ended, or is another's; or the version is another. */
const changedCodes = [
  'ConditionNotMet',
  'LeaseLost',
  'LeaseNotPresentWithBlobOperation',
  'LeaseIdMismatchWithBlobOperation',
];

const refusalOfRemoval = (answer: StorageAnswer): 'gone' | 'changed' | undefined => {
  if (saysMissingPath(answer)) return 'gone';
  return changedCodes.includes(answer.errorCode) ? 'changed' : undefined;
};

const seenBlob = (found: BlobGetPropertiesResponse): SeenBlob => ({
  etag: found.etag ?? '',
  isFolder: isFolderMark(found.metadata),
  metadata: found.metadata ?? {},
  isHeldForEver: found.leaseDuration === 'infinite',
  copy: { id: found.copyId, status: found.copyStatus },
});

const listedBlob = ({ name, properties, metadata = {} }: BlobItem): ListedBlob => ({
  path: name,
  isFolder: isFolderMark(metadata),
  bytes: properties.contentLength ?? 0,
  modifiedAt: properties.lastModified.toISOString(),
  metadata,
});

export const openBlobs = (place: StoragePlace, requests: StoreRequests, pageSize: number): Blobs => {
  const endpoint = place.endpoints.blob;
  const service = new BlobServiceClient(`${endpoint}${place.query}`, place.credential, requests.http.options);
  const container = service.getContainerClient(place.container);
  const aboutFile = (path: string) => ({ endpoint, path, missing: 'fileMissing' }) as const;

  async function* beginningWith(prefix: string, signal: AbortSignal, size = pageSize): AsyncGenerator<ListedBlob> {
    const about = { endpoint, path: prefix, missing: 'containerMissing', needs: ['list'], mayRepeat: true } as const;
    let next: string | undefined;
    do {
      const page = await requests.send(about, signal, async (abortSignal) => {
        const pages = container
          .listBlobsFlat({ prefix, includeMetadata: true, abortSignal })
          .byPage({ maxPageSize: size, continuationToken: next });
        return (await pages.next()).value;
      });
      yield* (page?.segment.blobItems ?? []).map(listedBlob);
      next = page?.continuationToken || undefined;
    } while (next !== undefined);
  }

  const look: Blobs['look'] = async (path, signal) => {
    const about = { ...aboutFile(path), needs: ['read'], mayRepeat: true } as const;
    return requests.send(about, signal, async (abortSignal) => {
      const looking = container.getBlobClient(path).getProperties({ abortSignal });
      const found = await orMeaning(looking.then(seenBlob), whenMissing('none' as const));
      return found === 'none' ? undefined : found;
    });
  };

  const hasBelow = async (folder: string, signal: AbortSignal): Promise<boolean> => {
    for await (const _ of beginningWith(`${folder}/`, signal, 1)) return true;
    return false;
  };

  return {
    endpoint,
    look,
    beginningWith,
    exists: async (path, signal) => (await look(path, signal)) !== undefined || hasBelow(path, signal),
    isFolder: async (path, signal) => (await look(path, signal))?.isFolder === true || hasBelow(path, signal),
    async hold(path, { lease, seconds, etag }, signal) {
      const about = { ...aboutFile(path), needs: ['write'], mayRepeat: true } as const;
      return requests.send(about, signal, (abortSignal) => {
        const options = { abortSignal, conditions: { ifMatch: etag } };
        const holding = container.getBlobClient(path).getBlobLeaseClient(lease).acquireLease(seconds, options);
        return orMeaning(
          holding.then(() => 'held' as const),
          refusalOfHold,
        );
      });
    },
    async release(path, lease, signal) {
      const about = { ...aboutFile(path), needs: ['write'] } as const;
      await requests.send(about, signal, (abortSignal) =>
        container.getBlobClient(path).getBlobLeaseClient(lease).releaseLease({ abortSignal }),
      );
    },
    async copy(from, to, { etag, metadata, target }, signal) {
      const about = { ...aboutFile(to), needs: ['read', 'write'], mayRepeat: true } as const;
      return requests.send(about, signal, async (abortSignal) => {
        // With a SAS the source's URL has it too; with a key, the request is signed for both.
        const copying = container.getBlobClient(to).beginCopyFromURL(container.getBlobClient(from).url, {
          abortSignal,
          metadata,
          sourceConditions: { ifMatch: etag },
          conditions: target === undefined ? { ifNoneMatch: '*' } : { ifMatch: target },
        });
        const begun = await orMeaning(copying, refusalOfCopy);
        if (typeof begun === 'string') return begun;
        const { isCompleted, result } = begun.getOperationState();
        return { etag: result?.etag ?? '', isPending: isCompleted !== true };
      });
    },
    async mark(path, metadata, etag, signal) {
      const about = { ...aboutFile(path), needs: ['write'] } as const;
      return requests.send(about, signal, (abortSignal) => {
        const marking = container
          .getBlobClient(path)
          .setMetadata(metadata, { abortSignal, conditions: { ifMatch: etag } });
        return orMeaning(
          marking.then((marked) => marked.etag),
          (answer) => (saysMissingPath(answer) || answer.errorCode === 'ConditionNotMet' ? '' : undefined),
        ).then((marked) => marked || undefined);
      });
    },
    async abortCopy(path, id, signal) {
      const about = { ...aboutFile(path), needs: ['write'] } as const;
      await requests.send(about, signal, (abortSignal) =>
        container.getBlobClient(path).abortCopyFromURL(id, { abortSignal }),
      );
    },
    async make(path, { text = '', metadata }, signal) {
      const about = { endpoint, path, missing: 'containerMissing', needs: ['write'] } as const;
      return requests.send(about, signal, (abortSignal) => {
        const options = { abortSignal, metadata, conditions: { ifNoneMatch: '*' } };
        const making = container.getBlockBlobClient(path).upload(text, Buffer.byteLength(text), options);
        return orMeaning(
          making.then(() => true),
          (answer) => (saysTaken(answer) ? false : undefined),
        );
      });
    },
    async remove(path, { lease, etag, mayRepeat }, signal) {
      const about = { ...aboutFile(path), needs: ['delete'], mayRepeat } as const;
      return requests.send(about, signal, (abortSignal) => {
        const conditions = { leaseId: lease, ifMatch: etag };
        const removing = container.getBlobClient(path).delete({ abortSignal, conditions, deleteSnapshots: 'include' });
        return orMeaning(
          removing.then(() => 'removed' as const),
          refusalOfRemoval,
        );
      });
    },
  };
};
