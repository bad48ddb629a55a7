import type { Actor, ExportAccess } from '@junction/contracts';
import { AppError } from '../../platform/app-error.ts';
import type { Tx } from '../../platform/db.ts';
import { type LockedConnection, lockConnections } from '../connections/index.ts';
import { lockMembers } from '../environments/index.ts';
import { accessTo, type Person } from './rules.ts';
import { findConnectionIds, type LockedRow, lockExportRows } from './store.ts';

// What a change rests on, held until its transaction ends: first the role of who makes it, then connections, then exports, each in
// the order of their ids. Everybody locks in this order, so nobody waits in a circle.

/** Who changes something, with the role that they have now and keep until the transaction ends; throws notFound when they left. */
export const holdRole = async (tx: Tx, environmentId: string, actor: Actor): Promise<Person> => {
  const [member] = await lockMembers(tx, environmentId, [actor.id]);
  if (member) return { id: member.id, role: member.role };
  throw new AppError('notFound', 'There is no such environment, or you do not belong to it.');
};

/** Connections by id. */
export type HeldConnections = ReadonlyMap<string, LockedConnection>;

/** Those of the connections that are there. */
export const holdConnections = async (
  tx: Tx,
  environmentId: string,
  ids: readonly string[],
): Promise<HeldConnections> => {
  const rows = ids.length === 0 ? [] : await lockConnections(tx, environmentId, ids);
  return new Map(rows.map((row) => [row.id, row]));
};

export type HeldExport = LockedRow & {
  connection: LockedConnection | undefined;
  access: ExportAccess;
  /** It got another connection while the locks were taken, so that one is not held. */
  hasMoved: boolean;
};

/** Exports by id, with what `person` may do with each rests on, and `more` connections. `sources` also holds what they read from. */
export const holdExports = async (
  tx: Tx,
  person: Person,
  environmentId: string,
  ids: readonly string[],
  { more = [], sources = false }: { more?: readonly string[]; sources?: boolean } = {},
): Promise<{ exports: ReadonlyMap<string, HeldExport>; connections: HeldConnections }> => {
  const present = await findConnectionIds(tx, ids, sources ? 'all' : 'writes');
  const connections = await holdConnections(tx, environmentId, [...present, ...more]);
  const rows = await lockExportRows(tx, environmentId, ids);
  const held = rows.map((row): [string, HeldExport] => {
    const connection = row.connectionId === null ? undefined : connections.get(row.connectionId);
    const access = accessTo(person, row, connection?.sharing);
    return [row.id, { ...row, connection, access, hasMoved: row.connectionId !== null && connection === undefined }];
  });
  return { exports: new Map(held), connections };
};
