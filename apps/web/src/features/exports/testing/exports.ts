import type {
  ConnectionOption,
  Entity,
  EntityDetails,
  Export,
  ExportRow,
  InactiveReason,
  Run,
} from '@junction/contracts';
import { anId } from '../../../testing/fixtures.ts';
import { aRun } from '../../../testing/runs.ts';

export const environmentId = '01990000-0000-7000-8000-000000000001';

/** Who removed and made things. */
export const ada = { id: '01990000-0000-7000-8000-0000000000a1', name: 'Ada Admin' };

/** A connection as those see it who may use it for exports: healthy, unless told otherwise. */
export const anOption = (changes: Partial<ConnectionOption> = {}): ConnectionOption => ({
  id: anId(),
  name: 'Contoso lake',
  type: 'adls-gen2',
  health: 'healthy',
  ...changes,
});

/** An entity as lists show it, in good order. */
export const anEntity = (changes: Partial<Entity> = {}): Entity => ({
  id: anId(),
  name: 'Customer',
  source: { connectionId: '01990000-0000-7000-8000-0000000000c1', name: 'Contoso lake' },
  group: 'profileStore',
  columnCount: 4,
  partitionCount: 1,
  rowCount: 12_000,
  bytes: 4_200_000,
  refreshedAt: '2026-11-20T09:00:00Z',
  problem: null,
  ...changes,
});

/** The same with columns: text, integer, date and boolean. */
export const anEntityWithColumns = (changes: Partial<EntityDetails> = {}): EntityDetails => ({
  ...anEntity(changes),
  columns: [
    { name: 'CustomerId', type: 'text', dataType: 'string' },
    { name: 'Orders', type: 'integer', dataType: 'int64' },
    { name: 'Since', type: 'date', dataType: 'date' },
    { name: 'IsActive', type: 'boolean', dataType: 'boolean' },
  ],
  partitions: [],
  ...changes,
});

/** An export over a connection that the person may use, never run, without a schedule. */
export const anExport = (changes: Partial<Export> = {}): Export => {
  const connection = changes.connection === undefined ? anOption() : changes.connection;
  const entities = changes.entities ?? [
    {
      entityId: anId(),
      name: 'Customer',
      source: { connectionId: anId(), name: 'Contoso lake' },
      columns: 'all' as const,
      filter: null,
      problem: null,
      mayPreview: true,
    },
  ];
  return {
    id: anId(),
    environmentId,
    name: 'High value customers',
    type: connection?.type ?? null,
    connection,
    status: connection === null ? 'inactive' : 'notStarted',
    inactive: null,
    entityCount: entities.length,
    schedule: { isOn: false, plan: null },
    nextRunAt: null,
    autoPaused: null,
    run: null,
    refreshedAt: null,
    lastRunAt: null,
    access: { hasConnection: connection !== null, mayUseConnection: connection !== null, couldManageBefore: false },
    createdBy: ada,
    createdAt: '2026-03-12T09:00:00Z',
    updatedAt: '2026-03-12T09:00:00Z',
    etag: '"1"',
    entities,
    format: { type: 'csv', delimiter: ',', hasHeader: true, escapeFormulas: false },
    folder: '',
    malformedRows: { policy: 'fail' },
    rowLimits: { minimum: null, maximum: null },
    retention: { keep: 'all' },
    nextRuns: [],
    ...changes,
  };
};

/** An export over this connection. */
export const anExportOver = (connection: ConnectionOption, changes: Partial<Export> = {}): Export =>
  anExport({ connection, ...changes });

/** An export that lost its connection; removed by Ada Admin, unless told otherwise. */
export const anInactiveExport = (
  reason: Partial<InactiveReason> = {},
  { couldManageBefore = true, ...changes }: Partial<Export> & { couldManageBefore?: boolean } = {},
): Export =>
  anExport({
    connection: null,
    type: 'adls-gen2',
    inactive: {
      because: 'connectionRemoved',
      connection: { id: anId(), name: 'Contoso lake', type: 'adls-gen2' },
      at: '2026-03-12T09:00:00Z',
      by: ada,
      ...reason,
    },
    access: { hasConnection: false, mayUseConnection: false, couldManageBefore },
    ...changes,
  });

/** A run of this export. */
export const aRunOf = ({ id, name, connection }: Export, changes: Parameters<typeof aRun>[0] = {}): Run =>
  aRun({ export: { id, name }, ...(connection && { connection }), ...changes });

/** The export while this is its last run. */
export const withRun = (one: Export, run: Run): Export => ({ ...one, run, status: run.state });

/** The row that lists show for an export. */
export const rowOf = ({
  entities: _,
  format: __,
  folder: ___,
  nextRuns: ____,
  malformedRows: _____,
  rowLimits: ______,
  retention: _______,
  ...row
}: Export): ExportRow => row;
