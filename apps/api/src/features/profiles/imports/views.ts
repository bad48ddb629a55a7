import { isRunLive, ProfileImport, ProfileImportRun, type RunPhase, type RunState } from '@junction/contracts';
import type { RunRow } from '../../runs/index.ts';
import { importPhaseOf, importStatusOf } from './status.ts';

/** A run of the ledger, and whether the check of its connection has passed in it. */
export type ImportRunRow = RunRow & { isVerified: boolean };

const toTime = (at: Date | null): string | null => at?.toISOString() ?? null;

/** An import as whoever may see the connection sees it. */
export const toImportRun = (row: ImportRunRow): ProfileImportRun => {
  const [bytesRead, bytesTotal] = [Number(row.bytesRead), row.bytesTotal === null ? null : Number(row.bytesTotal)];
  const { isVerified } = row;
  return {
    id: row.id,
    trigger: ProfileImportRun.shape.trigger.parse(row.trigger),
    requestedBy: row.requestedById === null ? null : { id: row.requestedById, name: row.requestedByName ?? '' },
    state: ProfileImportRun.shape.state.parse(row.state),
    phase: importPhaseOf({ phase: row.phase as RunPhase, isVerified, bytesRead, bytesTotal }),
    queuedAt: row.queuedAt.toISOString(),
    retryAt: toTime(row.retryAt),
    startedAt: toTime(row.startedAt),
    finishedAt: toTime(row.finishedAt),
    progress: {
      parts: { done: row.partsDone, total: row.partsTotal },
      bytesRead,
      bytesTotal,
      bytesWritten: Number(row.bytesWritten),
      rowsWritten: Number(row.rowsWritten),
      rowsRejected: Number(row.rowsRejected),
    },
    problem: row.problem,
  };
};

export type ImportRow = {
  connectionId: string;
  mapping: unknown;
  everyHours: number;
  nextRunAt: Date | null;
  unchangedAt: Date | null;
  runState: RunState | null;
  problem: unknown;
  isEnvironmentPaused: boolean;
  report: { importedAt: Date; dataAsOf: Date | null; profiles: bigint } | null;
};

/** How the profile data of a connection stands; `last` is the import under way, or the last one that did something. */
export const toImport = (row: ImportRow, last: ImportRunRow | undefined): ProfileImport => {
  const run = last === undefined ? null : toImportRun(last);
  const { report } = row;
  return {
    connectionId: row.connectionId,
    status: importStatusOf({
      runState: row.runState,
      phase: run !== null && isRunLive(run.state) ? run.phase : 'over',
      problem: row.problem === null ? null : ProfileImportRun.shape.problem.parse(row.problem),
      hasReport: report !== null,
    }),
    everyHours: row.everyHours,
    nextAt: row.isEnvironmentPaused ? null : toTime(row.nextRunAt),
    unchangedAt: toTime(row.unchangedAt),
    mapping: ProfileImport.shape.mapping.parse(row.mapping),
    last: run,
    report: report && {
      importedAt: report.importedAt.toISOString(),
      dataAsOf: toTime(report.dataAsOf),
      profiles: Number(report.profiles),
    },
  };
};
