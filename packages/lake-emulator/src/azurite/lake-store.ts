import { StorageError, storageError } from '../storage-error.ts';
import { parts } from './azurite-parts.ts';
import type {
  BlobAddress,
  BlobDocument,
  BlockDocument,
  Collection,
  ContainerDocument,
  StoreContext,
} from './azurite-types.ts';
import { asTargetCondition, type CopyOptions, requireCopySource } from './copy-conditions.ts';
import { newDirectory } from './documents.ts';
import { reviveDocument } from './revive.ts';

/** Metadata that marks a blob as a directory, on Azure and here. */
export const DIRECTORY_MARK = 'hdi_isfolder';

/** True for a path that is a directory: on a hierarchical account always such a marked blob. */
export const isDirectory = (blob: Pick<BlobDocument, 'metadata'>): boolean =>
  Object.entries(blob.metadata ?? {}).some(
    ([name, value]) => name.toLowerCase() === DIRECTORY_MARK && value.toLowerCase() === 'true',
  );

/** The directory above, `''` for the root. */
export const parentOf = (path: string): string => path.slice(0, Math.max(0, path.lastIndexOf('/')));

/** A place in an account. */
export type Place = { account: string; container: string; path: string };

type Call<M extends 'createBlob' | 'stageBlock' | 'commitBlockList' | 'createSnapshot' | 'setTier'> = Parameters<
  LakeStoreBase[M]
>;
type LakeStoreBase = InstanceType<typeof parts.LokiBlobMetadataStore>;

/**
 * Azurite's metadata store, taught directories. All changes to the tree pass one gate, so each operation, a rename of
 * a whole directory too, is seen by readers entirely or not at all.
 */
export class LakeStore extends parts.LokiBlobMetadataStore {
  readonly #isHierarchical: (account: string) => boolean;
  #gate: Promise<unknown> = Promise.resolve();

  constructor(file: string, isInMemory: boolean, isHierarchical: (account: string) => boolean) {
    super(file, isInMemory);
    this.#isHierarchical = isHierarchical;
  }

  override async init(): Promise<void> {
    await super.init();
    for (const blob of this.blobs.data) reviveDocument(blob);
    for (const container of this.containers.data) reviveDocument(container);
  }

  /** Runs the work when all earlier work in the gate is done. Keep it free of waiting for the network. */
  exclusive<T>(work: () => T | Promise<T>): Promise<T> {
    const turn = this.#gate.then(work);
    this.#gate = turn.catch(() => undefined);
    return turn;
  }

  get blobs(): Collection<BlobDocument> {
    return this.db.getCollection('$BLOBS_COLLECTION$') as unknown as Collection<BlobDocument>;
  }

  get blocks(): Collection<BlockDocument> {
    return this.db.getCollection('$BLOCKS_COLLECTION$') as unknown as Collection<BlockDocument>;
  }

  get containers(): Collection<ContainerDocument> {
    return this.db.getCollection('$CONTAINERS_COLLECTION$') as unknown as Collection<ContainerDocument>;
  }

  findContainer(account: string, container: string): ContainerDocument | undefined {
    return this.containers.findOne({ name: container, accountName: account }) ?? undefined;
  }

  /** The committed file or directory at that place. */
  findPath({ account, container, path }: Place): BlobDocument | undefined {
    const found = this.blobs.findOne({ name: path, accountName: account, containerName: container, snapshot: '' });
    return found?.isCommitted ? found : undefined;
  }

  /** Everything below a directory, at any depth, unordered. `''` is the root. */
  findBelow({ account, container, path }: Place): BlobDocument[] {
    const prefix = path === '' ? '' : `${path}/`;
    return this.blobs
      .find({ containerName: container, accountName: account })
      .filter((blob) => blob.snapshot === '' && blob.isCommitted && blob.name.startsWith(prefix));
  }

  /** Makes the directories above a path on a hierarchical account. Throws `PathConflict` when a file is in the way. */
  ensureParents(place: Place): void {
    const path = parentOf(place.path);
    if (path === '' || !this.#isHierarchical(place.account)) return;
    const existing = this.findPath({ ...place, path });
    if (existing && isDirectory(existing)) return;
    if (existing) throw storageError('PathConflict');
    this.ensureParents({ ...place, path });
    this.removePath({ ...place, path });
    this.blobs.insert(newDirectory({ ...place, path }));
  }

  /** Removes a path with its snapshots and unflushed data, nothing below it. Looks first: a removal sorts the index anew, even of nothing. */
  removePath({ account, container, path }: Place): void {
    const blob = { name: path, accountName: account, containerName: container };
    if (this.blobs.findOne(blob)) this.blobs.findAndRemove(blob);
    const block = { blobName: path, accountName: account, containerName: container };
    if (this.blocks.findOne(block)) this.blocks.findAndRemove(block);
  }

  /** Removes many paths as `removePath` does one, in a single pass: each removal alone would sort the index anew. */
  removePaths({ account, container }: Omit<Place, 'path'>, paths: ReadonlySet<string>): void {
    const isHere = (one: { accountName: string; containerName: string }) =>
      one.accountName === account && one.containerName === container;
    this.blobs.removeWhere((blob) => isHere(blob) && paths.has(blob.name));
    this.blocks.removeWhere((block) => isHere(block) && paths.has(block.blobName));
  }

  /** Gives a path and everything below it, or `only` some of that, a new name in one synchronous step; what was at the new name must be gone. */
  movePath(from: Place, to: Place, only?: ReadonlySet<string>): void {
    const moved = (name: string): string | undefined => {
      if (only?.has(name) === false) return undefined;
      if (name === from.path) return to.path;
      return name.startsWith(`${from.path}/`) ? `${to.path}${name.slice(from.path.length)}` : undefined;
    };
    for (const blob of this.blobs.find({ containerName: from.container, accountName: from.account })) {
      const name = moved(blob.name);
      if (name !== undefined) this.blobs.update(Object.assign(blob, { containerName: to.container, name }));
    }
    for (const block of this.blocks.find({ containerName: from.container, accountName: from.account })) {
      const blobName = moved(block.blobName);
      if (blobName !== undefined) this.blocks.update(Object.assign(block, { containerName: to.container, blobName }));
    }
  }

  /** The gate for Azurite's callers, who render only Azurite's own errors. */
  async #forBlob<T>(context: StoreContext, work: () => T | Promise<T>): Promise<T> {
    try {
      return await this.exclusive(work);
    } catch (error) {
      if (!(error instanceof StorageError)) throw error;
      throw new parts.StorageError(error.status, error.code, error.message, context.contextId);
    }
  }

  override createBlob(...call: Call<'createBlob'>): ReturnType<LakeStoreBase['createBlob']> {
    const [context, blob] = call;
    return this.#forBlob(context, () => {
      if (blob.snapshot === '') this.#prepareWrite(blob.accountName, blob.containerName, blob.name, isDirectory(blob));
      return super.createBlob(...call);
    });
  }

  override stageBlock(...call: Call<'stageBlock'>): Promise<void> {
    const [context, block] = call;
    return this.#forBlob(context, () => {
      this.#refuseBlocks({ account: block.accountName, container: block.containerName, path: block.blobName });
      return super.stageBlock(...call);
    });
  }

  override commitBlockList(...call: Call<'commitBlockList'>): Promise<void> {
    const [context, blob] = call;
    return this.#forBlob(context, () => {
      this.#prepareWrite(blob.accountName, blob.containerName, blob.name, isDirectory(blob));
      this.#refuseBlocks({ account: blob.accountName, container: blob.containerName, path: blob.name });
      return super.commitBlockList(...call);
    });
  }

  override startCopyFromURL(
    context: StoreContext,
    source: BlobAddress,
    target: BlobAddress,
    ...rest: unknown[]
  ): Promise<unknown> {
    return this.#forBlob(context, () => {
      this.#prepareCopy(source, target, rest.at(-1) as CopyOptions | undefined);
      return super.startCopyFromURL(context, source, target, ...rest).catch((error: unknown) => {
        throw asTargetCondition(error);
      });
    });
  }

  override copyFromURL(
    context: StoreContext,
    source: BlobAddress,
    target: BlobAddress,
    ...rest: unknown[]
  ): Promise<unknown> {
    return this.#forBlob(context, () => {
      this.#prepareCopy(source, target, rest.at(-1) as CopyOptions | undefined);
      return super.copyFromURL(context, source, target, ...rest).catch((error: unknown) => {
        throw asTargetCondition(error);
      });
    });
  }

  override createSnapshot(...call: Call<'createSnapshot'>): Promise<unknown> {
    const [context, account, container, path] = call;
    return this.#forBlob(context, () => {
      this.#refuseDirectory({ account, container, path });
      return super.createSnapshot(...call);
    });
  }

  override setTier(...call: Call<'setTier'>): Promise<unknown> {
    const [context, account, container, path] = call;
    return this.#forBlob(context, () => {
      this.#refuseDirectory({ account, container, path });
      return super.setTier(...call);
    });
  }

  override deleteBlob(
    context: StoreContext,
    account: string,
    container: string,
    path: string,
    options: { snapshot?: string },
  ): Promise<void> {
    return this.#forBlob(context, () => {
      const isBase = !options.snapshot;
      if (isBase && this.#isHierarchical(account) && this.findBelow({ account, container, path }).length > 0) {
        throw storageError('DirectoryIsNotEmpty');
      }
      return super.deleteBlob(context, account, container, path, options);
    });
  }

  override listBlobs(...call: Parameters<LakeStoreBase['listBlobs']>): ReturnType<LakeStoreBase['listBlobs']> {
    const [context, account, container, delimiter, blob, prefix = '', maxResults = 5000, marker = '', ...rest] = call;
    return this.#forBlob(context, () => {
      if (delimiter !== '/' || !this.#isHierarchical(account)) return super.listBlobs(...call);
      return this.#listLevel(
        () =>
          super.listBlobs(context, account, container, undefined, blob, prefix, Number.MAX_SAFE_INTEGER, '', ...rest),
        prefix,
        maxResults,
        marker,
      );
    });
  }

  /** One level of the tree as Azure lists it on a hierarchical account: every directory is a prefix, never a blob. */
  async #listLevel(
    listAll: () => ReturnType<LakeStoreBase['listBlobs']>,
    prefix: string,
    maxResults: number,
    marker: string,
  ): ReturnType<LakeStoreBase['listBlobs']> {
    const [all] = await listAll();
    const level = new Map<string, BlobDocument | undefined>();
    for (const blob of all) {
      const slash = blob.name.indexOf('/', prefix.length);
      if (slash >= 0) level.set(blob.name.slice(0, slash + 1), undefined);
      else if (isDirectory(blob)) level.set(`${blob.name}/`, undefined);
      else level.set(`${blob.name}${blob.snapshot ? `\u0000${blob.snapshot}` : ''}`, blob);
    }
    const names = [...level.keys()].filter((name) => name > marker).sort((a, b) => (a < b ? -1 : 1));
    const page = names.slice(0, maxResults);
    const blobs = page.flatMap((name) => level.get(name) ?? []);
    const prefixes = page.filter((name) => level.get(name) === undefined).map((name) => ({ name }));
    return [blobs, prefixes, names.length > page.length ? page.at(-1) : undefined];
  }

  #refuseDirectory(place: Place): void {
    if (!this.#isHierarchical(place.account)) return;
    const existing = this.findPath(place);
    if (existing && isDirectory(existing)) throw storageError('OperationNotSupportedOnDirectory');
  }

  /** A file that Path - Create has made is Data Lake's: Blob can put another in its place, but not in blocks. */
  #refuseBlocks(place: Place): void {
    this.#refuseDirectory(place);
    if (this.findPath(place)?.isMadeByPath) throw storageError('BlobOperationNotSupported');
  }

  #prepareCopy(source: BlobAddress, target: BlobAddress, options: CopyOptions | undefined): void {
    const from = { account: source.account, container: source.container, path: source.blob };
    this.#refuseDirectory(from);
    if (!source.snapshot) requireCopySource(this.findPath(from), options);
    this.#prepareWrite(target.account, target.container, target.blob, false);
  }

  #prepareWrite(account: string, container: string, path: string, isForDirectory: boolean): void {
    if (!this.#isHierarchical(account) || !this.findContainer(account, container)) return;
    const place = { account, container, path };
    if (!isForDirectory) this.#refuseDirectory(place);
    this.ensureParents(place);
  }
}
