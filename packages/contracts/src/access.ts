import * as z from 'zod';

/** The roles a member can have in an environment, weakest first. */
export const roles = ['viewer', 'contributor', 'admin'] as const;
export const Role = z.enum(roles);
export type Role = z.infer<typeof Role>;

/**
 * Who may take an action:
 * - `anyone`: without signing in;
 * - `person`: whoever is signed in, about what is their own;
 * - `adminOfAny`: an admin of at least one environment;
 * - a role: members of the environment at hand with at least that role.
 */
type Grant = 'anyone' | 'person' | 'adminOfAny' | Role;

/** Every action there is. An action that is not listed cannot be taken by anybody. */
export const grants = {
  'sign-in-options:read': 'anyone',
  'session:create': 'anyone',
  'sign-in:start': 'anyone',
  'sign-in:complete': 'anyone',
  'session:delete': 'person',
  'one-time-link:inspect': 'anyone',
  'one-time-link:redeem': 'anyone',
  'me:read': 'person',
  'me:update': 'person',
  'me:change-password': 'person',
  'my-session:list': 'person',
  'my-session:delete': 'person',
  'my-identity:delete': 'person',
  'my-token:list': 'person',
  'my-token:create': 'person',
  'my-token:delete': 'person',
  'openapi:read': 'anyone',
  'environment:list': 'person',
  'environment:create': 'adminOfAny',
  'environment:read': 'viewer',
  'environment:update': 'admin',
  'environment:delete': 'admin',
  'member:list': 'admin',
  'member:read': 'admin',
  'member:create': 'admin',
  'member:update': 'admin',
  'member:delete': 'admin',
  'member:reset-password': 'admin',
  'group-role:list': 'admin',
  'group-role:manage': 'admin',
  'service-account:list': 'admin',
  'service-account:manage': 'admin',
  'service-account-token:list': 'admin',
  'service-account-token:create': 'admin',
  'service-account-token:delete': 'admin',
  'connector:list': 'person',
  'sample-lake:read': 'adminOfAny',
  'connection:list': 'admin',
  'connection:read': 'admin',
  'connection:create': 'admin',
  'connection:update': 'admin',
  'connection:delete': 'admin',
  'connection:check': 'admin',
  'connection:restore': 'admin',
  'profile-access:manage': 'admin',
  'profile:read': 'viewer',
  'connection-option:list': 'contributor',
  'entity:list': 'viewer',
  'export:list': 'viewer',
  'export:read': 'viewer',
  'export:create': 'contributor',
  'export:update': 'contributor',
  'export:delete': 'contributor',
  'export:run': 'contributor',
  'run:list': 'viewer',
  'run:read': 'viewer',
  'notice:list': 'viewer',
  'notice-hook:manage': 'admin',
  'activity:list': 'admin',
} as const satisfies Record<string, Grant>;

export type Action = keyof typeof grants;

/**
 * What no token may do, whatever its owner may: what is about a browser's session or a password, and what hands out another credential,
 * since a token that leaked could outlive itself with one.
 */
const neverByToken = [
  'session:create',
  'session:delete',
  'sign-in:start',
  'sign-in:complete',
  'one-time-link:inspect',
  'one-time-link:redeem',
  'me:update',
  'me:change-password',
  'my-session:list',
  'my-session:delete',
  'my-identity:delete',
  'my-token:list',
  'my-token:create',
  'my-token:delete',
  'member:create',
  'member:reset-password',
  'service-account:manage',
  'service-account-token:create',
] as const satisfies Action[];

/** What every token may do: find out whom it acts for and where, and read what anybody may. */
const alwaysByToken = [
  'me:read',
  'environment:list',
  'sign-in-options:read',
  'openapi:read',
] as const satisfies Action[];

/** What no service account may do, whatever its role: an environment belongs to a person. */
const neverByService = ['environment:create'] as const satisfies Action[];

type OfWhoeverIsSignedIn = { [A in Action]: (typeof grants)[A] extends 'anyone' ? never : A }[Action];
type ScopeAction = Exclude<OfWhoeverIsSignedIn, (typeof neverByToken | typeof alwaysByToken)[number]>;

const allActions = Object.keys(grants) as Action[];

const isOneOf = (actions: readonly Action[], action: Action): boolean => actions.includes(action);

/** The actions that the scope of a token can name. */
export const tokenActions = allActions.filter(
  (action) =>
    (grants[action] as Grant) !== 'anyone' && !isOneOf(neverByToken, action) && !isOneOf(alwaysByToken, action),
) as [ScopeAction, ...ScopeAction[]];

/** Whoever asks, as the rules see them: their role in each environment they belong to. */
export type Actor = {
  id: string;
  name: string;
  email: string;
  /** Empty when it was a token that was shown. */
  sessionId: string;
  memberships: Readonly<Record<string, Role>>;
  /** True when it is no person. */
  isService?: boolean;
  /** The token that was shown, which narrows down what its owner may do; absent in a browser. */
  token?: { id: string; name: string; scope: readonly Action[] };
};

/** Whether any token could take an action. */
export const isForTokens = (action: Action): boolean => !isOneOf(neverByToken, action);

/** Whether the token at hand, if it is one, may take an action at all, whatever the roles say. */
export const isInScope = ({ token }: Pick<Actor, 'token'>, action: Action): boolean =>
  token === undefined ||
  isOneOf(alwaysByToken, action) ||
  (token.scope.includes(action) && isOneOf(tokenActions, action));

/** The one place that decides what somebody may do. Denies whatever it does not know. */
export const can = (actor: Actor | null, action: Action, environmentId?: string): boolean => {
  const grant: Grant | undefined = Object.hasOwn(grants, action) ? grants[action] : undefined;
  if (grant === undefined) return false;
  if (actor !== null && !isInScope(actor, action)) return false;
  if (grant === 'anyone') return true;
  if (actor === null || (actor.isService && isOneOf(neverByService, action))) return false;
  if (grant === 'person') return true;
  if (grant === 'adminOfAny') return Object.values(actor.memberships).includes('admin');
  const role = environmentId === undefined ? undefined : actor.memberships[environmentId];
  return role !== undefined && roles.indexOf(role) >= roles.indexOf(grant);
};
