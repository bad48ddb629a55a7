import type { CustomFetchOptions } from 'openid-client';
import { ProviderError } from './identity-provider.ts';
import { maxAnswerBytes } from './limits.ts';
import { allowedHostOf, isConfidential } from './places.ts';

/** One request to a provider. Rejects with a ProviderError; an answer that comes is complete, of a size that is expected, and no 5xx. */
export type Ask = (url: string, init: Partial<CustomFetchOptions>) => Promise<Response>;

export type AskOptions = {
  fetch: typeof fetch;
  timeoutMs: number;
  /** For messages. */
  providerName: string;
};

/** Answers without a body by their status; the others may have one. */
const bodiless = [204, 205, 304];

const refusals = ['hostNotAllowed', 'schemeRefused', 'addressRefused'];

const codeOf = (error: unknown): string =>
  typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : '';

const wasRefused = (error: unknown): boolean =>
  refusals.includes(codeOf(error)) || (error instanceof Error && refusals.includes(codeOf(error.cause)));

/** Reads a body to its end, but no further than any that is expected. */
const readBody = async (response: Response): Promise<Uint8Array<ArrayBuffer> | undefined> => {
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of response.body ?? []) {
    length += chunk.length;
    // Leaving the loop cancels the rest.
    if (length > maxAnswerBytes) return undefined;
    chunks.push(chunk);
  }
  return Uint8Array.from(Buffer.concat(chunks));
};

/** Whoever asked has given up waiting. */
export const askedTooLong = (providerName: string): ProviderError =>
  new ProviderError('unavailable', 'aborted', `${providerName} was asked for too long.`);

/** Makes `Ask` of a fetch: with a time-out beside the caller's signal, without redirects, and with errors that say what to do. */
export const createAsk = ({ fetch, timeoutMs, providerName }: AskOptions, signal?: AbortSignal): Ask => {
  const unavailable = (reason: string, what: string) =>
    new ProviderError('unavailable', reason, `${providerName} ${what}.`);

  return async (address, init) => {
    const url = new URL(address);
    if (!isConfidential(url)) {
      throw new ProviderError('misconfigured', 'insecure', `${providerName} names ${url.origin}, which is not https.`);
    }
    const timeout = AbortSignal.timeout(timeoutMs);
    const signals = [signal, init.signal, timeout].filter((one) => one instanceof AbortSignal);
    try {
      const response = await fetch(url, {
        ...init,
        body: init.body as RequestInit['body'],
        redirect: 'manual',
        signal: AbortSignal.any(signals),
      });
      if (response.status >= 500 || response.status === 429) {
        await response.body?.cancel();
        throw unavailable('status', `answers with an error of its own (${response.status})`);
      }
      const body = await readBody(response);
      if (body === undefined) throw unavailable('answerTooLong', 'answers with more than any provider would');
      const { status, headers } = response;
      return new Response(bodiless.includes(status) ? null : body, { status, headers });
    } catch (error) {
      if (error instanceof ProviderError) throw error;
      if (wasRefused(error)) {
        throw new ProviderError(
          'misconfigured',
          'hostNotAllowed',
          `${providerName} is reached at ${url.host}, which Junction may not connect to. If that is right, add ${allowedHostOf(url)} to JUNCTION_ALLOWED_HOSTS.`,
        );
      }
      if (signal?.aborted) throw askedTooLong(providerName);
      if (timeout.aborted) throw unavailable('timeout', 'does not answer in time');
      throw unavailable('unreachable', `cannot be reached at ${url.host}`);
    }
  };
};
