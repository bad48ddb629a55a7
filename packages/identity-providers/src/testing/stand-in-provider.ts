import { randomBytes } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { decodeJwt } from 'jose';
import Provider, { type ClientAuthMethod, type Configuration, type KoaContextWithOIDC } from 'oidc-provider';
import { entraClaims, genericClaims } from './claims-of.ts';
import { loginPage, signOutPage, textPage } from './pages.ts';
import type { StandInPerson } from './people.ts';
import { createSigningKey, type SigningAlgorithm, unsigned } from './signing-keys.ts';
import { createStorage } from './storage.ts';
import { answerBadly, type Trouble } from './trouble.ts';

type Json = Record<string, unknown>;

/** An application that people sign in to with the stand-in. */
export type StandInClient = {
  clientId: string;
  /** Absent for a public client. */
  clientSecret?: string;
  /** How it shows its secret: in the body, unless this says in the header. */
  showsSecretIn?: 'header';
  redirectUris: readonly string[];
  postLogoutRedirectUris?: readonly string[];
  /** Where the provider tells that somebody signed out. */
  backChannelLogoutUri?: string;
};

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

/** In seconds. What a test wants to see end it ends by itself. */
const ttl = {
  AccessToken: 600,
  AuthorizationCode: 60,
  Grant: 86_400,
  IdToken: 600,
  Interaction: 3_600,
  RefreshToken: 86_400,
  Session: 86_400,
};

const scopes = ['openid', 'offline_access', 'profile', 'email', 'groups', 'User.Read'];

const entraClaimNames = ['tid', 'oid', 'preferred_username', 'groups', 'roles', '_claim_names', '_claim_sources'];

/** What the types of the library leave out: it posts a logout token to the client. */
type LogoutClient = { backchannelLogoutUri?: string; backchannelLogout(sub: string, sid: string): Promise<void> };

const formOf = async (request: IncomingMessage): Promise<URLSearchParams> => {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(Buffer.from(chunk));
  return new URLSearchParams(Buffer.concat(chunks).toString());
};

const html = (response: ServerResponse, status: number, page: string) => {
  response.writeHead(status, { 'content-type': 'text/html; charset=utf-8' });
  response.end(page);
};

const json = (response: ServerResponse, status: number, body: unknown) => {
  response.writeHead(status, { 'content-type': 'application/json' });
  response.end(JSON.stringify(body));
};

const authenticationOf = ({ clientSecret, showsSecretIn }: StandInClient): ClientAuthMethod => {
  if (clientSecret === undefined) return 'none';
  return showsSecretIn === 'header' ? 'client_secret_basic' : 'client_secret_post';
};

const metadataOf = (client: StandInClient, alg: SigningAlgorithm) => ({
  client_id: client.clientId,
  ...(client.clientSecret === undefined ? {} : { client_secret: client.clientSecret }),
  token_endpoint_auth_method: authenticationOf(client),
  redirect_uris: [...client.redirectUris],
  post_logout_redirect_uris: [...(client.postLogoutRedirectUris ?? [])],
  grant_types: ['authorization_code', 'refresh_token'],
  response_types: ['code' as const],
  id_token_signed_response_alg: alg,
  ...(client.backChannelLogoutUri === undefined
    ? {}
    : { backchannel_logout_uri: client.backChannelLogoutUri, backchannel_logout_session_required: true }),
});

export const startStandInProvider = async (options: StandInOptions): Promise<StandInProvider> => {
  const { name = 'Contoso ID', tenantId, claimsIn = 'userInfo', algorithm = 'ES256' } = options;
  const people = new Map(options.people.map((person) => [person.email, person]));
  const storage = createStorage();
  const cookieKeys = [randomBytes(32).toString('hex')];
  const asked: string[] = [];
  const issued: string[] = [];
  let current: Trouble = {};
  let key = await createSigningKey(algorithm);
  const foreignKey = await createSigningKey(algorithm);

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

  /** Entra ID knows one person under another `sub` in each application. */
  const accountIdOf = ({ sub }: StandInPerson) => (tenantId === undefined ? sub : `of-this-client-${sub}`);
  const findPerson = (accountId: string) => [...people.values()].find((person) => accountIdOf(person) === accountId);
  const personOf = (email: string): StandInPerson => {
    const person = people.get(email);
    if (person === undefined) throw new Error(`The stand-in does not know ${email}.`);
    return person;
  };

  const endSessions = (accountId: string) => storage.removeAll('Session', (session) => session.accountId === accountId);

  const configurationOf = (): Configuration => ({
    adapter: storage.adapter,
    jwks: { keys: [key.jwk as never] },
    cookies: {
      keys: cookieKeys,
      names: { session: 'standin_session', interaction: 'standin_interaction', resume: 'standin_resume' },
    },
    scopes,
    claims:
      tenantId === undefined
        ? { openid: ['sub'], email: ['email', 'email_verified'], profile: ['name'], groups: ['groups'] }
        : { openid: ['sub', ...entraClaimNames], profile: ['name'] },
    conformIdTokenClaims: tenantId === undefined && claimsIn === 'userInfo',
    ttl,
    pkce: { required: () => true },
    rotateRefreshToken: options.rotatesRefreshTokens ?? true,
    // Neither asks for consent, as an administrator has given it for everybody.
    issueRefreshToken: async (_ctx, client) => client.grantTypeAllowed('refresh_token'),
    loadExistingGrant: async ({ oidc }) => {
      const grant = new oidc.provider.Grant({ clientId: oidc.client?.clientId, accountId: oidc.session?.accountId });
      grant.addOIDCScope(scopes.join(' '));
      await grant.save();
      return grant;
    },
    findAccount: async (_ctx, accountId) => {
      const person = findPerson(accountId);
      if (person === undefined) return undefined;
      return {
        accountId,
        claims: async () => ({
          sub: accountId,
          ...(tenantId === undefined ? genericClaims(person) : entraClaims(person, tenantId)),
        }),
      };
    },
    interactions: { url: (_ctx, { uid }) => `${mount}/interaction/${uid}` },
    // Without the library's refusal of loopback addresses, which is where the clients of a stand-in are.
    fetch: (input, init) => fetch(input, { ...init, dispatcher: undefined } as RequestInit),
    clientBasedCORS: () => false,
    renderError: async (ctx, { error, error_description: description }) => {
      ctx.type = 'html';
      ctx.body = textPage(error, String(description));
    },
    features: {
      devInteractions: { enabled: false },
      backchannelLogout: { enabled: true },
      rpInitiatedLogout: {
        enabled: true,
        logoutSource: async (ctx, form) => {
          ctx.type = 'html';
          ctx.body = signOutPage(name, form);
        },
        postLogoutSuccessSource: async (ctx) => {
          ctx.type = 'html';
          ctx.body = textPage('Signed out', `You are signed out of ${name}.`);
        },
      },
    },
  });

  const tamperWithIdToken = async (token: string): Promise<string> => {
    const { idToken, signedBy, clockAheadSeconds = 0 } = current;
    if (idToken === undefined && signedBy === undefined && clockAheadSeconds === 0) return token;
    const claims: Json = decodeJwt(token);
    const shifted = {
      ...claims,
      iat: Number(claims.iat) + clockAheadSeconds,
      exp: Number(claims.exp) + clockAheadSeconds,
    };
    const changed = idToken?.(shifted) ?? shifted;
    if (signedBy === 'nobody') return unsigned(changed);
    return signedBy === 'somebodyElse' ? foreignKey.sign(changed, { kid: key.jwk.kid }) : key.sign(changed);
  };

  const build = () => {
    const provider = new Provider(issuer, configurationOf());
    provider.use(async (ctx: KoaContextWithOIDC, next) => {
      await next();
      const body = ctx.body as Json;
      if (ctx.oidc?.route === 'discovery' && current.discovery !== undefined) ctx.body = current.discovery(body);
      if (ctx.oidc?.route === 'token' && typeof body?.id_token === 'string') {
        const idToken = current.withoutIdToken ? undefined : await tamperWithIdToken(body.id_token);
        ctx.body = { ...body, id_token: idToken };
      }
      if (ctx.oidc?.route === 'token') {
        const { id_token, access_token, refresh_token } = (ctx.body ?? {}) as Json;
        issued.push(...[id_token, access_token, refresh_token].filter((token) => typeof token === 'string'));
      }
    });
    return { provider, handle: provider.callback() };
  };
  let built = build();

  const login = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    if (request.method !== 'POST') return html(response, 200, loginPage(name, request.url ?? ''));
    const email = String((await formOf(request)).get('email'))
      .trim()
      .toLowerCase();
    const person = people.get(email);
    if (person === undefined)
      return html(response, 200, loginPage(name, request.url ?? '', `${name} does not know ${email}.`));
    await built.provider.interactionFinished(request, response, { login: { accountId: accountIdOf(person) } });
  };

  /** Microsoft Graph's one question that Junction asks. */
  const memberObjects = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const shown = /^Bearer (.+)$/.exec(request.headers.authorization ?? '')?.[1];
    const token = shown === undefined ? undefined : await built.provider.AccessToken.find(shown);
    const person = token?.accountId === undefined ? undefined : findPerson(token.accountId);
    if (person === undefined) return json(response, 401, { error: { code: 'InvalidAuthenticationToken' } });
    if (!token?.scopes.has('User.Read')) return json(response, 403, { error: { code: 'Authorization_RequestDenied' } });
    json(response, 200, { value: person.groups });
  };

  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const [path = ''] = (request.url ?? '').split('?');
    asked.push(path);
    const bad = Object.entries(current.answers ?? {}).find(([end]) => path.endsWith(end))?.[1];
    if (bad !== undefined) return answerBadly(bad, request, response);
    if (tenantId !== undefined && path === '/v1.0/me/getMemberObjects') return memberObjects(request, response);
    if (path.startsWith(`${mount}/interaction/`)) return login(request, response);
    if (!path.startsWith(mount)) return html(response, 404, textPage('Not found', 'There is nothing here.'));
    // The library finds out where it is mounted by comparing the two.
    Object.assign(request, { originalUrl: request.url, url: request.url?.slice(mount.length) });
    await built.handle(request, response);
  };

  return {
    issuer,
    origin,
    people: () => [...people.values()],
    add: (person) => void people.set(person.email, person),
    setGroups: (email, groups) => void people.set(email, { ...personOf(email), groups }),
    remove: (email) => {
      const person = personOf(email);
      people.delete(person.email);
      endSessions(accountIdOf(person));
    },
    setClient,
    rotateKeys: async () => {
      key = await createSigningKey(algorithm);
      built = build();
    },
    backChannelLogout: async (email) => {
      const accountId = accountIdOf(personOf(email));
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
