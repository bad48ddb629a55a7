import {
  type CatalogProblem,
  type ConnectionStatus,
  type Export,
  type ExportEntity,
  ExportFormat,
  type ExportRow,
  exportStatus,
  type InactiveReason,
  type MalformedRows,
  type PersonRef,
  type Retention,
  type RowLimits,
  type Run,
  type RunState,
  type Schedule,
  type SchedulePlan,
} from '@junction/contracts';
import { nextRuns } from '@junction/schedules';
import { versionTag } from '../../platform/versions.ts';
import type { EntityState } from '../lake/index.ts';
import { toldNextRun } from './next-run.ts';
import { couldManageBefore, type Person, type StoredChoice } from './rules.ts';

/** An export with what is known of its connection, as one person sees it. */
export type ExportRecord = {
  id: string;
  environmentId: string;
  name: string;
  format: unknown;
  folder: string;
  scheduleOn: boolean;
  plan: unknown;
  malformedRows: unknown;
  rowLimits: unknown;
  retention: unknown;
  nextRunAt: Date | null;
  failuresInRow: number;
  autoPausedAt: Date | null;
  isEnvironmentPaused: boolean;
  lostEntities: number;
  lastRunId: string | null;
  runState: string | null;
  lastRunAt: Date | null;
  refreshedAt: Date | null;
  version: number;
  lostConnectionId: string | null;
  lostConnectionName: string | null;
  lostConnectionType: string | null;
  lostSharedWith: string | null;
  lostSharedWithIds: string[];
  lostAt: Date | null;
  lostById: string | null;
  lostByName: string | null;
  removalId: string | null;
  createdById: string;
  createdByName: string;
  createdAt: Date;
  updatedAt: Date;
  connectionId: string | null;
  connectionName: string | null;
  connectionType: string | null;
  health: ConnectionStatus;
  mayUseConnection: boolean;
  entityCount: number;
  /** As JSON: of a source that is gone for good, only id and name are known. */
  lostSource: {
    id: string;
    name: string;
    type: string | null;
    at: string | null;
    byId: string | null;
    byName: string | null;
  } | null;
};

/** How many coming runs the details of an export show. */
const shownRuns = 3;

const toTime = (at: Date | string | null): string | null => (at === null ? null : new Date(at).toISOString());

const toPerson = (id: string | null, name: string | null): PersonRef | null =>
  id === null ? null : { id, name: name ?? '' };

export const toSchedule = ({ scheduleOn, plan }: { scheduleOn: boolean; plan: unknown }): Schedule => ({
  isOn: scheduleOn,
  plan: plan as SchedulePlan | null,
});

const toInactive = (row: ExportRecord): InactiveReason | null => {
  if (row.connectionId === null) {
    if (row.lostConnectionId === null) return { because: 'neverConnected', connection: null, at: null, by: null };
    return {
      because: row.removalId === null ? 'connectionDetached' : 'connectionRemoved',
      connection: {
        id: row.lostConnectionId,
        name: row.lostConnectionName ?? '',
        type: row.lostConnectionType ?? '',
      },
      at: toTime(row.lostAt),
      by: toPerson(row.lostById, row.lostByName),
    };
  }
  const source = row.lostSource;
  if (source === null) return null;
  return {
    because: 'sourceRemoved',
    connection: { id: source.id, name: source.name, type: source.type ?? '' },
    at: toTime(source.at),
    by: toPerson(source.byId, source.byName),
  };
};

/** What an export is besides its name, connection and entities; values from before an option existed have its default. */
export const toOptions = (row: {
  format: unknown;
  folder: string;
  scheduleOn: boolean;
  plan: unknown;
  malformedRows: unknown;
  rowLimits: unknown;
  retention: unknown;
}) => ({
  format: ExportFormat.parse(row.format),
  folder: row.folder,
  schedule: toSchedule(row),
  malformedRows: row.malformedRows as MalformedRows,
  rowLimits: row.rowLimits as RowLimits,
  retention: row.retention as Retention,
});

/** Whether its schedule makes runs now. */
const followsSchedule = (row: ExportRecord): boolean =>
  row.scheduleOn &&
  row.autoPausedAt === null &&
  row.connectionId !== null &&
  row.lostEntities === 0 &&
  !row.isEnvironmentPaused;

/** When its schedule is due; the scheduler has not worked it out yet for a moment after every change. */
const toNextRun = (row: ExportRecord, now: Date): string | null =>
  followsSchedule(row) ? toldNextRun(row.nextRunAt, toSchedule(row), now) : null;

/** What a list of exports is told beside them: their last runs by id, and what time it is. */
export type Seen = { runs: ReadonlyMap<string, Run>; now: Date };

/** An export as lists show it. */
export const toExportRow = (row: ExportRecord, person: Person, { runs, now }: Seen): ExportRow => ({
  id: row.id,
  environmentId: row.environmentId,
  name: row.name,
  type: row.connectionType ?? row.lostConnectionType,
  connection:
    row.connectionId === null
      ? null
      : { id: row.connectionId, name: row.connectionName ?? '', type: row.connectionType ?? '', health: row.health },
  status: exportStatus({
    hasConnection: row.connectionId !== null,
    hasLostEntities: row.lostEntities > 0,
    runState: row.runState as RunState | null,
  }),
  inactive: toInactive(row),
  entityCount: row.entityCount,
  schedule: toSchedule(row),
  nextRunAt: toNextRun(row, now),
  autoPaused: row.autoPausedAt === null ? null : { at: row.autoPausedAt.toISOString(), failures: row.failuresInRow },
  run: (row.lastRunId !== null && runs.get(row.lastRunId)) || null,
  refreshedAt: toTime(row.refreshedAt),
  lastRunAt: toTime(row.lastRunAt),
  access: {
    hasConnection: row.connectionId !== null,
    mayUseConnection: row.mayUseConnection,
    couldManageBefore: couldManageBefore(person, row),
  },
  createdBy: { id: row.createdById, name: row.createdByName },
  createdAt: row.createdAt.toISOString(),
  updatedAt: row.updatedAt.toISOString(),
  etag: versionTag(row.version),
});

const sourceRemoved = ({ sourceName }: StoredChoice): CatalogProblem => ({
  code: 'sourceRemoved',
  message: `The connection "${sourceName}" that it is read from was removed.`,
  remedy: 'Restore the connection, or take the entity out of the export.',
});

/** An entity of an export; `state` is what the catalog has of it, nothing when its source was removed. */
const toExportEntity = (choice: StoredChoice, state: EntityState | undefined, mayPreview: boolean): ExportEntity => ({
  entityId: choice.entityId,
  name: state?.name ?? choice.name,
  source: { connectionId: choice.connectionId, name: state?.sourceName ?? choice.sourceName },
  columns: choice.columns,
  filter: choice.filter,
  problem: state === undefined ? sourceRemoved(choice) : state.problem,
  mayPreview,
});

/** What the details of an export have beside its row; `hidden` are the connections whose rows the person must not see. */
type Parts = { choices: readonly StoredChoice[]; states: readonly EntityState[]; hidden: ReadonlySet<string> };

/** One export with its definition. */
export const toExport = (
  row: ExportRecord,
  person: Person,
  { choices, states, hidden, ...seen }: Seen & Parts,
): Export => {
  const inList = toExportRow(row, person, seen);
  const { plan } = inList.schedule;
  const known = new Map(states.map((state) => [state.id, state]));
  return {
    ...inList,
    entities: choices.map((choice) =>
      toExportEntity(choice, known.get(choice.entityId), !hidden.has(choice.connectionId)),
    ),
    ...toOptions(row),
    nextRuns: plan && followsSchedule(row) ? nextRuns(plan, seen.now, shownRuns) : [],
  };
};
