import * as z from 'zod';
import { type FindingCode, WebhookError } from './findings.ts';
import type { Line } from './line.ts';
import type { Answer } from './post.ts';
import { retryAfterOf } from './retry-after.ts';

/** What a client gets its tokens with: the client credentials grant. https://www.rfc-editor.org/rfc/rfc6749#section-4.4 */
export type Client = {
  clientId: string;
  clientSecret: string;
  scope: string | undefined;
  audience: string | undefined;
  /** The other place for the secret, for services that take it nowhere else. */
  sendsSecretInBody: boolean;
};

/** Access tokens for one opened destination, kept for as long as each is good. */
export type AccessTokens = {
  /** A token that is good for a while; another one than `refused`, which the receiver did not accept. */
  get(signal: AbortSignal, refused?: string): Promise<string>;
};

/** A token is not used in its last minute, as clocks differ and requests take time; a very short one for half of its life. */
const marginMs = 60_000;

/** How long a token is used whose lifetime nobody said. */
const usualLifetimeMs = 5 * 60_000;

const TokenAnswer = z.object({
  access_token: z.string().regex(/^[\x21-\x7e]+$/),
  token_type: z
    .string()
    .regex(/^bearer$/i)
    .default('Bearer'),
  expires_in: z.coerce.number().positive().optional().catch(undefined),
});

/** https://www.rfc-editor.org/rfc/rfc6749#section-5.2, https://www.rfc-editor.org/rfc/rfc8707#section-2; `access_denied` is what some services say beside. */
const codes: Readonly<Record<string, FindingCode>> = {
  invalid_client: 'clientRefused',
  unauthorized_client: 'grantRefused',
  unsupported_grant_type: 'grantRefused',
  access_denied: 'grantRefused',
  invalid_scope: 'scopeRefused',
  invalid_target: 'scopeRefused',
};

const jsonIn = (body: Buffer | undefined): unknown => {
  try {
    return JSON.parse(String(body));
  } catch {
    return undefined;
  }
};

const codeOf = ({ status, body }: Answer): FindingCode => {
  if (status >= 300 && status < 400) return 'redirected';
  if (status === 408 || status === 425 || status === 429) return 'throttled';
  if (status >= 500) return 'receiverError';
  const { error } = z.object({ error: z.string() }).catch({ error: '' }).parse(jsonIn(body));
  if (Object.hasOwn(codes, error)) return codes[error] ?? 'tokenRequestRefused';
  return status === 401 ? 'clientRefused' : 'tokenRequestRefused';
};

/**
 * Id and secret are encoded before they are put into the header (https://www.rfc-editor.org/rfc/rfc6749#section-2.3.1); no more of them than
 * has to be, for the services that forget to decode them.
 */
const basicOf = ({ clientId, clientSecret }: Client): string =>
  `Basic ${Buffer.from([clientId, clientSecret].map(encodeURIComponent).join(':')).toString('base64')}`;

const formOf = ({ clientId, clientSecret, scope, audience, sendsSecretInBody }: Client): URLSearchParams =>
  new URLSearchParams({
    grant_type: 'client_credentials',
    ...(scope !== undefined && { scope }),
    ...(audience !== undefined && { audience }),
    ...(sendsSecretInBody && { client_id: clientId, client_secret: clientSecret }),
  });

/** Waits for work that others wait for too, but not after the signal has fired. */
const unlessAborted = async <Value>(work: Promise<Value>, signal: AbortSignal): Promise<Value> => {
  const { promise: aborted, reject } = Promise.withResolvers<never>();
  const onAbort = () => reject(signal.reason);
  signal.addEventListener('abort', onAbort, { once: true });
  try {
    return await Promise.race([work, aborted]);
  } finally {
    signal.removeEventListener('abort', onAbort);
  }
};

/** Tokens from the service that a line leads to. The requests for them end with the line, not with whoever asked first. */
export const accessTokens = (client: Client, line: Line, now: () => Date): AccessTokens => {
  let token: { value: string; goodUntilMs: number } | undefined;
  let request: Promise<string> | undefined;

  const fetchToken = async (): Promise<string> => {
    const headers = {
      accept: 'application/json',
      'content-type': 'application/x-www-form-urlencoded',
      'user-agent': 'Junction',
      ...(!client.sendsSecretInBody && { authorization: basicOf(client) }),
    };
    const askedAtMs = now().getTime();
    const answer = await line.post(headers, Buffer.from(String(formOf(client))), new AbortController().signal);
    const facts = { ...line.facts, status: answer.status };
    if (answer.status < 200 || answer.status >= 300)
      throw new WebhookError(codeOf(answer), facts, retryAfterOf(answer.headers['retry-after'], now()));
    if (answer.body === undefined) throw new WebhookError('noAnswer', facts);
    const read = TokenAnswer.safeParse(jsonIn(answer.body));
    if (!read.success) throw new WebhookError('tokenUnreadable', facts);
    const { access_token: value, expires_in: seconds } = read.data;
    const lifetimeMs = seconds === undefined ? usualLifetimeMs : seconds * 1_000;
    token = { value, goodUntilMs: askedAtMs + Math.max(lifetimeMs - marginMs, lifetimeMs / 2) };
    return value;
  };

  return {
    async get(signal, refused) {
      signal.throwIfAborted();
      if (token !== undefined && token.value !== refused && now().getTime() < token.goodUntilMs) return token.value;
      request ??= fetchToken().finally(() => {
        request = undefined;
      });
      return unlessAborted(request, signal);
    },
  };
};
