import { Cancellation, Run, type RunProblem } from '@junction/contracts';
import type { RunRow } from './select-runs.ts';
import { toldProblem } from './told-problem.ts';

const toTime = (at: Date | null): string | null => at?.toISOString() ?? null;

/** A run as somebody may see it; `seesPlaces` is true for who may see the settings of connections. */
export const toRun = (row: RunRow, seesPlaces: boolean): Run => ({
  id: row.id,
  environmentId: row.environmentId,
  export: { id: row.exportId, name: row.exportName },
  connection: { id: row.connectionId, name: row.connectionName, type: row.connectionType },
  trigger: Run.shape.trigger.parse(row.trigger),
  requestedBy: row.requestedById === null ? null : { id: row.requestedById, name: row.requestedByName ?? '' },
  state: Run.shape.state.parse(row.state),
  phase: Run.shape.phase.parse(row.phase),
  queuedAt: row.queuedAt.toISOString(),
  retryAt: toTime(row.retryAt),
  startedAt: toTime(row.startedAt),
  finishedAt: toTime(row.finishedAt),
  retries: row.retries,
  progress: {
    parts: { done: row.partsDone, total: row.partsTotal },
    bytesRead: Number(row.bytesRead),
    bytesTotal: row.bytesTotal === null ? null : Number(row.bytesTotal),
    bytesWritten: Number(row.bytesWritten),
    rowsWritten: Number(row.rowsWritten),
    rowsRejected: Number(row.rowsRejected),
  },
  problem: toldProblem(row.problem as RunProblem | null, seesPlaces),
  canceled: row.canceled === null ? null : Cancellation.parse(row.canceled),
});
