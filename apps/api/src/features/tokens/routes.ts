import * as contract from '@junction/contracts';
import type { House } from '../../house.ts';
import type { Route } from '../../http/asked.ts';
import { createMyToken, deleteMyToken, listMyTokens } from './my-tokens.ts';
import {
  createServiceAccountToken,
  deleteServiceAccountToken,
  listServiceAccountTokens,
} from './service-accounts/account-tokens.ts';
import { createServiceAccount } from './service-accounts/create-service-account.ts';
import { deleteServiceAccount } from './service-accounts/delete-service-account.ts';
import { listServiceAccounts } from './service-accounts/list-service-accounts.ts';
import { updateServiceAccount } from './service-accounts/update-service-account.ts';

/** API tokens and the accounts that only they act for. */
export const tokenRoutes = (route: Route, house: House): void => {
  route(contract.listMyTokens, (actor) => listMyTokens(house, actor));
  route(contract.createMyToken, (actor, asked) => createMyToken(house, actor, asked));
  route(contract.deleteMyToken, (actor, asked) => deleteMyToken(house, actor, asked));
  route(contract.listServiceAccounts, (actor, asked) => listServiceAccounts(house, actor, asked));
  route(contract.createServiceAccount, (actor, asked) => createServiceAccount(house, actor, asked));
  route(contract.updateServiceAccount, (actor, asked) => updateServiceAccount(house, actor, asked));
  route(contract.deleteServiceAccount, (actor, asked) => deleteServiceAccount(house, actor, asked));
  route(contract.listServiceAccountTokens, (actor, asked) => listServiceAccountTokens(house, actor, asked));
  route(contract.createServiceAccountToken, (actor, asked) => createServiceAccountToken(house, actor, asked));
  route(contract.deleteServiceAccountToken, (actor, asked) => deleteServiceAccountToken(house, actor, asked));
};
