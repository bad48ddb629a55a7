import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import type { StoreContext } from '../connector.ts';
import { signPayload } from '../signing/signing.ts';
import { type Credential, credentialOf, type WebhookTarget } from './credential.ts';
import type { Facts } from './findings.ts';
import { headerId } from './header-text.ts';
import { type Line, openLine } from './line.ts';
import type { Answer } from './post.ts';

const compressed = promisify(gzip);

/** One request to the receiver. */
export type Delivery = {
  event: 'rows' | 'run.finished' | 'check' | 'notice';
  /** The same for every attempt to deliver the same. */
  key: string;
  contentType: 'application/x-ndjson' | 'application/json';
  /** What it is about, as headers take it. */
  about: Readonly<Record<string, string>>;
  body: Uint8Array;
};

/** The other side, with all that it takes to be let in there. */
export type Receiver = {
  facts: Facts;
  /** Every address that requests go to: the receiver's, and that of the token service. */
  lines: readonly Line[];
  /** Posts once and gives the answer, whatever it says. Only an access token that is not accepted is renewed, once. */
  deliver(delivery: Delivery, signal: AbortSignal): Promise<Answer>;
  close(): void;
};

/** The URL, with the key in it where that is how the receiver knows who posts. */
const addressOf = ({ settings: { url, authentication }, secrets: { query } }: WebhookTarget): string =>
  authentication === 'query' && query !== undefined ? `${url}${url.includes('?') ? '&' : '?'}${query}` : url;

/** Asks nothing yet. `deadlineMs` is for each request. */
export const openReceiver = (
  target: WebhookTarget,
  { outbound, now }: Pick<StoreContext, 'outbound' | 'now'>,
  { closing, deadlineMs }: { closing: AbortSignal; deadlineMs: number },
): Receiver => {
  const { settings, secrets } = target;
  const { authentication, compresses, tokenUrl } = settings;
  const { signingSecret } = secrets;
  const about = { authentication, signs: signingSecret !== undefined, compresses, closing, deadlineMs };
  const line = openLine(addressOf(target), outbound, { ...about, asked: 'receiver' });
  const tokenLine =
    authentication === 'oauth2' && tokenUrl !== undefined
      ? openLine(tokenUrl, outbound, { ...about, asked: 'tokenService' })
      : undefined;
  const lines = [line, ...(tokenLine === undefined ? [] : [tokenLine])];
  let credential: Credential | undefined;

  const headersOf = ({ event, key, contentType, about, body }: Delivery): Record<string, string> => {
    const id = headerId(key);
    return {
      ...about,
      'user-agent': 'Junction',
      'content-type': contentType,
      ...(compresses && { 'content-encoding': 'gzip' }),
      'idempotency-key': id,
      'junction-event': event,
      ...(signingSecret !== undefined && signPayload({ id, timestamp: now(), body, secret: signingSecret })),
    };
  };

  const deliver: Receiver['deliver'] = async (delivery, signal) => {
    credential ??= credentialOf(target, tokenLine, now, line.facts);
    const body = compresses ? await compressed(delivery.body) : delivery.body;
    const send = (signIn: Readonly<Record<string, string>>) =>
      line.post({ ...headersOf(delivery), ...signIn }, body, signal);
    if ('headers' in credential) return send(credential.headers);
    const token = await credential.tokens.get(signal);
    const answer = await send({ authorization: `Bearer ${token}` });
    if (answer.status !== 401) return answer;
    return send({ authorization: `Bearer ${await credential.tokens.get(signal, token)}` });
  };

  return {
    facts: line.facts,
    lines,
    deliver,
    close() {
      for (const one of lines) one.close();
    },
  };
};
