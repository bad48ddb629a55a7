import * as contract from '@junction/contracts';
import type { House } from '../../house.ts';
import type { Route } from '../../http/asked.ts';
import { getCatalog } from './get-catalog.ts';
import { getEntity } from './get-entity.ts';
import { listEntities } from './list-entities.ts';
import { refreshCatalog } from './refresh-catalog.ts';

/** Entities, and the catalogs of the connections that they are read from. */
export const lakeRoutes = (route: Route, house: House): void => {
  route(contract.listEntities, (actor, asked) => listEntities(house, actor, asked));
  route(contract.getEntity, (actor, asked) => getEntity(house, actor, asked));
  route(contract.getCatalog, (actor, asked) => getCatalog(house, actor, asked));
  route(contract.refreshCatalog, (actor, asked) => refreshCatalog(house, actor, asked));
};
