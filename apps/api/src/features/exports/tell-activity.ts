import type { ActivityKind, Actor } from '@junction/contracts';
import { changes, type Happening } from '../activity/index.ts';
import type { Definition } from './store.ts';

type Values = Readonly<Record<string, unknown>>;
type Subject = { id: string; environmentId: string; name: string };

/** An export's values as the activity log shows them, its connection by name and one entry per entity. */
export const loggedValues = (
  { name, folder, format, schedule, malformedRows, rowLimits, retention, entities }: Definition,
  connectionName: string | null,
): Values => ({
  name,
  connection: connectionName,
  folder,
  format,
  schedule,
  malformedRows,
  rowLimits,
  retention,
  entities: entities.map((entity) => entity.name),
  ...Object.fromEntries(
    entities.map((entity) => [
      `entities.${entity.sourceName}.${entity.name}`,
      { columns: entity.columns, filter: entity.filter },
    ]),
  ),
});

/** The values that differ between two versions of an export, before and after; what is gone is null after. */
export const loggedChange = (before: Values, after: Values): { before: Values; after: Values } => {
  const gone = Object.fromEntries(Object.keys(before).map((name) => [name, null]));
  return changes(before, { ...gone, ...after });
};

/** What happened to an export, for the activity log. */
export const happening = (
  kind: ActivityKind,
  who: { actor: Actor; address: string },
  { id, environmentId, name }: Subject,
  values: { before?: Values; after?: Values } = {},
): Happening => ({
  kind,
  environmentId,
  by: who.actor,
  from: who.address,
  subject: { type: 'export', id, name },
  ...values,
});

/** That an export was removed. */
export const deletion = (
  who: { actor: Actor; address: string },
  row: Subject & { connection: { name: string } | undefined; folder: string },
): Happening =>
  happening('export.deleted', who, row, { before: { connection: row.connection?.name ?? null, folder: row.folder } });
