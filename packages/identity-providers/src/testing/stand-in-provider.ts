import { randomBytes } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import Provider, { type KoaContextWithOIDC } from 'oidc-provider';
import { metadataOf, type StandInClient } from './clients.ts';
import { configurationOf } from './configuration.ts';
import { createDirectory, type StandInPerson } from './directory.ts';
import { loginPage, textPage } from './pages.ts';
import { formOf, sendJson, sendPage } from './requests.ts';
import { createSigningKey, type SigningAlgorithm } from './signing-keys.ts';
import { createStorage } from './storage.ts';
import { tamper } from './tamper.ts';
import { answerBadly, type Trouble } from './trouble.ts';

type Json = Record<string, unknown>;

export type StandInOptions = {
  people: readonly StandInPerson[];
  clients: readonly StandInClient[];
  /** What it calls itself on its pages. */
  name?: string;
  /** Makes it one tenant of Entra ID, with its Graph. */
  tenantId?: string;
  /** Where a usual provider tells e-mail address, name and groups; the userinfo endpoint is what the standard says. */
  claimsIn?: 'idToken' | 'userInfo';
  /** Whether each refresh token is good for one use. */
  rotatesRefreshTokens?: boolean;
  algorithm?: SigningAlgorithm;
  /** 0 for a free one. */
  port?: number;
};

/** A real OpenID Connect provider on loopback, for tests and demonstrations. Whoever knows an e-mail address is let in. */
export type StandInProvider = {
  issuer: string;
  /** Its origin: with a tenant, the `authority` and the `graph` of the settings. */
  origin: string;
  people(): readonly StandInPerson[];
  add(person: StandInPerson): void;
  setGroups(email: string, groups: readonly string[]): void;
  /** From now on the person does not exist: nobody signs in as them, and their refresh tokens are refused. */
  remove(email: string): void;
  /** Adds a client or changes what is registered of one. */
  setClient(client: StandInClient): void;
  /** Signs with a new key from now on and publishes no other. */
  rotateKeys(): Promise<void>;
  /** Signs somebody out everywhere and tells it to each client that they are signed in to, as back-channel logout does. */
  backChannelLogout(email: string): Promise<void>;
  /** Signs any claims with the provider's key. */
  sign(claims: Json, header?: { typ?: string }): Promise<string>;
  /** Lets something go wrong until `heal`; takes the place of any trouble before. */
  trouble(trouble: Trouble): void;
  heal(): void;
  /** Every token that it gave, for who looks for where they got to. */
  issued(): readonly string[];
  /** How often its paths were asked for, by the end of the path. */
  asked(pathEnd: string): number;
  close(): Promise<void>;
};

/** What the types of the library leave out: it posts a logout token to the client. */
type LogoutClient = { backchannelLogoutUri?: string; backchannelLogout(sub: string, sid: string): Promise<void> };

export const startStandInProvider = async (options: StandInOptions): Promise<StandInProvider> => {
  const { name = 'Contoso ID', tenantId, claimsIn = 'userInfo', algorithm = 'ES256' } = options;
  const { rotatesRefreshTokens = true } = options;
  const directory = createDirectory(options.people, { isEntra: tenantId !== undefined });
  const storage = createStorage();
  const { adapter } = storage;
  const cookieKeys = [randomBytes(32).toString('hex')];
  const asked: string[] = [];
  const issued: string[] = [];
  let current: Trouble = {};
  let key = await createSigningKey(algorithm);
  const foreign = await createSigningKey(algorithm);

  const setClient = (client: StandInClient) => storage.put('Client', client.clientId, metadataOf(client, algorithm));
  options.clients.forEach(setClient);

  const server = createServer((request, response) => {
    answer(request, response).catch((error: unknown) => {
      if (!response.headersSent) response.writeHead(500);
      response.end(String(error));
    });
  });
  await new Promise<void>((resolve) => server.listen(options.port ?? 0, '127.0.0.1', resolve));
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const mount = tenantId === undefined ? '' : `/${tenantId}/v2.0`;
  const issuer = `${origin}${mount}`;

  const loginPath = `${mount}/interaction/`;

  const endSessions = (accountId: string) => storage.removeAll('Session', (session) => session.accountId === accountId);

  const build = () => {
    const parts = { name, tenantId, claimsIn, rotatesRefreshTokens, loginPath, cookieKeys, adapter, key, directory };
    const provider = new Provider(issuer, configurationOf(parts));
    provider.use(async (ctx: KoaContextWithOIDC, next) => {
      await next();
      await tamper(ctx, current, { own: key, foreign });
      if (ctx.oidc?.route !== 'token') return;
      const { id_token, access_token, refresh_token } = (ctx.body ?? {}) as Json;
      issued.push(...[id_token, access_token, refresh_token].filter((token) => typeof token === 'string'));
    });
    return { provider, handle: provider.callback() };
  };
  let built = build();

  const login = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const { method, url = '' } = request;
    if (method !== 'POST') return sendPage(response, 200, loginPage(name, url));
    const email = ((await formOf(request)).get('email') ?? '').trim().toLowerCase();
    const person = directory.find(email);
    if (person === undefined) return sendPage(response, 200, loginPage(name, url, `${name} does not know ${email}.`));
    await built.provider.interactionFinished(request, response, {
      login: { accountId: directory.accountIdOf(person) },
    });
  };

  /** Microsoft Graph's one question that Junction asks. */
  const memberObjects = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const shown = /^Bearer (.+)$/.exec(request.headers.authorization ?? '')?.[1];
    const token = shown === undefined ? undefined : await built.provider.AccessToken.find(shown);
    const person = token?.accountId === undefined ? undefined : directory.findByAccountId(token.accountId);
    if (person === undefined) return sendJson(response, 401, { error: { code: 'InvalidAuthenticationToken' } });
    if (!token?.scopes.has('User.Read'))
      return sendJson(response, 403, { error: { code: 'Authorization_RequestDenied' } });
    sendJson(response, 200, { value: person.groups });
  };

  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const [path = ''] = (request.url ?? '').split('?');
    asked.push(path);
    const bad = Object.entries(current.answers ?? {}).find(([end]) => path.endsWith(end))?.[1];
    if (bad !== undefined) return answerBadly(bad, request, response);
    if (tenantId !== undefined && path === '/v1.0/me/getMemberObjects') return memberObjects(request, response);
    if (path.startsWith(loginPath)) return login(request, response);
    if (!path.startsWith(mount)) return sendPage(response, 404, textPage('Not found', 'There is nothing here.'));
    // The library finds out where it is mounted by comparing the two.
    Object.assign(request, { originalUrl: request.url, url: request.url?.slice(mount.length) });
    await built.handle(request, response);
  };

  return {
    issuer,
    origin,
    people: directory.all,
    add: directory.put,
    setGroups: (email, groups) => directory.put({ ...directory.get(email), groups }),
    remove: (email) => {
      const accountId = directory.accountIdOf(directory.get(email));
      directory.remove(email);
      endSessions(accountId);
    },
    setClient,
    rotateKeys: async () => {
      key = await createSigningKey(algorithm);
      built = build();
    },
    backChannelLogout: async (email) => {
      const accountId = directory.accountIdOf(directory.get(email));
      for (const session of storage.all('Session').filter((one) => one.accountId === accountId)) {
        for (const [clientId, authorization] of Object.entries(session.authorizations ?? {})) {
          const client = (await built.provider.Client.find(clientId)) as LogoutClient | undefined;
          if (client?.backchannelLogoutUri !== undefined) {
            await client.backchannelLogout(accountId, String(authorization.sid));
          }
        }
      }
      endSessions(accountId);
    },
    sign: (claims, header) => key.sign(claims, header),
    trouble: (trouble) => {
      current = trouble;
    },
    heal: () => {
      current = {};
    },
    issued: () => issued,
    asked: (pathEnd) => asked.filter((path) => path.endsWith(pathEnd)).length,
    close: async () => {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      server.closeAllConnections();
      await closed;
    },
  };
};
