import type { Target } from '../connector.ts';
import { type AccessTokens, accessTokens, type Client } from './access-token.ts';
import { type Facts, WebhookError } from './findings.ts';
import type { Line } from './line.ts';
import type { httpWebhookManifest } from './manifest.ts';

export type WebhookTarget = Target<typeof httpWebhookManifest>;

/** What signs a delivery in: fixed headers, or tokens that expire. */
export type Credential = { headers: Readonly<Record<string, string>> } | { tokens: AccessTokens };

const basic = (userName: string, password: string): string =>
  `Basic ${Buffer.from(`${userName}:${password}`).toString('base64')}`;

const clientOf = ({ settings, secrets }: WebhookTarget): Client | undefined => {
  const { clientId, scope, audience, sendsSecretInBody } = settings;
  const { clientSecret } = secrets;
  if (clientId === undefined || clientSecret === undefined) return undefined;
  return { clientId, clientSecret, scope, audience, sendsSecretInBody };
};

const credentialIn = (target: WebhookTarget, tokenLine: Line | undefined, now: () => Date): Credential | undefined => {
  const { settings, secrets } = target;
  switch (settings.authentication) {
    case 'none':
      return { headers: {} };
    case 'basic':
      return settings.userName === undefined || secrets.password === undefined
        ? undefined
        : { headers: { authorization: basic(settings.userName, secrets.password) } };
    case 'bearer':
      return secrets.token === undefined ? undefined : { headers: { authorization: `Bearer ${secrets.token}` } };
    case 'apiKey':
      return settings.headerName === undefined || secrets.apiKey === undefined
        ? undefined
        : { headers: { [settings.headerName.toLowerCase()]: secrets.apiKey } };
    case 'query':
      return secrets.query === undefined ? undefined : { headers: {} };
    case 'oauth2': {
      const client = clientOf(target);
      return client === undefined || tokenLine === undefined
        ? undefined
        : { tokens: accessTokens(client, tokenLine, now) };
    }
  }
};

/** The credential of a target; throws credentialMissing when a part of it is not set. */
export const credentialOf = (
  target: WebhookTarget,
  tokenLine: Line | undefined,
  now: () => Date,
  facts: Facts,
): Credential => {
  const credential = credentialIn(target, tokenLine, now);
  if (credential === undefined) throw new WebhookError('credentialMissing', facts);
  return credential;
};
