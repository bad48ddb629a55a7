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
 * with a SourceError, but what was aborted rejects with the signal's reason.
 */
export type SourceFiles = {
  /** Direct children of a folder, page by page as they are asked for; `folderMissing` when there is no such folder. */
  list(folder: string, signal: AbortSignal): AsyncIterable<SourceEntry>;
  /** A whole file as it was at one moment; `fileMissing`, and `fileTooLarge` when it is longer than that. */
  read(path: string, maxBytes: number, signal: AbortSignal): Promise<Uint8Array>;
  /** Where a URL points at in this container; or what else it points at, in words. */
  locate(url: string): { path: string } | { elsewhere: string };
  /** Closes the connections; what is under way fails. */
  close(): void;
};

/** What reading from a source may use. */
export type SourceContext = {
  /** Ends everything that is under way. */
  signal?: AbortSignal;
  outbound: Outbound;
  now(): Date;
};

/** Why something could not be read from a source. Holds nothing of the request, so no secret can be in it. */
export class SourceError extends Error {
  /** A stable word, the same as in checks where it is the same failure. */
  readonly code: string;
  readonly remedy: string | undefined;
  /** May pass by itself. */
  readonly isTransient: boolean;
  constructor(failure: { code: string; message: string; remedy?: string; isTransient: boolean }) {
    super(failure.message);
    this.name = 'SourceError';
    this.code = failure.code;
    this.remedy = failure.remedy;
    this.isTransient = failure.isTransient;
  }
}

/** The server's side of one connector. */
export type Connector<M extends Manifest = Manifest> = {
  manifest: M;
  /** Verifies a target step by step. Never throws and never takes longer than `checkDeadlineMs`: every failure is a classified step. */
  check(target: Target<M>, context: CheckContext): Promise<CheckResult>;
  /** Opens the store for reading; asks nothing yet. Every connector with the capability `source` has it. */
  openSource?(target: Target<M>, context: SourceContext): SourceFiles;
};

/** A whole check is over after this long; a browser's user should never wonder whether it hangs. */
export const checkDeadlineMs = 10_000;

/** One step gives up after this long, so that one dead host cannot use up the time of the steps after it. */
export const stepDeadlineMs = 5_000;
