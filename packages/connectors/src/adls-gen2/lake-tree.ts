import { DataLakeServiceClient, type Path } from '@azure/storage-file-datalake';
import type { DestinationEntry, Moved } from '../connector.ts';
import { orMeaning, type StorageAnswer, saysMissingPath } from '../shared-azure-storage/answers.ts';
import type { OpenTree } from '../shared-azure-storage/destination/open-destination.ts';
import { factsOf } from '../shared-azure-storage/facts.ts';
import type { FindingCode } from '../shared-azure-storage/findings/findings.ts';
import { openAccount } from '../shared-azure-storage/storage-account.ts';
import { storeError } from '../shared-azure-storage/transfer/store-failure.ts';
import { encodedPath, lakeRequests } from './lake-requests.ts';

const entryOf = ({ name = '', isDirectory, contentLength, lastModified }: Path): DestinationEntry => ({
  path: name,
  isFolder: isDirectory === true,
  bytes: Number(contentLength ?? 0),
  modifiedAt: lastModified?.toISOString() ?? '',
});

const parentOf = (path: string): string => path.slice(0, Math.max(0, path.lastIndexOf('/')));

type SeenPath = { isFolder: boolean; etag: string | undefined; isLeased: boolean };

/** What a rename came to, beside what the caller of a move is told. */
type Renamed = Moved | 'parentMissing' | 'sourceChanged';

/** What storage's refusals of a rename mean. Whether one that may not replace did is refused as a conflict or as a condition. */
const refusalOf =
  (replaces: boolean) =>
  ({ status, errorCode }: StorageAnswer): Renamed | undefined => {
    if (errorCode === 'SourcePathNotFound') return 'gone';
    if (errorCode === 'RenameDestinationParentPathNotFound') return 'parentMissing';
    if (errorCode === 'SourceConditionNotMet') return 'sourceChanged';
    const isTaken = errorCode === 'PathAlreadyExists' || (status === 412 && errorCode === 'ConditionNotMet');
    return isTaken && !replaces ? 'taken' : undefined;
  };

/** A mover whose source was changed or whose target lost its folder meanwhile looks again, but not for ever. */
const maxTries = 5;

/** Files and real folders over the Data Lake endpoint. Storage gives a file or a folder another name in one step. */
export const openLakeTree: OpenTree = (place, requests, pageSize) => {
  const endpoint = place.endpoints.dfs;
  const service = new DataLakeServiceClient(`${endpoint}${place.query}`, place.credential, requests.http.options);
  const files = service.getFileSystemClient(place.container);
  const account = openAccount(place, requests.http.options);
  const ask = lakeRequests(place, requests.http.options);

  const failure = (code: FindingCode, path: string) => storeError(code, { ...factsOf(place, endpoint), path });

  const look = (path: string, signal: AbortSignal): Promise<SeenPath | undefined> => {
    const about = { endpoint, path, missing: 'fileMissing', needs: ['read'], mayRepeat: true } as const;
    return requests.send(about, signal, async (abortSignal) => {
      const looking = files.getFileClient(path).getSystemProperties({ abortSignal });
      const found = await orMeaning(looking, (answer) => (saysMissingPath(answer) ? ('none' as const) : undefined));
      if (found === 'none') return undefined;
      const { isDirectory, etag, leaseStatus } = found;
      return { isFolder: isDirectory === true, etag, isLeased: leaseStatus === 'locked' };
    });
  };

  const makeFolder = (path: string, signal: AbortSignal): Promise<unknown> => {
    const about = { endpoint, path, missing: 'containerMissing', needs: ['write'], mayRepeat: true } as const;
    return requests.send(about, signal, (abortSignal) =>
      files.getDirectoryClient(path).createIfNotExists({ abortSignal }),
    );
  };

  /** Not repeated when its answer is lost: the second try would find nothing to rename. */
  const rename = async (
    from: string,
    to: string,
    { etag, replaces }: { etag?: string; replaces: boolean },
    signal: AbortSignal,
  ): Promise<Renamed> => {
    const about = { endpoint, path: to, missing: 'fileMissing', needs: ['write', 'delete'] } as const;
    const headers = {
      'x-ms-rename-source': `/${place.container}/${encodedPath(from)}${place.query}`,
      ...(etag === undefined ? {} : { 'x-ms-source-if-match': etag }),
      ...(replaces ? {} : { 'if-none-match': '*' }),
    };
    let query = {};
    for (;;) {
      const answer = await requests.send({ ...about, refused: 'renameRefused' }, signal, (ending) =>
        orMeaning(ask('PUT', to, { query, headers, signal: ending }), refusalOf(replaces)),
      );
      if (typeof answer === 'string') return answer;
      if (answer.continuation === undefined) return 'moved';
      query = { continuation: answer.continuation };
    }
  };

  const move = async (
    from: string,
    to: string,
    { isFolder, replaces }: { isFolder: boolean; replaces: boolean },
    signal: AbortSignal,
  ): Promise<Moved> => {
    for (let tries = 1; ; tries += 1) {
      const source = await look(from, signal);
      if (source === undefined || source.isFolder !== isFolder) return 'gone';
      if (source.isLeased) throw failure('fileLeased', from);
      // Renaming would break the lease of what it replaces.
      if (replaces && (await look(to, signal))?.isLeased === true) throw failure('fileLeased', to);
      // The ETag keeps a folder that has come in the file's place from being moved.
      const outcome = await rename(from, to, { etag: isFolder ? undefined : source.etag, replaces }, signal);
      if (outcome !== 'parentMissing' && outcome !== 'sourceChanged') return outcome;
      if (tries === maxTries) throw failure('pathBusy', from);
      if (outcome === 'parentMissing') await makeFolder(parentOf(to), signal);
    }
  };

  /** Without a hierarchical namespace a folder is renamed name by name; the check refuses such an account where it may ask. */
  let isFlat: boolean | undefined;
  const requireFolders = async (signal: AbortSignal): Promise<void> => {
    const about = { endpoint: account.endpoint, path: '', missing: 'containerMissing', needs: ['read'] } as const;
    isFlat ??= await requests.send(about, signal, account.about).then(
      ({ isHierarchical }) => isHierarchical === false,
      () => undefined,
    );
    if (isFlat === true) throw failure('hierarchicalNamespaceOff', '');
  };

  const remove = async (path: string, isRecursive: boolean, signal: AbortSignal): Promise<void> => {
    const about = { endpoint, path, missing: 'fileMissing', needs: ['delete'], mayRepeat: true } as const;
    let query: Record<string, string> = { recursive: String(isRecursive) };
    for (;;) {
      const { continuation } = await requests.send(about, signal, (ending) =>
        orMeaning(ask('DELETE', path, { query, signal: ending }), (answer) =>
          saysMissingPath(answer) ? { continuation: undefined } : undefined,
        ),
      );
      if (continuation === undefined) return;
      query = { ...query, continuation };
    }
  };

  return {
    endpoint,
    movesFoldersAtOnce: true,
    moveFile: (from, to, { replaces }, signal) => move(from, to, { isFolder: false, replaces }, signal),
    async moveFolder(from, to, signal) {
      await requireFolders(signal);
      return move(from, to, { isFolder: true, replaces: false }, signal);
    },
    async *list(folder, signal) {
      const about = { endpoint, path: folder, missing: 'folderMissing', needs: ['list'], mayRepeat: true } as const;
      let next: string | undefined;
      do {
        const page = await requests.send(about, signal, async (abortSignal) => {
          const path = folder === '' ? undefined : folder;
          const pages = files
            .listPaths({ path, recursive: true, abortSignal })
            .byPage({ maxPageSize: pageSize, continuationToken: next });
          const found = await orMeaning(pages.next(), (answer) =>
            saysMissingPath(answer) ? ('none' as const) : undefined,
          );
          return found === 'none' ? undefined : found.value;
        });
        yield* (page?.pathItems ?? []).map(entryOf);
        next = page?.continuation || undefined;
      } while (next !== undefined);
    },
    exists: async (path, signal) => path === '' || (await look(path, signal)) !== undefined,
    removeFile: (path, signal) => remove(path, false, signal),
    async removeFolder(path, signal) {
      if ((await look(path, signal))?.isFolder === true) await remove(path, true, signal);
    },
  };
};
