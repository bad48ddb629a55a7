import { type Agent, request as plainRequest } from 'node:http';
import { request as secureRequest } from 'node:https';
import type { Verdict } from '../../src/check-run.ts';
import type { Target } from '../../src/connector.ts';
import type { webFolderManifest } from './manifest.ts';

export type WebFolder = Target<typeof webFolderManifest>;

/** A failure that somebody has to do something about. */
export const failed = (code: string, message: string, remedy: string, field?: string): Verdict => ({
  status: 'failed',
  code,
  message,
  remedy: { text: remedy },
  field,
});
export const passed = (code: string, message: string): Verdict => ({ status: 'passed', code, message });

/** A failure that may pass by itself. */
export const failing = (code: string, message: string, remedy: string): Verdict => ({
  ...failed(code, message, remedy),
  isTransient: true,
});

/** Nobody answered. What has no name here is thrown on and becomes `unexpected`. */
export const judgeNetwork = (error: unknown): Verdict => {
  if (error instanceof Error && 'code' in error && networkCodes.has(String(error.code)))
    return failing('serverUnreachable', 'The server does not answer.', 'Start the server, or correct the address.');
  throw error;
};

/** How Node's sockets say that. https://nodejs.org/api/errors.html#common-system-errors */
const networkCodes = new Set(['ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'EHOSTUNREACH', 'ENETUNREACH', 'ETIMEDOUT']);

/** What the server answered, as far as anybody needs it. */
export type Answer = { status: number; retryAfter: string | undefined };

/** Sends one request through the guard's agent. node:http follows no redirects by itself. */
export const ask = (
  { settings, secrets }: WebFolder,
  agent: Agent,
  { method, file, body }: { method: string; file: string; body?: Uint8Array },
  signal: AbortSignal,
): Promise<Answer> =>
  new Promise((resolve, reject) => {
    const url = `${settings.address.replace(/\/$/, '')}/${file}`;
    const credentials = Buffer.from(`${settings.userName}:${secrets.password}`).toString('base64');
    const options = { method, agent, signal, headers: { authorization: `Basic ${credentials}` } };
    const outgoing = (url.startsWith('https:') ? secureRequest : plainRequest)(url, options, (answer) => {
      answer.resume();
      const { statusCode = 0, headers } = answer;
      answer.once('end', () => resolve({ status: statusCode, retryAfter: headers['retry-after'] }));
      answer.once('error', reject);
    });
    outgoing.on('error', reject);
    outgoing.end(body);
  });

/** What an answer means: `fine` when its status is one of these. */
export const judge = (status: number, allowed: readonly number[], fine: Verdict): Verdict => {
  if (allowed.includes(status)) return fine;
  if (status === 401)
    return failed(
      'passwordRejected',
      'The server does not accept the user name and password.',
      'Enter the password that the server knows for this user.',
      'secrets.password',
    );
  if (status === 429) return failing('serverBusy', 'The server asks for time.', 'Nothing: it is tried again.');
  if (status >= 500)
    return failing('serverError', `The server answered ${status}.`, 'Try again later, or look at its log.');
  return failed(
    'requestRefused',
    `The server answered ${status}.`,
    'Give this user the right to put and delete files in the folder.',
    'settings.address',
  );
};
