import type { Connector } from './connector.ts';

export * from './connector.ts';
export * from './outbound/outbound.ts';

/** The server's side of every connector. */
export const connectors = [] as const satisfies readonly Connector[];
