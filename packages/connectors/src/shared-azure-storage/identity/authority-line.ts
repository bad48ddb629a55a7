import type { Agent } from 'node:http';
import {
  createDefaultHttpClient,
  type HttpClient,
  type PipelineRequest,
  type PipelineResponse,
} from '@azure/core-rest-pipeline';
import { isRefusal, type NetworkCause, networkCauseOf } from '../../outbound/network-cause.ts';
import type { Outbound } from '../../outbound/outbound.ts';
import { readAtMost } from '../bounded-body.ts';

/** Tokens, the authority's description of itself and lists of roles are a few kilobytes. */
const maxAnswerBytes = 256 * 1024;

/** An answer that is no token. */
export type AuthorityRefusal = {
  status: number;
  /** Such as `AADSTS7000215`; absent where nobody who gives tokens wrote the answer. */
  errorCode: string | undefined;
  /** The text says of something that it has expired, which some codes have no other word for. */
  saysExpired: boolean;
  retryAfterMs: number | undefined;
};

/** Requests to whoever gives tokens, and what became of the last one: the SDK makes errors of its own from it, that say less. */
export type AuthorityLine = {
  httpClient: HttpClient;
  /** Undefined when the last answer was no refusal, or none came. */
  refusal(): AuthorityRefusal | undefined;
  /** Why no answer came; undefined when one did. `addressRefused` is the outbound guard's word. */
  cause(): NetworkCause | 'addressRefused' | undefined;
  /** How far the other side's clock is ahead in ms, by its last answer. */
  clockOffsetMs(): number | undefined;
  close(): void;
};

type Send = (request: PipelineRequest) => Promise<PipelineResponse>;

const jsonIn = (text: string | null | undefined): Record<string, unknown> => {
  try {
    const parsed: unknown = JSON.parse(text ?? '');
    return typeof parsed === 'object' && parsed !== null ? { ...parsed } : {};
  } catch {
    return {};
  }
};

/** https://learn.microsoft.com/entra/identity-platform/reference-error-codes */
const refusalIn = ({ status, headers, bodyAsText }: PipelineResponse): AuthorityRefusal => {
  const { error_description: description, error_codes: codes } = jsonIn(bodyAsText);
  const text = typeof description === 'string' ? description : '';
  const number = /AADSTS(\d{4,9})/.exec(text)?.[1] ?? (Array.isArray(codes) ? codes[0] : undefined);
  const seconds = Number(headers.get('retry-after') ?? Number.NaN);
  return {
    status,
    errorCode: number === undefined || !/^\d{4,9}$/.test(String(number)) ? undefined : `AADSTS${number}`,
    saysExpired: /expired/i.test(text),
    retryAfterMs: Number.isFinite(seconds) && seconds >= 0 ? seconds * 1_000 : undefined,
  };
};

const isRedirect = (status: number): boolean => status >= 300 && status < 400;

/** Remembers what comes back; follows no redirect, as no authority sends its clients elsewhere, and reads no more than a token takes. */
const recorded = (send: Send, endingOf: () => AbortSignal, now: () => Date): Omit<AuthorityLine, 'close'> => {
  let refusal: AuthorityRefusal | undefined;
  let cause: NetworkCause | 'addressRefused' | undefined;
  let clockOffsetMs: number | undefined;

  const sendRequest: Send = async (request) => {
    [refusal, cause] = [undefined, undefined];
    const ending = endingOf();
    request.abortSignal = request.abortSignal === undefined ? ending : AbortSignal.any([ending, ...signalsOf(request)]);
    request.streamResponseStatusCodes = new Set([Number.POSITIVE_INFINITY]);
    try {
      const { readableStreamBody, ...response } = await send(request);
      const body = readableStreamBody === undefined ? '' : String(await readAtMost(readableStreamBody, maxAnswerBytes));
      const answer = { ...response, bodyAsText: body };
      const date = Date.parse(answer.headers.get('date') ?? '');
      if (!Number.isNaN(date)) clockOffsetMs = date - now().getTime();
      if (answer.status >= 300) refusal = refusalIn(answer);
      if (isRedirect(answer.status)) throw new Error('The authority sends elsewhere.');
      return answer;
    } catch (error) {
      if (refusal === undefined) cause = causeOf(error, ending);
      throw error;
    }
  };
  return {
    httpClient: { sendRequest },
    refusal: () => refusal,
    cause: () => cause,
    clockOffsetMs: () => clockOffsetMs,
  };
};

/** The SDK's own type of signals is wider than the platform's, which it uses. */
const signalsOf = ({ abortSignal }: PipelineRequest): AbortSignal[] =>
  abortSignal instanceof AbortSignal ? [abortSignal] : [];

const causeOf = (error: unknown, ending: AbortSignal): NetworkCause | 'addressRefused' => {
  if (isRefusal(error)) return 'addressRefused';
  if (ending.aborted) return 'noAnswer';
  return networkCauseOf(error) ?? 'connectionReset';
};

/** Leaves through the outbound guard, and goes to one origin only, over https only. */
export const guardedLine = (
  outbound: Outbound,
  origin: string,
  ending: AbortSignal,
  now: () => Date,
): AuthorityLine => {
  const client = createDefaultHttpClient();
  let agent: Agent | undefined;
  const send: Send = (request) => {
    if (new URL(request.url).origin !== origin) throw new Error('This is for another host.');
    agent ??= outbound.agentFor(origin);
    request.agent = agent;
    request.allowInsecureConnection = false;
    return client.sendRequest(request);
  };
  return { ...recorded(send, () => ending, now), close: () => agent?.destroy() };
};

/**
 * Goes where the server's surroundings say, past the guard: the addresses are the operator's and the platform's own (a metadata service
 * at a link-local address, over http), and no setting of a connection has a part in them. `endingOf` is asked for every request.
 */
export const surroundingsLine = (endingOf: () => AbortSignal, now: () => Date): AuthorityLine => {
  const client = createDefaultHttpClient();
  const send: Send = (request) => client.sendRequest(request);
  return { ...recorded(send, endingOf, now), close: () => undefined };
};
