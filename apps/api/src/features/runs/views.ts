import { Cancellation, Run, type RunDetails, RunEvent, RunPart, type RunProblem } from '@junction/contracts';
import type { RunRow } from './select-runs.ts';
import { toldFile, toldProblem } from './told-problem.ts';
import type { Written } from './work.ts';

const toTime = (at: Date | null): string | null => at?.toISOString() ?? null;

/** A run as somebody may see it; `seesPlaces` is true for who may see the settings of connections, and what machines are called. */
export const toRun = (row: RunRow, seesPlaces: boolean): Run => ({
  id: row.id,
  environmentId: row.environmentId,
  export: { id: row.subjectId, name: row.subjectName },
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

/** What the parts of one entity of a run have come to. */
export type EntityRow = {
  entity: number;
  total: number;
  done: number;
  rowsWritten: number;
  rowsRejected: number;
  bytesWritten: number;
};

export type EventRow = {
  at: Date;
  kind: string;
  part: number | null;
  worker: string | null;
  problem: RunProblem | null;
};

type Details = {
  folders: readonly { entity: string; folder: string | null }[];
  entities: readonly EntityRow[];
  events: readonly EventRow[];
};

const nothing = { total: 0, done: 0, rowsWritten: 0, rowsRejected: 0, bytesWritten: 0 };

const toWritten = (written: Written | null, seesPlaces: boolean): RunDetails['written'] => {
  if (written === null) return null;
  const { location, path, manifest, model } = written;
  return { location: seesPlaces ? location : path, manifest, model };
};

/** One run with what happened in it. */
export const toRunDetails = (
  row: RunRow & { written: Written | null; filesRemovedAt: Date | null },
  { folders, entities, events }: Details,
  seesPlaces: boolean,
): RunDetails => ({
  ...toRun(row, seesPlaces),
  entities: folders.map(({ entity, folder }, index) => {
    const { total, done, ...sums } = entities.find((known) => known.entity === index) ?? { entity: index, ...nothing };
    const { rowsWritten, rowsRejected, bytesWritten } = sums;
    return { name: entity, folder, parts: { done, total }, rowsWritten, rowsRejected, bytesWritten };
  }),
  events: events.map(({ at, kind, part, worker, problem }) => ({
    at: at.toISOString(),
    kind: RunEvent.shape.kind.parse(kind),
    part,
    worker: seesPlaces ? worker : null,
    problem: toldProblem(problem, seesPlaces),
  })),
  written: toWritten(row.written, seesPlaces),
  filesRemovedAt: toTime(row.filesRemovedAt),
});

export type PartRow = {
  number: number;
  entityName: string;
  state: string;
  isOver: boolean;
  files: string[];
  fileCount: number;
  bytes: bigint;
  bytesRead: bigint;
  rowsWritten: bigint;
  rowsRejected: bigint;
  bytesWritten: bigint;
  retries: number;
  problem: RunProblem | null;
  written: string[] | null;
};

/** A part of a run. Nobody works on one whose run is over, even if he does not know yet. */
export const toRunPart = (row: PartRow, seesPlaces: boolean): RunPart => ({
  number: row.number,
  entity: row.entityName,
  state: row.isOver && row.state === 'working' ? 'waiting' : RunPart.shape.state.parse(row.state),
  files: row.files.map((name) => toldFile(name, seesPlaces)),
  fileCount: row.fileCount,
  bytesTotal: Number(row.bytes),
  bytesRead: Number(row.bytesRead),
  rowsWritten: Number(row.rowsWritten),
  rowsRejected: Number(row.rowsRejected),
  bytesWritten: Number(row.bytesWritten),
  retries: row.retries,
  problem: toldProblem(row.problem, seesPlaces),
  written: row.written ?? [],
});
