import type { CheckResult, CheckStep } from '@junction/contracts';
import type * as z from 'zod';
import type { Manifest } from './manifest.ts';
import type { Outbound } from './outbound/outbound.ts';

/** What a connection points at: settings as its manifest's schema returns them, secrets in the clear. Lives only as long as one call. */
export type Target<M extends Manifest = Manifest> = {
  settings: z.output<M['settings']>;
  secrets: z.output<M['secrets']>;
};

/** What a check may use, and whom it tells. */
export type CheckContext = {
  /** Fires when nobody waits for the answer any more. */
  signal: AbortSignal;
  outbound: Outbound;
  now(): Date;
  /** What the check may do besides looking, such as create a missing container. */
  allow: ReadonlySet<NonNullable<CheckStep['offer']>>;
  /** Told when a step starts and when it has ended. */
  onStep(event: { started: string } | { finished: CheckStep }): void;
};

/** A file or a folder of a source. */
export type SourceEntry = {
  name: string;
  /** Inside the container, '/'-separated, without a leading slash. */
  path: string;
  isFolder: boolean;
  bytes: number;
  /** As a header takes it, with quotes; empty where a folder has none. */
  etag: string;
  /** RFC 3339; empty where a folder has none. */
  modifiedAt: string;
};

/**
 * The files of a store that entities are read from. Paths are inside its container, '' is the container itself. Whatever fails rejects
 * with a StoreError, but what was aborted rejects with the signal's reason.
 */
export type SourceFiles = {
  /** Direct children of a folder, page by page as they are asked for; `folderMissing` when there is no such folder. */
  list(folder: string, signal: AbortSignal): AsyncIterable<SourceEntry>;
  /** A whole file as it was at one moment; `fileMissing`, and `fileTooLarge` when it is longer than that. */
  read(path: string, maxBytes: number, signal: AbortSignal): Promise<Uint8Array>;
  /**
   * A file piece by piece in order, of any length, as it was at this ETag: `fileChanged` when it is another version by now. Holds a
   * few pieces in memory at most, and asks for no more than whoever reads takes; `maxBytes` ends it early, for who needs only the beginning.
   */
  stream(path: string, etag: string, signal: AbortSignal, maxBytes?: number): AsyncIterable<Uint8Array>;
  /**
   * For a store on this machine: the absolute path of the file, so that nobody copies it; `fileChanged` when it is not the version of
   * this ETag. Whoever reads it asks again afterwards. Absent for every other store.
   */
  localFile?(path: string, etag: string): Promise<string>;
  /** Where a URL points at in this container; or what else it points at, in words. */
  locate(url: string): { path: string } | { elsewhere: string };
  /** Closes the connections; what is under way fails. */
  close(): void;
};

/** What reading from a source, or writing to a destination, may use. */
export type StoreContext = {
  /** Ends everything that is under way. */
  signal?: AbortSignal;
  outbound: Outbound;
  now(): Date;
};

/** Why something could not be read or written. Holds nothing of the request, so no secret can be in it. */
export class StoreError extends Error {
  /** A stable word, the same as in checks where it is the same failure. */
  readonly code: string;
  readonly remedy: string | undefined;
  /** May pass by itself. */
  readonly isTransient: boolean;
  /** How long the other side asked to be left alone (`Retry-After`); undefined when it did not say. */
  readonly retryAfterMs: number | undefined;
  constructor(failure: {
    code: string;
    message: string;
    remedy?: string;
    isTransient: boolean;
    retryAfterMs?: number;
  }) {
    super(failure.message);
    this.name = 'StoreError';
    this.code = failure.code;
    this.remedy = failure.remedy;
    this.isTransient = failure.isTransient;
    this.retryAfterMs = failure.retryAfterMs;
  }
}

/** A file or a folder of a destination. */
export type DestinationEntry = {
  /** Below the connection's folder, '/'-separated, without a leading slash. */
  path: string;
  isFolder: boolean;
  bytes: number;
  /** RFC 3339; empty where a folder has none. */
  modifiedAt: string;
};

/** What became of a move: done; nothing (any more) where it should start; something already where it should end. */
export type Moved = 'moved' | 'gone' | 'taken';

/**
 * A place for files. Paths are below the connection's folder, '/'-separated; folders that are missing are made. Whatever fails rejects
 * with a StoreError, but what was aborted rejects with the signal's reason. A call may be repeated after a failure: each leaves either
 * what was there before or what it was asked for, never half a file under the name that was given.
 */
export type FileDestination = {
  takes: 'files';
  /** A folder with everything in it gets another name in one step. Where it is false, `moveFolder` moves file by file. */
  movesFoldersAtOnce: boolean;
  /** How people and other tools name a path here: a URL, or a path on the server. Never with a credential. */
  locationOf(path: string): string;
  /** Writes a whole file, from a file on this machine or from memory, in the place of one that is there. Tells how many bytes have gone out. */
  put(
    path: string,
    content: { file: string } | Uint8Array,
    signal: AbortSignal,
    onBytes?: (bytes: number) => void,
  ): Promise<void>;
  /** A whole file; undefined when there is none, `fileTooLarge` when it is longer than that. */
  read(path: string, maxBytes: number, signal: AbortSignal): Promise<Uint8Array | undefined>;
  /**
   * Gives a file another name in one step. Unless `replaces`, it is `taken` when there is a file of that name; two who move to one name
   * can never both succeed. `gone` when there is no file to move, so that who takes it away first keeps everybody else from moving it.
   */
  moveFile(from: string, to: string, options: { replaces: boolean }, signal: AbortSignal): Promise<Moved>;
  /** The same for a folder and what is in it; never replaces. Interrupted, where it moves file by file, it is completed by calling it again. */
  moveFolder(from: string, to: string, signal: AbortSignal): Promise<Moved>;
  /** Everything below a folder, files and folders, in no order; nothing when there is no such folder. */
  list(folder: string, signal: AbortSignal): AsyncIterable<DestinationEntry>;
  /** Whether there is a file or a folder of that name. */
  exists(path: string, signal: AbortSignal): Promise<boolean>;
  /** Removes a file; fine when there is none. */
  removeFile(path: string, signal: AbortSignal): Promise<void>;
  /** Removes a folder and what is in it; fine when there is none. */
  removeFolder(path: string, signal: AbortSignal): Promise<void>;
  /** Closes the connections; what is under way fails. */
  close(): void;
};

/** One delivery of rows: whole lines of NDJSON, UTF-8, each ended by a line feed. */
export type Batch = {
  /** The same for every attempt to deliver the same rows, for the receiver to tell a repetition by. */
  key: string;
  run: string;
  export: string;
  entity: string;
  /** From 1, within the part. */
  number: number;
  part: number;
  rows: number;
  lines: Uint8Array;
};

/** What closes a run: told once all batches are accepted. */
export type Closing = {
  key: string;
  run: string;
  export: string;
  startedAt: string;
  finishedAt: string;
  entities: { name: string; rows: number; batches: number }[];
};

/** A place for rows. A delivery rejects with a StoreError when it was not accepted; repetitions for transient failures are the caller's. */
export type RowDestination = {
  takes: 'rows';
  /** The longest batch it takes. */
  batch: { maxRows: number; maxBytes: number };
  locationOf(): string;
  send(batch: Batch, signal: AbortSignal): Promise<void>;
  finish(closing: Closing, signal: AbortSignal): Promise<void>;
  close(): void;
};

export type Destination = FileDestination | RowDestination;

/** The server's side of one connector. */
export type Connector<M extends Manifest = Manifest> = {
  manifest: M;
  /** Verifies a target step by step. Never throws and never takes longer than `checkDeadlineMs`: every failure is a classified step. */
  check(target: Target<M>, context: CheckContext): Promise<CheckResult>;
  /** Opens the store for reading; asks nothing yet. Every connector with the capability `source` has it. */
  openSource?(target: Target<M>, context: StoreContext): SourceFiles;
  /** Opens the place that is exported to; asks nothing yet. Every connector with the capability `destination` has it. */
  openDestination?(target: Target<M>, context: StoreContext): Destination;
};

/** A whole check is over after this long; a browser's user should never wonder whether it hangs. */
export const checkDeadlineMs = 10_000;

/** One step gives up after this long, so that one dead host cannot use up the time of the steps after it. */
export const stepDeadlineMs = 5_000;
