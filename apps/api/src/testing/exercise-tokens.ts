import * as contract from '@junction/contracts';
import { apiRoot, tokenActions } from '@junction/contracts';
import type { TestClient } from './client.ts';
import type { TestHouse } from './house.ts';
import { showing } from './tokens.ts';

type Recorded = (client: TestClient) => TestClient;

/** Shows a token wherever somebody might by mistake, besides using it. */
const misuse = async (house: TestHouse, recorded: Recorded, token: string, environmentId: string): Promise<void> => {
  const params = { environmentId };
  const ask = recorded(showing(house, token));
  await ask(contract.getMe);
  await ask(contract.listMembers, { params });
  await ask(contract.listEnvironments, { query: { access_token: token } as never });
  await ask(contract.createEnvironment, { body: { name: 'Canary', token } as never });
  await ask(contract.createEnvironment, { body: { token } as never, headers: { 'content-type': 'text/plain' } });
  await ask(contract.getMember, { params: { ...params, memberId: token } });
  await ask(contract.deleteSession);
  await recorded(showing(house, `${token}x`))(contract.getMe);
  await recorded(showing(house, token.slice(1)))(contract.getMe);
  await fetch(`${house.baseUrl}${apiRoot}/me?access_token=${token}`);
};

/** Does everything that can be done with API tokens and service accounts, also what should not be done. */
export const exerciseTokens = async (
  house: TestHouse,
  recorded: Recorded,
  ask: TestClient,
  environmentId: string,
): Promise<void> => {
  const params = { environmentId };
  const body = { name: 'Canary', expiresInDays: 1, scope: [...tokenActions] };
  const headers = { 'idempotency-key': 'token-once' };
  const { body: mine } = await ask(contract.createMyToken, { body, headers });
  await ask(contract.createMyToken, { body, headers });
  await misuse(house, recorded, mine.token, environmentId);
  await ask(contract.listMyTokens);

  const { body: account } = await ask(contract.createServiceAccount, {
    params,
    body: { name: 'Canary', role: 'admin' },
  });
  const at = { params: { ...params, serviceAccountId: account.id } };
  const { body: renamed } = await ask(contract.updateServiceAccount, {
    ...at,
    body: { name: 'Renamed', role: 'viewer' },
    ifMatch: account.etag,
  });
  const { body: theirs } = await ask(contract.createServiceAccountToken, { ...at, body });
  await misuse(house, recorded, theirs.token, environmentId);
  await ask(contract.listServiceAccounts, { params });
  await ask(contract.listServiceAccountTokens, at);

  house.passSeconds(24 * 3_600);
  for (const { token } of [mine, theirs]) await recorded(showing(house, token))(contract.getMe);
  house.passSeconds(-24 * 3_600);
  await ask(contract.deleteMyToken, { params: { tokenId: mine.id } });
  await ask(contract.deleteServiceAccountToken, { params: { ...at.params, tokenId: theirs.id } });
  for (const { token } of [mine, theirs]) await recorded(showing(house, token))(contract.getMe);
  await ask(contract.deleteServiceAccount, { ...at, ifMatch: renamed.etag });
};
