import { type ApiToken, type TokenAction, tokenActions, tokenPrefix } from '@junction/contracts';
import { formatNumber } from './words.ts';

/** What a token may do, one action at a time, as the end of "it may …". An action that is new needs its words here. */
export const tokenActionWords: Readonly<Record<TokenAction, string>> = {
  'environment:create': 'Create environments',
  'environment:read': 'See environments',
  'environment:update': 'Rename and pause environments, and hand them to another admin',
  'environment:delete': 'Delete environments',
  'member:list': 'List members',
  'member:read': 'See one member',
  'member:update': 'Change the roles of members',
  'member:delete': 'Remove members',
  'group-role:list': 'List the groups that give roles',
  'group-role:manage': 'Give groups roles and take them away',
  'service-account:list': 'List service accounts',
  'service-account-token:list': 'List the tokens of service accounts',
  'service-account-token:delete': 'Revoke the tokens of service accounts',
  'connector:list': 'List the types of connections',
  'sample-lake:read': 'See where the sample lake of demo mode is',
  'connection:list': 'List connections',
  'connection:read': 'See a connection, its checks and what was read over it',
  'connection:create': 'Set up connections',
  'connection:update': 'Change and share connections',
  'connection:delete': 'Remove connections',
  'connection:check': 'Check connections and read or import over them now',
  'connection:restore': 'Restore removed connections',
  'profile-access:manage': 'Give access to profile data and take it away',
  'profile:read': 'See customer profile reports',
  'connection-option:list': 'List connections that exports can use',
  'entity:list': 'List entities and their columns',
  'export:list': 'List exports',
  'export:read': 'See one export',
  'export:create': 'Set up and duplicate exports',
  'export:update': 'Change, schedule, connect and detach exports',
  'export:delete': 'Remove exports',
  'export:run': 'Run exports, cancel runs and preview rows',
  'run:list': 'List runs and see the status of an environment',
  'run:read': 'See one run and its parts',
  'notice:list': 'See notices and mark them as seen',
  'notice-hook:manage': 'Manage notice webhooks',
  'activity:list': 'See the activity',
};

type Noun = TokenAction extends infer One ? (One extends `${infer Name}:${string}` ? Name : never) : never;

const groupOfNoun = {
  environment: 'Environments',
  member: 'Members',
  'group-role': 'Members',
  'service-account': 'Service accounts',
  'service-account-token': 'Service accounts',
  connector: 'Connections',
  'sample-lake': 'Connections',
  connection: 'Connections',
  'connection-option': 'Connections',
  entity: 'Connections',
  'profile-access': 'Profile data',
  profile: 'Profile data',
  export: 'Exports',
  run: 'Runs',
  notice: 'Notices',
  'notice-hook': 'Notices',
  activity: 'Activity',
} as const satisfies Record<Noun, string>;

/** The actions of tokens under the words for what they are about. */
export const tokenActionGroups: readonly { title: string; actions: readonly TokenAction[] }[] = [
  ...Map.groupBy(tokenActions, (action) => groupOfNoun[action.slice(0, action.indexOf(':')) as Noun]),
].map(([title, actions]) => ({ title, actions }));

/** Scopes that many tokens need, so that nobody has to put them together. */
export type ScopePreset = 'readOnly' | 'runExports' | 'everything';

const runningExports: ReadonlySet<TokenAction> = new Set([
  'environment:read',
  'export:list',
  'export:read',
  'export:run',
  'run:list',
  'run:read',
]);

/** The actions of each preset, in the order of all of them. */
export const scopePresets: Readonly<Record<ScopePreset, readonly TokenAction[]>> = {
  readOnly: tokenActions.filter((action) => /:(list|read)$/.test(action)),
  runExports: tokenActions.filter((action) => runningExports.has(action)),
  everything: tokenActions,
};

export const scopePresetWords: Readonly<Record<ScopePreset, string>> = {
  readOnly: 'Read only',
  runExports: 'Run exports',
  everything: 'Everything',
};

/** How many actions a cell of a table names. */
const namedAtMost = 2;

/** What a scope is in few words: a preset's, or its first actions and how many more there are. */
export const scopeInWords = (scope: readonly TokenAction[]): string => {
  const isScope = (actions: readonly TokenAction[]) =>
    actions.length === scope.length && actions.every((action) => scope.includes(action));
  const preset = (Object.keys(scopePresets) as ScopePreset[]).find((key) => isScope(scopePresets[key]));
  if (preset !== undefined) return scopePresetWords[preset];
  const words = tokenActions.filter((action) => scope.includes(action)).map((action) => tokenActionWords[action]);
  if (words.length <= namedAtMost) return words.join('; ');
  return `${words.slice(0, namedAtMost).join('; ')} and ${formatNumber(words.length - namedAtMost)} more`;
};

/** How a token begins, as whoever holds it sees it: "jct_A1b2C3…". */
export const beginningOf = ({ hint }: Pick<ApiToken, 'hint'>): string => `${tokenPrefix}${hint}…`;
