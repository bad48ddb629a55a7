/**
 * The parts of Azurite that this package builds on. Azurite ships no type declarations, so the shapes used are written
 * down here; the dependency is pinned to the exact version they were read from.
 */

/** Where a run of bytes lies in the extent store. */
export type ExtentChunk = { id: string; offset: number; count: number };

/** What Azurite hands through its layers; only these two members are needed to call the store. */
export type StoreContext = { contextId: string; startTime: Date };

export type LeaseFields = {
  leaseId?: string;
  leaseDurationSeconds?: number;
  leaseExpireTime?: Date;
  leaseBreakTime?: Date;
};

export type BlobProperties = {
  creationTime?: Date;
  lastModified: Date;
  etag: string;
  contentLength?: number;
  contentType?: string;
  contentEncoding?: string;
  contentLanguage?: string;
  contentDisposition?: string;
  contentMD5?: Uint8Array;
  cacheControl?: string;
  blobType: 'BlockBlob' | 'PageBlob' | 'AppendBlob';
  leaseStatus?: 'locked' | 'unlocked';
  leaseState?: 'available' | 'leased' | 'expired' | 'breaking' | 'broken';
  leaseDuration?: 'infinite' | 'fixed';
  serverEncrypted?: boolean;
  accessTier?: string;
  accessTierInferred?: boolean;
  accessTierChangeTime?: Date;
};

/** A block of a block blob; `dfsPosition` is set on data appended through DFS and not flushed yet. */
export type BlockDocument = {
  $loki?: number;
  accountName: string;
  containerName: string;
  blobName: string;
  /** base64 block id */
  name: string;
  size: number;
  isCommitted: boolean;
  persistency: ExtentChunk;
  dfsPosition?: number;
};

/** POSIX attributes of a path; absent means the defaults. */
export type PathAccess = { owner?: string; group?: string; acl?: string };

export type BlobDocument = LeaseFields & {
  $loki?: number;
  accountName: string;
  containerName: string;
  name: string;
  /** Empty for the base blob. */
  snapshot: string;
  deleted: boolean;
  isCommitted: boolean;
  properties: BlobProperties;
  metadata?: Record<string, string>;
  persistency?: ExtentChunk;
  committedBlocksInOrder?: BlockDocument[];
  /** Written by this package only. */
  pathAccess?: PathAccess;
  /** Made by Path - Create, so its blocks are not Blob's. Written by this package only. */
  isMadeByPath?: true;
};

export type ContainerDocument = LeaseFields & {
  $loki?: number;
  accountName: string;
  name: string;
  metadata?: Record<string, string>;
  containerAcl?: { id: string; accessPolicy?: { permission?: string; start?: string; expiry?: string } }[];
  properties: {
    etag: string;
    lastModified: Date;
    leaseStatus: 'locked' | 'unlocked';
    leaseState: string;
    publicAccess?: string;
    hasImmutabilityPolicy: boolean;
    hasLegalHold: boolean;
  };
  /** POSIX attributes of the root directory. */
  pathAccess?: PathAccess;
};

export type Collection<T> = {
  find(query: object): T[];
  findOne(query: object): T | null;
  insert(document: T): T;
  update(document: T): T;
  remove(document: T): void;
  removeWhere(matches: (document: T) => boolean): void;
  findAndRemove(query: object): void;
  data: T[];
};

type LeaseConditions = { leaseId?: string } | undefined;
type AccessConditions = object | undefined;
export type BlobAddress = { account: string; container: string; blob: string; snapshot?: string };

/** LokiBlobMetadataStore: Azurite's index of containers, blobs and blocks (file content lies in the extent store). */
export type MetadataStore = {
  db: { getCollection(name: string): Collection<never> };
  init(): Promise<void>;
  close(): Promise<void>;
  isClosed(): boolean;
  createContainer(context: StoreContext, container: ContainerDocument): Promise<ContainerDocument>;
  deleteContainer(context: StoreContext, account: string, container: string, options?: object): Promise<void>;
  listContainers(
    context: StoreContext,
    account: string,
    prefix: string,
    maxResults: number,
    marker: string,
  ): Promise<[ContainerDocument[], string | undefined]>;
  listBlobs(
    context: StoreContext,
    account: string,
    container: string,
    delimiter?: string,
    blob?: string,
    prefix?: string,
    maxResults?: number,
    marker?: string,
    includeSnapshots?: boolean,
    includeUncommitted?: boolean,
  ): Promise<[BlobDocument[], { name: string }[], string | undefined]>;
  createBlob(
    context: StoreContext,
    blob: BlobDocument,
    lease?: LeaseConditions,
    conditions?: AccessConditions,
  ): Promise<BlobDocument>;
  stageBlock(context: StoreContext, block: BlockDocument, lease?: LeaseConditions): Promise<void>;
  commitBlockList(
    context: StoreContext,
    blob: BlobDocument,
    blocks: { blockName: string; blockCommitType: string }[],
    lease?: LeaseConditions,
    conditions?: AccessConditions,
  ): Promise<void>;
  deleteBlob(
    context: StoreContext,
    account: string,
    container: string,
    blob: string,
    options: { snapshot?: string },
  ): Promise<void>;
  startCopyFromURL(
    context: StoreContext,
    source: BlobAddress,
    destination: BlobAddress,
    ...rest: unknown[]
  ): Promise<unknown>;
  copyFromURL(
    context: StoreContext,
    source: BlobAddress,
    destination: BlobAddress,
    ...rest: unknown[]
  ): Promise<unknown>;
  createSnapshot(
    context: StoreContext,
    account: string,
    container: string,
    blob: string,
    ...rest: unknown[]
  ): Promise<unknown>;
  setTier(
    context: StoreContext,
    account: string,
    container: string,
    blob: string,
    ...rest: unknown[]
  ): Promise<unknown>;
};

export type MetadataStoreClass = new (path: string, isInMemory: boolean) => MetadataStore;

/** The store of file content: append-only extents in memory or in files. */
export type ExtentStore = {
  init(): Promise<void>;
  close(): Promise<void>;
  clean(): Promise<void>;
  appendExtent(data: NodeJS.ReadableStream | Buffer, contextId?: string): Promise<ExtentChunk>;
  readExtents(chunks: ExtentChunk[], offset: number, count: number, contextId?: string): Promise<NodeJS.ReadableStream>;
};
