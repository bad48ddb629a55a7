import { createServer } from 'node:http';
import * as contract from '@junction/contracts';
import { signInCallbackPath } from '@junction/contracts';
import { openPlainBrowser, type StandInProvider, startStandInProvider } from '@junction/identity-providers/testing';
import { backChannelLogoutPath } from '../http/back-channel-logout.ts';
import type { Canary } from './canary.ts';
import { createClient, type TestClient } from './client.ts';
import type { makeEnvironment } from './factories.ts';
import { signedIn } from './factories.ts';
import type { TestHouse } from './house.ts';

const clientId = 'junction';
const email = 'ada@contoso.example';

/** A provider, and somebody on the way who reads the logout tokens that it posts. */
export type SignInGround = {
  standIn: StandInProvider;
  clientSecret: string;
  env: Record<string, string>;
  /** Tells the provider where the house is. */
  register(house: TestHouse): void;
  logoutTokens: string[];
  close(): Promise<void>;
};

/** Passes on what is posted to the house, and keeps the logout token. */
const openRelay = async (logoutTokens: string[]) => {
  let target = '';
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(Buffer.from(chunk));
    const body = Buffer.concat(chunks).toString();
    logoutTokens.push(new URLSearchParams(body).get('logout_token') ?? '');
    const headers = { 'content-type': request.headers['content-type'] ?? '' };
    const passed = await fetch(target, { method: 'POST', headers, body });
    response.writeHead(passed.status).end(await passed.text());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (typeof address !== 'object' || address === null) throw new Error('The relay has no port.');
  return {
    url: `http://127.0.0.1:${address.port}`,
    passTo: (url: string) => {
      target = url;
    },
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
};

/** Opens a provider on loopback, with a client secret that is looked for afterwards. */
export const openSignInGround = async (): Promise<SignInGround> => {
  const clientSecret = 'canary-client-secret-of-the-identity-provider';
  const people = [{ sub: 'ada-0001', email, name: 'Ada Lovelace', groups: ['engineers'] }];
  const standIn = await startStandInProvider({ people, clients: [] });
  const logoutTokens: string[] = [];
  const relay = await openRelay(logoutTokens);
  return {
    standIn,
    clientSecret,
    env: {
      JUNCTION_OIDC_ISSUER: standIn.issuer,
      JUNCTION_OIDC_CLIENT_ID: clientId,
      JUNCTION_OIDC_CLIENT_SECRET: clientSecret,
      JUNCTION_OIDC_NAME: 'Contoso ID',
      JUNCTION_OIDC_SCOPES: 'groups',
    },
    register: ({ baseUrl }) => {
      relay.passTo(`${baseUrl}${backChannelLogoutPath}`);
      standIn.setClient({
        clientId,
        clientSecret,
        redirectUris: [`${baseUrl}${signInCallbackPath}`],
        postLogoutRedirectUris: [`${baseUrl}/sign-in`],
        backChannelLogoutUri: relay.url,
      });
    },
    logoutTokens,
    close: async () => {
      relay.close();
      await standIn.close();
    },
  };
};

const exerciseGroupRoles = async (ask: TestClient, environmentId: string): Promise<void> => {
  const params = { environmentId };
  const body = { value: 'engineers', name: 'Engineers', role: 'viewer' as const };
  const { body: made } = await ask(contract.createGroupRole, { params, body });
  const at = { params: { ...params, groupRoleId: made.id } };
  await ask(contract.listGroupRoles, { params });
  const { body: changed } = await ask(contract.updateGroupRole, {
    ...at,
    body: { role: 'contributor' },
    ifMatch: made.etag,
  });
  await ask(contract.deleteGroupRole, { ...at, ifMatch: changed.etag });
};

/** Does everything that can be done with an identity provider; what of it must not turn up anywhere is answered. */
export const exerciseSignIns = async (
  house: TestHouse,
  recorded: (client: TestClient) => TestClient,
  { standIn, logoutTokens }: SignInGround,
  { environment, asAdmin, viewer }: Awaited<ReturnType<typeof makeEnvironment>>,
): Promise<Canary[]> => {
  const codes: string[] = [];
  const goThrough = async (browser: TestClient, purpose: 'signIn' | 'connect') => {
    const ask = recorded(browser);
    const { body: started } = await ask(contract.startSignIn, { body: { providerId: 'oidc', purpose } });
    const response = await openPlainBrowser().signInAs(started.url, email);
    codes.push(new URLSearchParams(response).get('code') ?? '');
    await ask(contract.completeSignIn, { body: { response } });
    await ask(contract.completeSignIn, { body: { response } });
    await ask(contract.completeSignIn, { body: { response: `${response}&more=1` } });
    await recorded(createClient(house))(contract.completeSignIn, { body: { response } });
    return ask;
  };
  await exerciseGroupRoles(recorded(asAdmin), environment.id);
  await goThrough(await signedIn(house, viewer.id), 'connect');
  const ask = await goThrough(createClient(house), 'signIn');
  await ask(contract.getMe);
  await ask(contract.deleteSession);
  const another = await goThrough(createClient(house), 'signIn');
  await standIn.backChannelLogout(email);
  await another(contract.getMe);
  house.passSeconds(3_600);
  const last = await goThrough(createClient(house), 'signIn');
  standIn.trouble({ answers: { '/token': 'error500' } });
  house.passSeconds(3_600);
  await last(contract.getMe);
  standIn.heal();
  await recorded(await signedIn(house, viewer.id))(contract.deleteMyIdentity);
  return [
    ...codes.map((value) => ({ name: 'authorization code', value })),
    ...standIn.issued().map((value) => ({ name: 'token of the identity provider', value })),
    ...logoutTokens.map((value) => ({ name: 'logout token', value })),
  ];
};
