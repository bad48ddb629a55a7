import { signInCallbackPath } from '@junction/contracts';

/** Every address of the web, in one place. */
export const paths = {
  home: () => '/',
  signIn: (returnTo?: string) =>
    returnTo && returnTo !== '/' ? `/sign-in?return=${encodeURIComponent(returnTo)}` : '/sign-in',
  /** Signing in again, for whom the session ended under their hands. */
  signInAgain: (returnTo: string) => `/sign-in?return=${encodeURIComponent(returnTo)}&ended`,
  /** Where identity providers send browsers back to. */
  signInCallback: () => signInCallbackPath,
  welcome: () => '/welcome',
  account: () => '/account',
  newToken: () => '/account/tokens/new',
  token: (tokenId: string) => `/account/tokens/${tokenId}`,
  revokeToken: (tokenId: string) => `/account/tokens/${tokenId}/revoke`,
  disconnectIdentity: () => '/account/disconnect',
  environments: () => '/environments',
  newEnvironment: () => '/environments/new',
  environment: (environmentId: string) => `/e/${environmentId}`,
  connections: (environmentId: string) => `/e/${environmentId}/connections`,
  discover: (environmentId: string) => `/e/${environmentId}/connections/discover`,
  newConnection: (environmentId: string, type: string) => `/e/${environmentId}/connections/new/${type}`,
  /** A step of the wizard, for types that are set up on a page of their own; where it is about a draft, the query names it. */
  setUpConnection: (environmentId: string, type: string, step: string, draftId?: string) =>
    `/e/${environmentId}/connections/new/${type}/${step}${draftId === undefined ? '' : `?draft=${draftId}`}`,
  connection: (environmentId: string, connectionId: string) => `/e/${environmentId}/connections/${connectionId}`,
  editConnection: (environmentId: string, connectionId: string) =>
    `/e/${environmentId}/connections/${connectionId}/edit`,
  removeConnection: (environmentId: string, connectionId: string) =>
    `/e/${environmentId}/connections/${connectionId}/remove`,
  profileImport: (environmentId: string, connectionId: string) =>
    `/e/${environmentId}/connections/${connectionId}/profile-import`,
  addProfileAccess: (environmentId: string, connectionId: string) =>
    `/e/${environmentId}/connections/${connectionId}/profile-access/add`,
  removeProfileAccess: (environmentId: string, connectionId: string, personId: string) =>
    `/e/${environmentId}/connections/${connectionId}/profile-access/${personId}/remove`,
  removeConnections: (environmentId: string) => `/e/${environmentId}/connections/remove`,
  exports: (environmentId: string) => `/e/${environmentId}/exports`,
  /** The list, narrowed to what writes over one connection. */
  exportsOver: (environmentId: string, connectionId: string) =>
    `/e/${environmentId}/exports?connection=${connectionId}`,
  /** The list, narrowed to exports in one of these states, and to those whose names have the text. */
  exportsIn: (environmentId: string, statuses: readonly string[], search = '') =>
    `/e/${environmentId}/exports?${new URLSearchParams({ ...(search && { search }), status: statuses.join(',') })}`,
  /** The pane that sets an export up, with a connection chosen already when one is named. */
  newExport: (environmentId: string, connectionId?: string) =>
    `/e/${environmentId}/exports/new${connectionId === undefined ? '' : `/${connectionId}`}`,
  export: (environmentId: string, exportId: string) => `/e/${environmentId}/exports/${exportId}`,
  editExport: (environmentId: string, exportId: string) => `/e/${environmentId}/exports/${exportId}/edit`,
  preview: (environmentId: string, exportId: string, entityId: string) =>
    `/e/${environmentId}/exports/${exportId}/preview/${entityId}`,
  run: (environmentId: string, exportId: string, runId: string) =>
    `/e/${environmentId}/exports/${exportId}/runs/${runId}`,
  status: (environmentId: string) => `/e/${environmentId}/status`,
  profiles: (environmentId: string) => `/e/${environmentId}/profiles`,
  profileReport: (environmentId: string, connectionId: string) => `/e/${environmentId}/profiles/${connectionId}`,
  // Which exports the four dialogs are about stands in the query: `?ids=`, separated by commas.
  removeExports: (environmentId: string) => `/e/${environmentId}/exports/remove`,
  detachExports: (environmentId: string) => `/e/${environmentId}/exports/detach`,
  connectExports: (environmentId: string) => `/e/${environmentId}/exports/connect`,
  scheduleExports: (environmentId: string) => `/e/${environmentId}/exports/schedule`,
  shareConnections: (environmentId: string) => `/e/${environmentId}/connections/share`,
  removedConnections: (environmentId: string) => `/e/${environmentId}/connections/removed`,
  /** The dialog that restores a removed connection under another name. */
  restoreConnection: (environmentId: string, connectionId: string) =>
    `/e/${environmentId}/connections/removed/${connectionId}/restore`,
  members: (environmentId: string) => `/e/${environmentId}/members`,
  newMember: (environmentId: string) => `/e/${environmentId}/members/new`,
  member: (environmentId: string, memberId: string) => `/e/${environmentId}/members/${memberId}`,
  groupRoles: (environmentId: string) => `/e/${environmentId}/members/groups`,
  newGroupRole: (environmentId: string) => `/e/${environmentId}/members/groups/new`,
  groupRole: (environmentId: string, groupRoleId: string) => `/e/${environmentId}/members/groups/${groupRoleId}`,
  removeGroupRole: (environmentId: string, groupRoleId: string) =>
    `/e/${environmentId}/members/groups/${groupRoleId}/remove`,
  serviceAccounts: (environmentId: string) => `/e/${environmentId}/members/service-accounts`,
  newServiceAccount: (environmentId: string) => `/e/${environmentId}/members/service-accounts/new`,
  serviceAccount: (environmentId: string, serviceAccountId: string) =>
    `/e/${environmentId}/members/service-accounts/${serviceAccountId}`,
  editServiceAccount: (environmentId: string, serviceAccountId: string) =>
    `/e/${environmentId}/members/service-accounts/${serviceAccountId}/edit`,
  newServiceAccountToken: (environmentId: string, serviceAccountId: string) =>
    `/e/${environmentId}/members/service-accounts/${serviceAccountId}/tokens/new`,
  serviceAccountToken: (environmentId: string, serviceAccountId: string, tokenId: string) =>
    `/e/${environmentId}/members/service-accounts/${serviceAccountId}/tokens/${tokenId}`,
  removeServiceAccount: (environmentId: string, serviceAccountId: string) =>
    `/e/${environmentId}/members/service-accounts/${serviceAccountId}/remove`,
  activity: (environmentId: string) => `/e/${environmentId}/activity`,
  activityEntry: (environmentId: string, activityId: string) => `/e/${environmentId}/activity/${activityId}`,
  settings: (environmentId: string) => `/e/${environmentId}/settings`,
  pauseRuns: (environmentId: string) => `/e/${environmentId}/settings/pause`,
  newNoticeHook: (environmentId: string) => `/e/${environmentId}/settings/webhooks/new`,
  noticeHook: (environmentId: string, noticeHookId: string) => `/e/${environmentId}/settings/webhooks/${noticeHookId}`,
  deleteNoticeHook: (environmentId: string, noticeHookId: string) =>
    `/e/${environmentId}/settings/webhooks/${noticeHookId}/delete`,
} as const;

/** What a browser reads as a slash, or drops. */
const unfitForPaths = /[\\\p{Cc}]/u;
/** For the dots in a path, which go when it is read; which host it is does not matter. */
const anyOrigin = 'http://junction.invalid';

/** A path inside this site to return to after signing in; anything else (another site, `//host`, no path) becomes `/`. The API takes what is left. */
export const safeReturnPath = (text: string | null): string => {
  if (!text?.startsWith('/') || text.startsWith('//') || unfitForPaths.test(text)) return '/';
  if (!URL.canParse(text, anyOrigin) || new URL(text, anyOrigin).pathname.startsWith('//')) return '/';
  return text.startsWith('/sign-in') || text.startsWith('/welcome') ? '/' : text;
};
