import * as z from 'zod';
import { defineManifest, field } from '../manifest.ts';
import { requireAskedFor } from '../shared-fields/require-asked-for.ts';
import {
  ApiKey,
  Audience,
  Authentication,
  BatchRows,
  ClientId,
  ClientSecret,
  HeaderName,
  Password,
  Query,
  Scope,
  SigningSecret,
  Switch,
  Token,
  TokenUrl,
  Url,
  UserName,
} from './fields.ts';
import { placeOf, readPasted } from './webhook-url.ts';

/** The steps of the check, in the order they are shown. */
export const steps = [
  { step: 'endpoint', label: 'Find the receiver' },
  { step: 'connect', label: 'Connect' },
  { step: 'authenticate', label: 'Sign in' },
  { step: 'deliver', label: 'Deliver a test without rows' },
] as const;

export type WebhookStep = (typeof steps)[number]['step'];

const onlyFor = (authentication: z.output<typeof Authentication>) =>
  ({ field: 'authentication', is: authentication }) as const;

const fields = z.strictObject({
  url: field(Url, {
    label: 'URL',
    help: 'Where rows are posted to. Begins with https://. You may paste it with a password or a key in it: they go into fields of their own.',
    placeholder: 'https://hooks.contoso.com/junction',
  }),
  authentication: field(Authentication, {
    label: 'Authentication',
    help: 'How the receiver knows that it is Junction who posts.',
    control: 'choice',
    choices: {
      none: 'None',
      basic: 'User name and password',
      bearer: 'Bearer token',
      apiKey: 'API key in a header',
      query: 'Key in the address',
      oauth2: 'OAuth 2.0 client credentials',
    },
  }),
  userName: field(UserName, { label: 'User name', when: onlyFor('basic') }),
  headerName: field(HeaderName, {
    label: 'Header',
    help: 'The name of the header that holds the API key.',
    placeholder: 'X-API-Key',
    when: onlyFor('apiKey'),
  }),
  tokenUrl: field(TokenUrl, {
    label: 'Token URL',
    help: 'Where Junction gets access tokens.',
    placeholder: 'https://login.microsoftonline.com/contoso.com/oauth2/v2.0/token',
    when: onlyFor('oauth2'),
    keepsPasted: true,
  }),
  clientId: field(ClientId, { label: 'Client ID', when: onlyFor('oauth2'), keepsPasted: true }),
  scope: field(Scope, {
    label: 'Scope',
    help: 'What the token is for, where the token service wants to know. Several are separated by blanks.',
    placeholder: 'api://junction-receiver/.default',
    when: onlyFor('oauth2'),
    isOptional: true,
    keepsPasted: true,
  }),
  audience: field(Audience, {
    label: 'Audience',
    help: 'Whom the token is for, where the token service wants to know.',
    when: onlyFor('oauth2'),
    isOptional: true,
    keepsPasted: true,
  }),
  sendsSecretInBody: field(Switch, {
    label: 'Send the client secret in the body',
    help: 'For token services that do not take it in the Authorization header.',
    control: 'toggle',
    when: onlyFor('oauth2'),
    isOptional: true,
    isAdvanced: true,
  }),
  compresses: field(Switch, {
    label: 'Compress',
    help: 'Bodies are sent with gzip. The receiver must understand Content-Encoding: gzip.',
    control: 'toggle',
  }),
  batchRows: field(BatchRows, {
    label: 'Rows in a delivery',
    help: 'At most this many, 1 to 10,000, and never more than a megabyte.',
    isAdvanced: true,
  }),
});

export const httpWebhookManifest = defineManifest({
  type: 'http-webhook',
  label: 'HTTP webhook',
  category: 'Web services',
  description: 'Post exported rows to an address of your own, signed and in batches.',
  capabilities: ['destination'],
  takes: 'rows',
  steps,
  settings: fields.superRefine(requireAskedFor(fields.shape)),
  secrets: z.strictObject({
    password: field(Password.optional(), { label: 'Password', control: 'secret', when: onlyFor('basic') }),
    token: field(Token.optional(), { label: 'Token', control: 'secret', when: onlyFor('bearer') }),
    apiKey: field(ApiKey.optional(), { label: 'API key', control: 'secret', when: onlyFor('apiKey') }),
    query: field(Query.optional(), {
      label: 'Query with the key',
      help: 'What follows the "?" in the address that you were given, as Power Automate, Logic Apps and Azure Functions have it.',
      placeholder: 'sp=…&sv=…&sig=…',
      control: 'secret',
      when: onlyFor('query'),
    }),
    clientSecret: field(ClientSecret.optional(), {
      label: 'Client secret',
      control: 'secret',
      when: onlyFor('oauth2'),
    }),
    signingSecret: field(SigningSecret.optional(), {
      label: 'Signing secret',
      help: 'Signs every delivery, so that the receiver can tell that it is from here and was not changed. The receiver needs the same one; it is never sent.',
      placeholder: 'whsec_…',
      control: 'secret',
      isOptional: true,
    }),
  }),
  endpointOf: ({ url, authentication, tokenUrl }) =>
    authentication === 'oauth2' && tokenUrl !== undefined ? `${placeOf(url)}#${placeOf(tokenUrl)}` : placeOf(url),
  readPasted,
});

export type WebhookSettings = z.output<typeof fields>;
