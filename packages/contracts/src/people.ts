import * as z from 'zod';
import { Role } from './access.ts';
import { endpoint } from './endpoint.ts';
import { listOf } from './lists.ts';
import { DisplayName, Email, Id, NewPassword, Password, Timestamp, TimeZone } from './scalars.ts';

const tag = 'People';
export const Theme = z.enum(['system', 'light', 'dark', 'highContrast']);
export type Theme = z.infer<typeof Theme>;

/** The signed-in person, as they see themselves. */
export const Me = z.object({
  id: Id,
  name: z.string(),
  email: z.string(),
  theme: Theme,
  timeZone: z.string(),
  /** True when this person may create environments. */
  canCreateEnvironments: z.boolean(),
  etag: z.string(),
});
export type Me = z.infer<typeof Me>;

export const SignInOptions = z.object({
  mode: z.enum(['demo', 'production']),
  /** The sample accounts; their password is printed where Junction was started. Empty outside demo mode. */
  demoAccounts: z.array(z.object({ email: z.string(), name: z.string(), role: Role })),
  /** True until the first admin exists. */
  needsFirstAdmin: z.boolean(),
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
  summary: 'Sign out',
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
  purpose: z.enum(['firstAdmin', 'newMember', 'passwordReset']),
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
  password: NewPassword,
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
