import * as contract from '@junction/contracts';
import type { House } from '../../house.ts';
import type { Route } from '../../http/asked.ts';
import { checkConnection } from './check-connection.ts';
import { checkDraft } from './check-draft.ts';
import { createConnection } from './create-connection.ts';
import { getConnection } from './get-connection.ts';
import { getSampleLake } from './get-sample-lake.ts';
import { listChecks } from './list-checks.ts';
import { listConnectionOptions } from './list-connection-options.ts';
import { listConnections } from './list-connections.ts';
import { listConnectors } from './list-connectors.ts';
import { removeConnection } from './remove-connection.ts';
import { shareConnections } from './share-connections.ts';
import { summarizeConnections } from './summarize-connections.ts';
import { updateConnection } from './update-connection.ts';

/** Connections, their checks, and the types there are. */
export const connectionRoutes = (route: Route, house: House): void => {
  route(contract.listConnectors, (actor) => listConnectors(house, actor));
  route(contract.getSampleLake, (actor) => getSampleLake(house, actor));
  route(contract.listConnections, (actor, asked) => listConnections(house, actor, asked));
  route(contract.getConnectionSummary, (actor, asked) => summarizeConnections(house, actor, asked));
  route(contract.getConnection, (actor, asked) => getConnection(house, actor, asked));
  route(contract.createConnection, (actor, asked) => createConnection(house, actor, asked));
  route(contract.updateConnection, (actor, asked) => updateConnection(house, actor, asked));
  route(contract.shareConnections, (actor, asked) => shareConnections(house, actor, asked));
  route(contract.listConnectionOptions, (actor, asked) => listConnectionOptions(house, actor, asked));
  route(contract.deleteConnection, (actor, asked) => removeConnection(house, actor, asked));
  route(contract.checkDraft, (actor, asked) => checkDraft(house, actor, asked));
  route(contract.checkConnection, (actor, asked) => checkConnection(house, actor, asked));
  route(contract.listChecks, (actor, asked) => listChecks(house, actor, asked));
};
