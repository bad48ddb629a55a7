import type { ClientOptions } from './guarded-http-client.ts';
import type { StoragePlace } from './storage-place.ts';

/** What a path is. */
export type PathKind = 'directory' | 'file' | 'none';

/** What a check does with paths of the container. Each call is one request (writing to a lake two) and rejects with the SDK's error. */
export type StorageFiles = {
  /** Whether a folder has to be made before a file can be in it, or is only a part of the file's name. */
  hasRealFolders: boolean;
  /** Which of the place's endpoints the calls below go to. */
  endpoint: string;
  look(path: string, signal: AbortSignal): Promise<PathKind>;
  makeFolder(path: string, signal: AbortSignal): Promise<void>;
  /** Writes a new file; fails when there is one. */
  write(path: string, content: Buffer, signal: AbortSignal): Promise<void>;
  /** Reads a whole file; fails when it is longer than that. */
  read(path: string, maxBytes: number, signal: AbortSignal): Promise<Buffer>;
  removeFile(path: string, signal: AbortSignal): Promise<void>;
  /** Removes an empty folder; fails when something is in it. */
  removeFolder(path: string, signal: AbortSignal): Promise<void>;
};

/** Makes the files of one service out of a place and the options of the SDK's pipeline. */
export type OpenFiles = (place: StoragePlace, options: ClientOptions) => StorageFiles;
