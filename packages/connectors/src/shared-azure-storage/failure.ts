import { isRestError } from '@azure/core-rest-pipeline';
import { isRefusal, type NetworkCause, networkCauseOf } from '../outbound/network-cause.ts';
import type { FindingCode } from './findings/findings.ts';
import { TokenFailure, type TokenFailureAbout } from './identity/token-failure.ts';

/** Why a request to storage brought no result, in terms that findings are made from. Holds nothing of the request, so no secret can be in it. */
export type Failure =
  /** Azure Storage answered, and said no. */
  | { kind: 'answered'; status: number; errorCode: string; detail: string; retryAfterMs?: number }
  /** Somebody else answered. */
  | { kind: 'notStorage'; status: number }
  | { kind: 'redirected'; status: number }
  /** Nobody answered; `cause` is the finding's code. */
  | { kind: 'network'; cause: NetworkCause }
  /** The guard refused the address when the socket was opened. */
  | { kind: 'refused'; message: string }
  /** There was no token to ask with; `finding` is the code of why. */
  | { kind: 'noToken'; finding: FindingCode; about: TokenFailureAbout }
  | { kind: 'cancelled' }
  | { kind: 'unknown' };

/** Thrown by the HTTP client when an answer has none of the marks of Azure Storage. */
export class NotStorageAnswer extends Error {
  readonly status: number;
  constructor(status: number) {
    super('The answer is not from Azure Storage.');
    this.name = 'NotStorageAnswer';
    this.status = status;
  }
}

/** `AuthenticationErrorDetail` of a storage error, XML or JSON. It may quote signatures: it is for telling causes apart, never for showing. */
const detailIn = (body: string): string =>
  /<AuthenticationErrorDetail>([^<]*)/.exec(body)?.[1] ??
  /"AuthenticationErrorDetail"\s*:\s*"([^"]*)/.exec(body)?.[1] ??
  body;

/** How long the service asks to be left alone, in milliseconds: it has headers of its own for that, beside HTTP's seconds or date. */
const retryAfterIn = (headers: { get(name: string): string | undefined }): number | undefined => {
  const ownMs = Number(headers.get('x-ms-retry-after-ms') ?? headers.get('retry-after-ms') ?? Number.NaN);
  const text = headers.get('retry-after') ?? '';
  const dateMs = Date.parse(text) - Date.parse(headers.get('date') ?? '');
  const ms = [ownMs, text === '' ? Number.NaN : Number(text) * 1_000, dateMs].find(Number.isFinite);
  return ms === undefined ? undefined : Math.max(0, ms);
};

/** Reads what a request failed with. `signal` is the request's own: its reason tells a time-out from a cancellation. */
export const readFailure = (error: unknown, signal: AbortSignal): Failure => {
  if (error instanceof TokenFailure) return { kind: 'noToken', finding: error.finding, about: error.about };
  if (error instanceof NotStorageAnswer) {
    const isRedirect = error.status >= 300 && error.status < 400;
    return { kind: isRedirect ? 'redirected' : 'notStorage', status: error.status };
  }
  if (isRestError(error) && error.response !== undefined && error.response.status >= 300) {
    const { status, headers, bodyAsText } = error.response;
    return {
      kind: 'answered',
      status,
      errorCode: headers.get('x-ms-error-code') ?? '',
      detail: detailIn(bodyAsText ?? ''),
      retryAfterMs: retryAfterIn(headers),
    };
  }
  if (signal.aborted) {
    const isTimeout = signal.reason instanceof Error && signal.reason.name === 'TimeoutError';
    return isTimeout ? { kind: 'network', cause: 'noAnswer' } : { kind: 'cancelled' };
  }
  // The SDK calls it an abort, too, when the other side breaks off in the middle of a body.
  if (error instanceof Error && error.name === 'AbortError') return { kind: 'network', cause: 'connectionReset' };
  if (isRefusal(error)) return { kind: 'refused', message: error instanceof Error ? error.message : '' };
  const cause = networkCauseOf(error);
  return cause === undefined ? { kind: 'unknown' } : { kind: 'network', cause };
};
