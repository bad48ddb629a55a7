import type { Agent } from 'node:http';
import { Readable } from 'node:stream';
import { type RequestPolicy, toHttpHeadersLike, type WebResourceLike } from '@azure/core-http-compat';
import { createDefaultHttpClient, createHttpHeaders, createPipelineRequest } from '@azure/core-rest-pipeline';
import type { Outbound } from '../outbound/outbound.ts';
import { readAtMost } from './bounded-body.ts';
import { NotStorageAnswer } from './failure.ts';

/** The longest answers that are no files are pages of listings: 5,000 paths of at most about 1,500 bytes each. */
const maxAnswerBytes = 8 * 1024 * 1024;

/**
 * Options of the SDK's clients. A request is made once and never repeated: a check wants to see the first failure, and has its own deadlines.
 */
export type ClientOptions = { httpClient: RequestPolicy; retryOptions: { maxTries: number } };

/** The last link of the SDK's pipeline: everything the SDK sends leaves through the guard, and only answers of Azure Storage come back. */
export type GuardedHttpClient = {
  /** For every client of the SDK. */
  options: ClientOptions;
  /** How far the service's clock is ahead of ours in ms, by the last answer; undefined before any. */
  clockOffsetMs(): number | undefined;
  /** Closes the connections. */
  close(): void;
};

/** Azure Storage and its emulators mark every answer, errors included. */
const isFromStorage = (headers: { get(name: string): string | undefined }): boolean =>
  headers.get('x-ms-request-id') !== undefined ||
  headers.get('x-ms-version') !== undefined ||
  /^(?:Windows-Azure-|Azurite-)/.test(headers.get('server') ?? '');

const isRedirect = (status: number): boolean => status >= 300 && status < 400 && status !== 304;

const originOf = (url: string): string => new URL(url).origin;

/** The SDK still takes its HTTP client in the shape of its older core library; the types of that shape come from core-http-compat. */
export const guardedHttpClient = (outbound: Outbound, now: () => Date): GuardedHttpClient => {
  const client = createDefaultHttpClient();
  const agents = new Map<string, Agent>();
  let clockOffsetMs: number | undefined;

  const agentFor = (url: string): Agent => {
    const origin = originOf(url);
    const agent = agents.get(origin) ?? outbound.agentFor(url);
    agents.set(origin, agent);
    return agent;
  };

  const sendRequest = async (resource: WebResourceLike) => {
    const request = createPipelineRequest({
      url: resource.url,
      method: resource.method,
      headers: createHttpHeaders(resource.headers.toJson({ preserveCase: true })),
      body: resource.body,
      abortSignal: resource.abortSignal,
      // Whether http is possible for a host at all is the guard's decision.
      allowInsecureConnection: true,
      // Bodies come as streams, so that nothing is read from a host that is not storage, and no more than expected from one that is.
      streamResponseStatusCodes: new Set([Number.POSITIVE_INFINITY]),
    });
    // Set afterwards, because createPipelineRequest leaves an agent among its options out without a word.
    request.agent = agentFor(resource.url);
    const response = await client.sendRequest(request);
    const body = response.readableStreamBody;
    if (isRedirect(response.status) || !isFromStorage(response.headers)) {
      if (body instanceof Readable) body.destroy();
      throw new NotStorageAnswer(response.status);
    }
    const date = Date.parse(response.headers.get('date') ?? '');
    if (!Number.isNaN(date)) clockOffsetMs = date - now().getTime();
    const wantsStream = resource.streamResponseStatusCodes?.has(response.status) === true;
    return {
      status: response.status,
      headers: toHttpHeadersLike(response.headers),
      bodyAsText: wantsStream || body === undefined ? undefined : String(await readAtMost(body, maxAnswerBytes)),
      readableStreamBody: wantsStream ? body : undefined,
      request: resource,
    };
  };

  return {
    options: { httpClient: { sendRequest }, retryOptions: { maxTries: 1 } },
    clockOffsetMs: () => clockOffsetMs,
    close: () => {
      for (const agent of agents.values()) agent.destroy();
    },
  };
};
