import { completeSignIn, signInCallbackPath, startSignIn } from '@junction/contracts';
import {
  openPlainBrowser,
  type PlainBrowser,
  type StandInPerson,
  type StandInProvider,
  startStandInProvider,
} from '@junction/identity-providers/testing';
import { backChannelLogoutPath } from '../http/back-channel-logout.ts';
import { createClient, type TestClient } from './client.ts';
import { type HouseOptions, openTestHouse, type TestHouse } from './house.ts';

const clientId = 'junction';
const clientSecret = 'the-secret-of-junction';

export const ada: StandInPerson = {
  sub: 'ada-0001',
  email: 'ada@contoso.example',
  name: 'Ada Lovelace',
  groups: ['engineers'],
};
export const bob: StandInPerson = { sub: 'bob-0002', email: 'bob@contoso.example', name: 'Bob', groups: ['staff'] };
export const cora: StandInPerson = { sub: 'cora-0003', email: 'cora@contoso.example', name: 'Cora', groups: [] };

/** A house with a provider, which knows the people above. */
export type ProviderHouse = { house: TestHouse; standIn: StandInProvider; close(): Promise<void> };

/** Tells the provider where a house is: to where it may send browsers, and tell who signed out. */
export const registerHouse = (standIn: StandInProvider, { baseUrl }: Pick<TestHouse, 'baseUrl'>): void =>
  standIn.setClient({
    clientId,
    clientSecret,
    redirectUris: [`${baseUrl}${signInCallbackPath}`],
    postLogoutRedirectUris: [`${baseUrl}/sign-in`],
    backChannelLogoutUri: `${baseUrl}${backChannelLogoutPath}`,
  });

/** The variables with which a house has this provider. */
export const envOf = ({ issuer }: Pick<StandInProvider, 'issuer'>): Record<string, string> => ({
  JUNCTION_OIDC_ISSUER: issuer,
  JUNCTION_OIDC_CLIENT_ID: clientId,
  JUNCTION_OIDC_CLIENT_SECRET: clientSecret,
  JUNCTION_OIDC_NAME: 'Contoso ID',
  JUNCTION_OIDC_SCOPES: 'groups',
});

/** Opens a house and a real provider on loopback that it is configured for; close it in afterAll. */
export const openProviderHouse = async (options: HouseOptions = {}): Promise<ProviderHouse> => {
  const standIn = await startStandInProvider({ people: [ada, bob, cora], clients: [] });
  const house = await openTestHouse({ ...options, env: { ...envOf(standIn), ...options.env } });
  registerHouse(standIn, house);
  return {
    house,
    standIn,
    close: async () => {
      await house.close();
      await standIn.close();
    },
  };
};

type SignInOptions = {
  /** The browser at the provider, which remembers who is signed in there. */
  at?: PlainBrowser;
  purpose?: 'signIn' | 'connect';
  returnTo?: string;
};

/** Begins to sign in and goes to the provider: what it sends back. */
export const goToProvider = async (
  browser: TestClient,
  email: string,
  { at = openPlainBrowser(), purpose, returnTo }: SignInOptions = {},
): Promise<string> => {
  const { body, status, text } = await browser(startSignIn, { body: { providerId: 'oidc', purpose, returnTo } });
  if (status !== 201) throw new Error(`The sign-in did not begin: ${text}`);
  return at.signInAs(body.url, email);
};

/** The whole way: the reply to the last step. */
export const signInWith = async (browser: TestClient, email: string, options: SignInOptions = {}) =>
  browser(completeSignIn, { body: { response: await goToProvider(browser, email, options) } });

/** A browser that has just signed in with the provider. */
export const signedInWith = async (
  house: Pick<TestHouse, 'baseUrl'>,
  email: string,
  options: SignInOptions = {},
): Promise<TestClient> => {
  const browser = createClient(house);
  const { status, text } = await signInWith(browser, email, options);
  if (status !== 201) throw new Error(`${email} could not sign in: ${text}`);
  return browser;
};
