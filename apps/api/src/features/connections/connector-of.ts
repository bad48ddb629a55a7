import type { Connector } from '@junction/connectors/runtime';
import { invalidField } from '../../platform/app-error.ts';

/** The connector of a type that came with a request; throws invalidInput when there is none. */
export const connectorOf = (connectors: readonly Connector[], type: string): Connector => {
  const connector = connectors.find(({ manifest }) => manifest.type === type);
  if (connector) return connector;
  const types = connectors.map(({ manifest }) => manifest.type).join(', ');
  throw invalidField('type', 'unknown', `There is no such type of connection. Choose one of ${types}.`);
};
