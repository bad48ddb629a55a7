export const exportStatuses = [
  'inactive',
  'notStarted',
  'queued',
  'processing',
  'successful',
  'failed',
  'skipped',
  'canceled',
] as const;
export type ExportStatus = (typeof exportStatuses)[number];

/** How the last run of an export stands. */
export const runStates = ['queued', 'processing', 'successful', 'failed', 'skipped', 'canceled'] as const;
export type RunState = (typeof runStates)[number];

/** What is known about an export that its status follows from. */
export type ExportFacts = {
  hasConnection: boolean;
  /** Some of its entities are read from a connection that is removed. */
  hasLostEntities: boolean;
  runState: RunState | null;
};

type ExportStatusRule = {
  status: ExportStatus;
  hasConnection?: boolean;
  hasLostEntities?: boolean;
  runState?: RunState | null;
};

/** Which facts make which status; the first rule whose facts are all there decides. Lists filter and sort by the same table in SQL. */
export const exportStatusRules = [
  { status: 'inactive', hasConnection: false },
  { status: 'inactive', hasLostEntities: true },
  { status: 'notStarted', runState: null },
  { status: 'queued', runState: 'queued' },
  { status: 'processing', runState: 'processing' },
  { status: 'successful', runState: 'successful' },
  { status: 'failed', runState: 'failed' },
  { status: 'skipped', runState: 'skipped' },
  { status: 'canceled', runState: 'canceled' },
] as const satisfies readonly ExportStatusRule[];

/** The one word for how an export is. Nothing stores it; it always follows from the facts. */
export const exportStatus = (facts: ExportFacts): ExportStatus => {
  const rule = (exportStatusRules as readonly ExportStatusRule[]).find(
    ({ hasConnection = facts.hasConnection, hasLostEntities = facts.hasLostEntities, runState = facts.runState }) =>
      hasConnection === facts.hasConnection && hasLostEntities === facts.hasLostEntities && runState === facts.runState,
  );
  return rule?.status ?? 'notStarted';
};

/** Whether a run is waiting or under way. */
export const isRunLive = (runState: RunState | null): boolean => runState === 'queued' || runState === 'processing';
