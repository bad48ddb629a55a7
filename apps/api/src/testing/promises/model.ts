import {
  type ExportAccess,
  type ExportDeed,
  exportRights,
  mayUse,
  type Role,
  type SharedWith,
} from '@junction/contracts';

// A small picture of an environment in which every promise holds because it is written down: what the product does is held
// against it after each step. It knows no database, no versions and no HTTP.

export type Person = { id: string; name: string; role: Role };
export type Sharing = { sharedWith: SharedWith; personIds: readonly string[] };

export type Connection = {
  id: string;
  name: string;
  sharing: Sharing;
  /** The one entity that is read from it. */
  entityId: string;
  state: 'there' | 'removed' | 'purged';
  /** Which removal it is, counted in this environment. */
  removal: number | null;
};

export type Export = {
  id: string;
  isThere: boolean;
  connectionId: string | null;
  /** The connections that its entities are read from, in their order. */
  sources: readonly string[];
  folder: string;
  schedule: 'none' | 'off' | 'on';
  /** Who could use the connection that it lost or was moved away from last. */
  memory: Sharing | null;
  /** The removal that took its connection away last. */
  removal: number | null;
  /** Nobody changed it since. */
  isUntouched: boolean;
  /** The last run of it; nobody works in this picture, so that one is live until it is canceled. */
  run: { id: string; isLive: boolean } | null;
};

export type Model = {
  people: readonly Person[];
  connections: Connection[];
  exports: Export[];
  removals: number;
  isPaused: boolean;
  /** How often each kind of change must have been told. */
  told: Record<string, number>;
};

export const tell = (model: Model, kind: string, times = 1): void => {
  if (times > 0) model.told[kind] = (model.told[kind] ?? 0) + times;
};

export const connectionOf = (model: Model, id: string | null): Connection | undefined =>
  model.connections.find((connection) => connection.id === id);
export const isThere = (model: Model, id: string | null): boolean => connectionOf(model, id)?.state === 'there';
export const present = (model: Model): Export[] => model.exports.filter((row) => row.isThere);
export const isNameTaken = (model: Model, name: string): boolean =>
  model.connections.some((row) => row.state === 'there' && row.name.toLowerCase() === name.toLowerCase());

export const accessOf = (model: Model, person: Person, row: Export): ExportAccess => {
  const connection = connectionOf(model, row.connectionId);
  return {
    hasConnection: connection !== undefined,
    mayUseConnection: connection !== undefined && mayUse(person, connection.sharing),
    couldManageBefore: connection === undefined && row.memory !== null && mayUse(person, row.memory),
  };
};
export const may = (model: Model, person: Person, deed: ExportDeed, row: Export): boolean =>
  exportRights(person.role, accessOf(model, person, row)).includes(deed);

/** Whether somebody can have an export over a connection. */
export const isUsable = (model: Model, person: Person, id: string): boolean => {
  const connection = connectionOf(model, id);
  return connection?.state === 'there' && person.role !== 'viewer' && mayUse(person, connection.sharing);
};

export const lostSources = (model: Model, row: Export): number =>
  row.sources.filter((id) => !isThere(model, id)).length;
export const isInactive = (model: Model, row: Export): boolean =>
  row.connectionId === null || lostSources(model, row) > 0;
export const writersOf = (model: Model, id: string): Export[] =>
  present(model).filter(({ connectionId }) => connectionId === id);
/** Exports that read from a connection and write to another one, or none. */
export const readersOf = (model: Model, id: string): Export[] =>
  present(model).filter(({ connectionId, sources }) => connectionId !== id && sources.includes(id));
/** Both: what a removal of the connection touches. */
export const dependentsOf = (model: Model, id: string): Export[] => [...writersOf(model, id), ...readersOf(model, id)];
/** Whether a run of it could be made now, by somebody. */
export const canRun = (model: Model, row: Export): boolean => !isInactive(model, row) && !row.run?.isLive;
/** What undoing a removal brings back. */
export const returning = (model: Model, { removal }: Connection): Export[] =>
  present(model).filter((row) => row.removal === removal && row.connectionId === null && row.isUntouched);
/** What had lost its connection through a removal and stays as it is when that is undone. */
export const staying = (model: Model, connection: Connection): Export[] =>
  present(model).filter((row) => row.removal === connection.removal && !returning(model, connection).includes(row));

export const add = (model: Model, made: Pick<Export, 'id' | 'connectionId' | 'sources'> & Partial<Export>): void => {
  const fresh = {
    isThere: true,
    folder: '',
    schedule: 'none' as const,
    memory: null,
    removal: null,
    isUntouched: false,
    run: null,
  };
  model.exports.push({ ...fresh, ...made });
};

/** Ends the run of an export that is waiting or under way, and tells so. */
export const cancel = (model: Model, row: Export): void => {
  if (!row.run?.isLive) return;
  row.run.isLive = false;
  tell(model, 'run.canceled');
};

export const connect = (model: Model, row: Export, connectionId: string): void => {
  cancel(model, row);
  Object.assign(row, { connectionId, isUntouched: false });
};

export const drop = (model: Model, row: Export): void => {
  cancel(model, row);
  row.isThere = false;
};

export const detach = (model: Model, row: Export): void => {
  cancel(model, row);
  const memory = connectionOf(model, row.connectionId)?.sharing ?? null;
  Object.assign(row, { connectionId: null, memory, removal: null, isUntouched: false });
};

export const remove = (model: Model, connection: Connection, successor: Connection | undefined): void => {
  model.removals += 1;
  for (const row of dependentsOf(model, connection.id)) cancel(model, row);
  for (const row of writersOf(model, connection.id)) {
    const lost = { memory: connection.sharing, removal: model.removals, isUntouched: true };
    Object.assign(row, { ...lost, connectionId: successor?.id ?? null });
  }
  Object.assign(connection, { state: 'removed', removal: model.removals });
};

export const restore = (model: Model, connection: Connection, name: string): void => {
  for (const row of returning(model, connection)) connect(model, row, connection.id);
  Object.assign(connection, { state: 'there', name, removal: null });
};
