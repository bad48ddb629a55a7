import * as activity from './activity.ts';
import * as bulkExports from './bulk-exports.ts';
import * as connectionDrafts from './connection-drafts.ts';
import * as connectionOptions from './connection-options.ts';
import * as connections from './connections.ts';
import type { AnyEndpoint } from './endpoint.ts';
import * as entities from './entities.ts';
import * as environments from './environments.ts';
import * as exports from './exports.ts';
import * as groupRoles from './group-roles.ts';
import * as notices from './notices.ts';
import * as people from './people.ts';
import * as profileAccess from './profile-access.ts';
import * as profileImports from './profile-imports.ts';
import * as profileReports from './profile-reports.ts';
import * as removals from './removals.ts';
import * as runs from './runs.ts';
import * as status from './status.ts';
import * as tokens from './tokens.ts';

/** Where the endpoints live. */
export const apiRoot = '/api/v1';

const isEndpoint = (value: unknown): value is AnyEndpoint =>
  typeof value === 'object' && value !== null && 'method' in value && 'path' in value && 'action' in value;

const named = (module: Record<string, unknown>): [string, AnyEndpoint][] =>
  Object.entries(module).filter((entry): entry is [string, AnyEndpoint] => isEndpoint(entry[1]));

/** Every endpoint by its name. The API, the OpenAPI document and the permission matrix are held against this list. */
export const api: Readonly<Record<string, AnyEndpoint>> = Object.fromEntries(
  [
    people,
    environments,
    groupRoles,
    tokens,
    connections,
    connectionDrafts,
    connectionOptions,
    removals,
    profileImports,
    profileAccess,
    profileReports,
    entities,
    exports,
    bulkExports,
    runs,
    status,
    notices,
    activity,
  ].flatMap((module) => named(module)),
);
