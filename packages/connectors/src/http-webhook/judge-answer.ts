import { type Facts, type FindingCode, WebhookError } from './findings.ts';
import type { Answer } from './post.ts';
import { retryAfterOf } from './retry-after.ts';

/** What each status means that has a meaning of its own. docs/webhooks.md tells receivers the same. */
const codes: Readonly<Record<number, FindingCode>> = {
  401: 'credentialRefused',
  403: 'accessRefused',
  404: 'addressMissing',
  405: 'methodRefused',
  408: 'requestTimedOut',
  409: 'stillProcessing',
  410: 'addressGone',
  413: 'batchTooLarge',
  415: 'typeRefused',
  422: 'rowsRefused',
  425: 'throttled',
  429: 'throttled',
};

/** The code for a status; undefined when it says that the delivery was accepted. */
const codeOf = (status: number): FindingCode | undefined => {
  if (status >= 200 && status < 300) return undefined;
  if (status >= 300 && status < 400) return 'redirected';
  return codes[status] ?? (status >= 500 ? 'receiverError' : 'requestRefused');
};

/** Why an answer is none that accepts a delivery; undefined when it does. */
export const refusalIn = ({ status, headers }: Answer, facts: Facts, now: Date): WebhookError | undefined => {
  const code = codeOf(status);
  return code && new WebhookError(code, { ...facts, status }, retryAfterOf(headers['retry-after'], now));
};
