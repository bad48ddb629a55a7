import type { Connector } from '@junction/connectors/runtime';
import { invalidField } from '../../platform/app-error.ts';
import type { LockedConnection } from '../connections/index.ts';
import { connectionGone, mayExportOver, type Person } from './rules.ts';

/** Throws unless the connection is there, this person may have exports over it, and it is of a type that data can be sent to. */
export const requireUsable = (
  connectors: readonly Connector[],
  person: Person,
  connection: LockedConnection | undefined,
): LockedConnection => {
  if (connection === undefined || !mayExportOver(person, connection.sharing)) throw connectionGone();
  const connector = connectors.find(({ manifest }) => manifest.type === connection.type);
  if (connector?.manifest.capabilities.includes('destination')) return connection;
  const message = `"${connection.name}" is of a type that data is only read from. Choose another one.`;
  throw invalidField('connectionId', 'notADestination', message);
};
