import * as z from 'zod';
import { Role } from './access.ts';
import { endpoint } from './endpoint.ts';
import { listOf } from './lists.ts';
import { DisplayName, Email, Id, NewPassword, Password, Timestamp, TimeZone } from './scalars.ts';

const tag = 'People';
export const Theme = z.enum(['system', 'light', 'dark', 'highContrast']);
export type Theme = z.infer<typeof Theme>;

/** A person, or a service account, which only tokens act for. */
export const PersonKind = z.enum(['person', 'service']);

/** Whoever asks, as they see themselves. */
export const Me = z.object({
  id: Id,
  kind: PersonKind,
  name: z.string(),
  email: z.string(),
  hasPassword: z.boolean(),
  /** Who they are at the identity provider, once they have signed in with it; its name and the address it knows. */
  identity: z.object({ provider: z.string(), email: z.string() }).nullable(),
  theme: Theme,
  timeZone: z.string(),
  /** True when this person may create environments. */
  canCreateEnvironments: z.boolean(),
  etag: z.string(),
});
export type Me = z.infer<typeof Me>;

/** Which of the two identity providers that can be configured. */
export const ProviderId = z.enum(['entra', 'oidc']);
export type ProviderId = z.infer<typeof ProviderId>;

export const SignInOptions = z.object({
  mode: z.enum(['demo', 'production']),
  /** The sample accounts; their password is printed where Junction was started. Empty outside demo mode. */
  demoAccounts: z.array(z.object({ email: z.string(), name: z.string(), role: Role })),
  /** True until the first admin exists. */
  needsFirstAdmin: z.boolean(),
  /** False when the operator has switched passwords off. */
  localAccounts: z.boolean(),
  /** The identity providers that one can sign in with. */
  providers: z.array(z.object({ id: ProviderId, name: z.string() })),
});
export type SignInOptions = z.infer<typeof SignInOptions>;

export const getSignInOptions = endpoint({
  method: 'GET',
  path: '/sign-in-options',
  action: 'sign-in-options:read',
  summary: 'How one can sign in here',
  tag,
  response: SignInOptions,
});

export const SignIn = z.strictObject({
  email: Email,
  password: Password,
});
export type SignIn = z.infer<typeof SignIn>;

export const createSession = endpoint({
  method: 'POST',
  path: '/session',
  action: 'session:create',
  summary: 'Sign in; the session comes as a cookie',
  tag,
  status: 201,
  body: SignIn,
  response: Me,
});

export const deleteSession = endpoint({
  method: 'DELETE',
  path: '/session',
  action: 'session:delete',
  summary: 'Sign out; says where to go to sign out at the identity provider too',
  tag,
  response: z.object({ providerUrl: z.string().nullable() }),
});

/** The page that identity providers send browsers back to: the redirect URI, below the public address. It asks completeSignIn. */
export const signInCallbackPath = '/sign-in/callback';

export const StartSignIn = z.strictObject({
  providerId: ProviderId,
  /** `connect` adds the identity to the account of who is signed in. */
  purpose: z.enum(['signIn', 'connect']).default('signIn'),
  /** The path to go to afterwards. */
  returnTo: z.string().max(2_000).optional(),
});

export const startSignIn = endpoint({
  method: 'POST',
  path: '/sign-ins',
  action: 'sign-in:start',
  summary: 'Begin to sign in with an identity provider: the address to send the browser to',
  tag,
  status: 201,
  body: StartSignIn,
  response: z.object({ url: z.string() }),
  keepsAnswers: false,
});

export const completeSignIn = endpoint({
  method: 'POST',
  path: '/sign-ins/complete',
  action: 'sign-in:complete',
  summary: 'Sign in with what the identity provider sent back; the session comes as a cookie',
  tag,
  status: 201,
  /** The query of the page that the provider sent the browser to, without the question mark. */
  body: z.strictObject({ response: z.string().min(1).max(16_000) }),
  response: z.object({ me: Me, returnTo: z.string().nullable(), purpose: z.enum(['signIn', 'connect']) }),
  keepsAnswers: false,
});

export const deleteMyIdentity = endpoint({
  method: 'DELETE',
  path: '/me/identity',
  action: 'my-identity:delete',
  summary: 'Disconnect your account from the identity provider',
  tag,
});

export const getMe = endpoint({
  method: 'GET',
  path: '/me',
  action: 'me:read',
  summary: 'Who is signed in',
  tag,
  response: Me,
});

export const UpdateMe = z.strictObject({
  name: DisplayName.optional(),
  theme: Theme.optional(),
  timeZone: TimeZone.optional(),
});
export type UpdateMe = z.infer<typeof UpdateMe>;

export const updateMe = endpoint({
  method: 'PATCH',
  path: '/me',
  action: 'me:update',
  summary: 'Change your name, theme or time zone',
  tag,
  body: UpdateMe,
  response: Me,
  needsIfMatch: true,
});

export const ChangePassword = z.strictObject({ currentPassword: Password, newPassword: NewPassword });
export type ChangePassword = z.infer<typeof ChangePassword>;

export const changePassword = endpoint({
  method: 'POST',
  path: '/me/password',
  action: 'me:change-password',
  summary: 'Change your password; your other sessions end',
  tag,
  body: ChangePassword,
});

export const MySession = z.object({
  id: Id,
  current: z.boolean(),
  createdAt: Timestamp,
  lastSeenAt: Timestamp,
  expiresAt: Timestamp,
  address: z.string(),
  /** The browser and system in words, such as "Firefox on Linux". */
  client: z.string(),
  etag: z.string(),
});
export type MySession = z.infer<typeof MySession>;

export const listMySessions = endpoint({
  method: 'GET',
  path: '/me/sessions',
  action: 'my-session:list',
  summary: 'Where you are signed in',
  tag,
  response: listOf(MySession),
});

export const deleteMySession = endpoint({
  method: 'DELETE',
  path: '/me/sessions/:sessionId',
  action: 'my-session:delete',
  summary: 'End one of your sessions',
  tag,
  needsIfMatch: true,
});

/** One-time links set a password: for the first admin, a new member, or somebody who forgot theirs. The token travels in the URL's fragment and in bodies only. */
const Token = z.string().min(20).max(200);

export const OneTimeLinkView = z.object({
  /** `breakGlass` lets an admin in when the identity provider cannot; made at the command line only. */
  purpose: z.enum(['firstAdmin', 'newMember', 'passwordReset', 'breakGlass']),
  /** False when it signs in without setting a password. */
  setsPassword: z.boolean(),
  email: z.string().nullable(),
  name: z.string().nullable(),
  expiresAt: Timestamp,
});
export type OneTimeLinkView = z.infer<typeof OneTimeLinkView>;

export const inspectOneTimeLink = endpoint({
  method: 'POST',
  path: '/one-time-links/inspect',
  action: 'one-time-link:inspect',
  summary: 'What a one-time link is for',
  tag,
  status: 200,
  body: z.strictObject({ token: Token }),
  response: OneTimeLinkView,
});

export const RedeemOneTimeLink = z.strictObject({
  token: Token,
  /** Required when the link sets a password. */
  password: NewPassword.optional(),
  name: DisplayName.optional(),
  /** Only for the first admin, who brings their own address and names the first environment. */
  email: Email.optional(),
  environmentName: DisplayName.optional(),
});
export type RedeemOneTimeLink = z.infer<typeof RedeemOneTimeLink>;

export const redeemOneTimeLink = endpoint({
  method: 'POST',
  path: '/one-time-links/redeem',
  action: 'one-time-link:redeem',
  summary: 'Set a password with a one-time link and sign in',
  tag,
  status: 201,
  body: RedeemOneTimeLink,
  response: Me,
});
