import type { AdapterFactory, Configuration, KoaContextWithOIDC } from 'oidc-provider';
import { entraClaims, genericClaims } from './claims-of.ts';
import type { Directory } from './directory.ts';
import { signOutPage, textPage } from './pages.ts';
import type { SigningKey } from './signing-keys.ts';

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

const genericClaimNames = {
  openid: ['sub'],
  email: ['email', 'email_verified'],
  profile: ['name'],
  groups: ['groups'],
};

const entraClaimNames = {
  openid: ['sub', 'tid', 'oid', 'preferred_username', 'groups', 'roles', '_claim_names', '_claim_sources'],
  profile: ['name'],
};

/** Apart from those of whatever else listens on loopback: cookies know hosts, not ports. */
const cookieNames = { session: 'standin_session', interaction: 'standin_interaction', resume: 'standin_resume' };

type Parts = {
  name: string;
  tenantId: string | undefined;
  claimsIn: 'idToken' | 'userInfo';
  rotatesRefreshTokens: boolean;
  /** The path of the login page, before the name of the interaction. */
  loginPath: string;
  cookieKeys: readonly string[];
  adapter: AdapterFactory;
  key: SigningKey;
  directory: Directory;
};

const show = (ctx: KoaContextWithOIDC, page: string) => {
  ctx.type = 'html';
  ctx.body = page;
};

/** How the library is set up to stand in for a usual provider, or for Entra ID. */
export const configurationOf = ({ name, tenantId, directory, ...parts }: Parts): Configuration => ({
  adapter: parts.adapter,
  jwks: { keys: [parts.key.jwk as never] },
  cookies: { keys: parts.cookieKeys, names: cookieNames },
  scopes,
  claims: tenantId === undefined ? genericClaimNames : entraClaimNames,
  conformIdTokenClaims: tenantId === undefined && parts.claimsIn === 'userInfo',
  ttl,
  pkce: { required: () => true },
  rotateRefreshToken: parts.rotatesRefreshTokens,
  // Nobody is asked for consent, as an administrator has given it for everybody.
  issueRefreshToken: async (_ctx, client) => client.grantTypeAllowed('refresh_token'),
  loadExistingGrant: async ({ oidc }) => {
    const grant = new oidc.provider.Grant({ clientId: oidc.client?.clientId, accountId: oidc.session?.accountId });
    grant.addOIDCScope(scopes.join(' '));
    await grant.save();
    return grant;
  },
  findAccount: async (_ctx, accountId) => {
    const person = directory.findByAccountId(accountId);
    if (person === undefined) return undefined;
    const told = tenantId === undefined ? genericClaims(person) : entraClaims(person, tenantId);
    return { accountId, claims: async () => ({ sub: accountId, ...told }) };
  },
  interactions: { url: (_ctx, { uid }) => `${parts.loginPath}${uid}` },
  // Without the library's refusal of loopback addresses, which is where the clients of a stand-in are.
  fetch: (input, init) => fetch(input, { ...init, dispatcher: undefined } as RequestInit),
  clientBasedCORS: () => false,
  renderError: async (ctx, { error, error_description: description }) =>
    show(ctx, textPage(error, String(description))),
  features: {
    devInteractions: { enabled: false },
    backchannelLogout: { enabled: true },
    rpInitiatedLogout: {
      enabled: true,
      logoutSource: async (ctx, form) => show(ctx, signOutPage(name, form)),
      postLogoutSuccessSource: async (ctx) => show(ctx, textPage('Signed out', `You are signed out of ${name}.`)),
    },
  },
});
