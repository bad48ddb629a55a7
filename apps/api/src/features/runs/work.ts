import type { RunPhase, RunProblem, RunTrigger } from '@junction/contracts';
import type { Tx } from '../../platform/db.ts';

/** What a run does: it writes what an export defines, or imports the profile data of a connection. */
export type RunKind = 'export' | 'import';

/** A run as whoever takes a step of it knows it. */
export type RunTask = {
  id: string;
  kind: RunKind;
  environmentId: string;
  /** What it is a run of: the export, or the connection. */
  subjectId: string;
  subjectName: string;
  connectionId: string;
  trigger: RunTrigger;
  phase: RunPhase;
  /** What `prepared` was given; null before. */
  plan: unknown;
  /** What `Lease.fix` was given first; null before. */
  fixed: unknown;
  folderTime: string | null;
  queuedAt: Date;
  startedAt: Date;
  /** Of this step, from 1. */
  attempt: number;
};

/** What is known of a run once it is prepared. */
export type PlannedRun = Pick<RunTask, 'id' | 'kind' | 'environmentId' | 'subjectName' | 'plan' | 'folderTime'>;

/** A file of the source as a part keeps it, with whatever the steps need to find it again. People are shown its name. */
export type PartFile = { name: string };

/** A part as it was planned, and what became of it. */
export type PartTask = {
  number: number;
  /** Which of the plan's entities, from 0. */
  entity: number;
  entityName: string;
  /** As they were planned. */
  files: unknown;
  bytes: number;
  attempt: number;
  /** Counted up by everybody who takes the part; names of staged files hold it, so that no two write to one file. */
  fence: number;
};

export type PartProgress = { bytesRead: number; bytesWritten: number };

/** The right to take one step, for as long as it is held. It is lost when the worker stood still for longer than the lease, or the run was canceled. */
export type Lease = {
  /** Fires when the right is lost, the run was canceled, or the worker stops. */
  signal: AbortSignal;
  /** Throws unless the right is still held now; asked right before everything that changes something outside. */
  require(): void;
  /** Remembers how far the part is; told to whoever watches with the next heartbeat. */
  progress(progress: PartProgress): void;
  /** Puts a line into the run's history: what happened is worth telling and stops nothing. */
  warn(problem: RunProblem): Promise<void>;
  /**
   * Keeps with the run what every later step and attempt must agree on: the first value stays, and everybody gets that one. Like every write
   * it needs the right to the step, so nobody who lost it can keep anything; a run for which nothing was kept was never made visible.
   */
  fix(value: unknown): Promise<unknown>;
};

export type NewPart = { entity: number; entityName: string; files: readonly PartFile[]; bytes: number };

export type Prepared = {
  plan: unknown;
  parts: readonly NewPart[];
  /** The first one of these that no other run of its subject has; none for a destination that has no folders. */
  folderTimes: readonly string[];
  bytesTotal: number;
  /** Whether rows are counted before they are moved. */
  counts: boolean;
  /** Why nothing is to be done: the run ends with it. */
  skip?: RunProblem;
};

export type Counted = { rows: number; rejected: number };

/** What became of a part. `written` has the names of its files at the destination, for people; `result` is for publishing. */
export type PartResult = {
  rowsWritten: number;
  rowsRejected: number;
  bytesWritten: number;
  written: readonly string[];
  result: unknown;
};
/** A part that was moved, as it was given to the ledger. */
export type MovedPart = PartTask & PartResult;

/** Where to find what was written. Everybody is told the paths, which are below the connection's folder; only admins the location. */
export type Written = { location: string; path: string; manifest: string | null; model: string | null };
export type Published = {
  written: Written | null;
  /** What becomes visible in the database, in the transaction that ends the run: there is no moment with one and without the other. */
  reveal?(tx: Tx): Promise<void>;
};

/**
 * What is done in the steps of a run. The slices of exports and of profiles implement it, each for its kind, and house.ts plugs it in. Each step may be taken several times, by
 * different workers, also at the same time by one who does not know yet that he lost his lease; it must come to the same. What fails
 * rejects with a StepError; whatever else is thrown counts as a fault of Junction's own and is tried again.
 */
export type RunSteps = {
  /** Decides what is moved: nothing is written. */
  prepare(run: RunTask, lease: Lease): Promise<Prepared>;
  /** Counts the rows of a part that would be written. */
  count(run: RunTask, part: PartTask, lease: Lease): Promise<Counted>;
  /** Whether as many rows may be written; asked when all parts are counted. */
  judge(run: RunTask, counted: Counted): { skip: RunProblem } | undefined;
  /** Stages a part, or sends it. */
  move(run: RunTask, part: PartTask, lease: Lease): Promise<PartResult>;
  /** Makes the run visible: all of it at once. */
  publish(run: RunTask, parts: readonly MovedPart[], lease: Lease): Promise<Published>;
  /**
   * After publishing failed for good, or too often: sees to it that nobody, however late, can make the run visible any more. When
   * it turns out to be visible already, it is published, and this tells as what.
   */
  giveUp(run: RunTask, parts: readonly MovedPart[], lease: Lease): Promise<Published | undefined>;
  /** Removes what the run has left in its staging folder, and after a success what the export keeps no longer. */
  clean(run: RunTask & { isSuccessful: boolean }, lease: Lease): Promise<{ removedRunIds: string[] }>;
  /** The folder of each of the plan's entities, below the connection's folder, for people; null where there is none. Asks nobody. */
  foldersOf(run: PlannedRun): readonly { entity: string; folder: string | null }[];
};

/** How a run changed, for whoever keeps what its subject shows of it. */
export type RunChange = {
  runId: string;
  kind: RunKind;
  subjectId: string;
  environmentId: string;
  trigger: 'manual' | 'schedule';
  state: 'queued' | 'processing' | 'successful' | 'failed' | 'skipped' | 'canceled';
  problem: RunProblem | null;
  /** Its subject counts this as a failure that no repetition heals. */
  isPermanent: boolean;
  at: Date;
};

/** Told of every change of a run's state, in the transaction that makes it. */
export type RunFollower = (tx: Tx, changes: readonly RunChange[]) => Promise<void>;

/** Why a step failed, in words for people, with the check's code where it is the same failure. */
export class StepError extends Error {
  readonly problem: RunProblem;
  /** How long the other side asked to be left alone. */
  readonly retryAfterMs: number | undefined;
  constructor(problem: RunProblem, retryAfterMs?: number) {
    super(problem.message);
    this.name = 'StepError';
    this.problem = problem;
    this.retryAfterMs = retryAfterMs;
  }
}
