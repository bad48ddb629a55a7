import {
  type AnyEndpoint,
  api,
  apiRoot,
  can,
  errors,
  isForTokens,
  isInScope,
  Problem,
  paramNames,
} from '@junction/contracts';
import * as z from 'zod';
import { createDocument, type ZodOpenApiOperationObject, type ZodOpenApiPathsObject } from 'zod-openapi';

const problem = (description: string) => ({
  description,
  content: { 'application/problem+json': { schema: Problem } },
});

/** The refusals that any endpoint of this kind can give. */
const refusals = (endpoint: AnyEndpoint) => ({
  '400': problem(errors.invalidInput[1]),
  ...(can(null, endpoint.action)
    ? {}
    : { '401': problem(errors.unauthenticated[1]), '403': problem(errors.forbidden[1]) }),
  '404': problem(errors.notFound[1]),
  ...(endpoint.needsIfMatch
    ? { '412': problem(errors.preconditionFailed[1]), '428': problem(errors.preconditionRequired[1]) }
    : {}),
  '429': problem(errors.tooManyRequests[1]),
});

const header = (name: string, description: string, isRequired: boolean) => ({
  in: 'header' as const,
  name,
  description,
  required: isRequired,
  schema: { type: 'string' as const },
});

const ifMatchWords =
  'The etag of the version you are changing; several may be listed. With * the version that there is when the change is begun.';

/** Who may come: anybody, a browser that is signed in, and a token unless none may do this; what its scope has to name stands with it. */
const securityOf = ({ action }: AnyEndpoint): Record<string, string[]>[] => {
  if (can(null, action)) return [];
  if (!isForTokens(action)) return [{ session: [] }];
  const isAlways = isInScope({ token: { id: '', name: '', scope: [] } }, action);
  return [{ session: [] }, { token: isAlways ? [] : [action] }];
};

const describe = ({ action }: AnyEndpoint) =>
  `Needs the permission \`${action}\`.${isForTokens(action) ? '' : ' No token may do this.'}`;

const toOperation = (name: string, endpoint: AnyEndpoint): ZodOpenApiOperationObject => ({
  operationId: name,
  summary: endpoint.summary,
  description: describe(endpoint),
  tags: [endpoint.tag],
  security: securityOf(endpoint),
  requestParams: {
    path: z.object(Object.fromEntries(paramNames(endpoint.path).map((param) => [param, z.uuid()]))),
    query: endpoint.query as z.ZodObject,
  },
  parameters: [
    ...(endpoint.needsIfMatch ? [header('If-Match', ifMatchWords, true)] : []),
    ...(endpoint.method === 'POST' && endpoint.keepsAnswers
      ? [
          header(
            'Idempotency-Key',
            'Repeats of a request with the same key within 24 hours get the first answer.',
            false,
          ),
        ]
      : []),
  ],
  ...(endpoint.body === null
    ? {}
    : { requestBody: { required: true, content: { 'application/json': { schema: endpoint.body } } } }),
  responses: {
    [String(endpoint.status)]: {
      description: 'Done.',
      ...(endpoint.response === null
        ? {}
        : {
            content: {
              'application/json': { schema: endpoint.response },
              ...(endpoint.events === null
                ? {}
                : {
                    'application/x-ndjson': { schema: endpoint.events },
                    'text/event-stream': { schema: endpoint.events },
                  }),
            },
          }),
    },
    ...refusals(endpoint),
  },
});

const tagDescriptions: Readonly<Record<string, string>> = {
  People: 'Signing in, your own account and one-time links.',
  Environments: 'Everything belongs to one environment; roles hold within it.',
  Tokens: 'API tokens, your own and those of service accounts, which programs show instead of signing in.',
  Members: 'Who belongs to an environment, with which role.',
  Connections: 'Connections to the stores that data comes from and goes to, and how they are.',
  'Connection drafts': 'Connections that you began to set up, without their secrets.',
  'Profile imports': 'How the profile data of a connection is read, and how it stands.',
  'Profile access': 'Who may see the profile data of a connection, who gave it, and who looked.',
  Profiles: 'Reports about the customers of a connection, for who was given access to them.',
  Entities: 'The tables that exports are made of, and what was read of the metadata that describes them.',
  Exports: 'What is sent where, how and when; one by one and several at once.',
  Runs: 'Runs of exports: those under way, as they get on, and those that were.',
  Status: 'What runs, what failed, what needs somebody.',
  Notices: 'What changed, for people and for other programs.',
  Activity: 'What happened in an environment.',
};

const securitySchemes = {
  session: {
    type: 'apiKey' as const,
    in: 'cookie' as const,
    name: 'junction-session',
    description: 'The session of a browser that has signed in; with TLS the name begins with `__Host-`.',
  },
  token: {
    type: 'http' as const,
    scheme: 'bearer',
    bearerFormat: 'jct_ and 43 characters',
    description: 'An API token. Its scope has to name the permission, and its owner has to have it.',
  },
};

/** The OpenAPI 3.1 document of everything under /api/v1, made from the endpoint values. */
export const createOpenApiDocument = (version: string) => {
  const paths: ZodOpenApiPathsObject = {};
  for (const [name, endpoint] of Object.entries(api)) {
    const path = endpoint.path.replace(/:([a-zA-Z]+)/g, '{$1}');
    paths[path] = { ...paths[path], [endpoint.method.toLowerCase()]: toOperation(name, endpoint) };
  }
  const tags = [...new Set(Object.values(api).map(({ tag }) => tag))].map((name) => ({
    name,
    description: tagDescriptions[name] ?? '',
  }));
  return createDocument({
    openapi: '3.1.0',
    info: {
      title: 'Junction',
      version,
      description: 'The admin center for data connections.',
      license: { name: 'MIT', identifier: 'MIT' },
    },
    servers: [{ url: apiRoot }],
    tags,
    components: { securitySchemes },
    paths,
  });
};
