import { randomUUID } from 'node:crypto';
import { type Agent, request as plainRequest } from 'node:http';
import { request as secureRequest } from 'node:https';
import { cleanUpMs, startCheckRun, type Verdict } from '../../src/check-run.ts';
import type { CheckContext, Connector, Target } from '../../src/connector.ts';
import { webFolderManifest } from './manifest.ts';

type WebFolder = Target<typeof webFolderManifest>;

/** A failure that somebody has to do something about. */
const failed = (code: string, message: string, remedy: string, field?: string): Verdict => ({
  status: 'failed',
  code,
  message,
  remedy: { text: remedy },
  field,
});
const passed = (code: string, message: string): Verdict => ({ status: 'passed', code, message });

/** A failure that may pass by itself. */
const failing = (code: string, message: string, remedy: string): Verdict => ({
  ...failed(code, message, remedy),
  isTransient: true,
});

/** Nobody answered. What has no name here is thrown on and becomes `unexpected`. */
const judgeNetwork = (error: unknown): Verdict => {
  if (error instanceof Error && 'code' in error && networkCodes.has(String(error.code)))
    return failing('serverUnreachable', 'The server does not answer.', 'Start the server, or correct the address.');
  throw error;
};

/** How Node's sockets say that. https://nodejs.org/api/errors.html#common-system-errors */
const networkCodes = new Set(['ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'EHOSTUNREACH', 'ENETUNREACH', 'ETIMEDOUT']);

/** Sends one request through the guard's agent and gives the status. node:http follows no redirects by itself. */
const ask = (
  { settings, secrets }: WebFolder,
  agent: Agent,
  method: string,
  file: string,
  signal: AbortSignal,
): Promise<number> =>
  new Promise((resolve, reject) => {
    const url = `${settings.address.replace(/\/$/, '')}/${file}`;
    const credentials = Buffer.from(`${settings.userName}:${secrets.password}`).toString('base64');
    const options = { method, agent, signal, headers: { authorization: `Basic ${credentials}` } };
    const outgoing = (url.startsWith('https:') ? secureRequest : plainRequest)(url, options, (answer) => {
      answer.resume();
      answer.once('end', () => resolve(answer.statusCode ?? 0));
      answer.once('error', reject);
    });
    outgoing.once('error', reject);
    outgoing.end(method === 'PUT' ? 'junction' : undefined);
  });

const judge = (status: number, allowed: readonly number[], fine: Verdict): Verdict => {
  if (allowed.includes(status)) return fine;
  if (status === 401)
    return failed(
      'passwordRejected',
      'The server does not accept the user name and password.',
      'Enter the password that the server knows for this user.',
      'secrets.password',
    );
  if (status >= 500)
    return failing('serverError', `The server answered ${status}.`, 'Try again later, or look at its log.');
  return failed(
    'requestRefused',
    `The server answered ${status}.`,
    'Give this user the right to put and delete files in the folder.',
    'settings.address',
  );
};

const check = async (target: WebFolder, context: CheckContext) => {
  const { address } = target.settings;
  const run = startCheckRun(webFolderManifest.steps, context);
  const probe = `.junction-check-${randomUUID()}`;
  let agent: Agent | undefined;
  let mayBeThere = false;

  const send = async (method: string, file: string, signal: AbortSignal, allowed: readonly number[], fine: Verdict) => {
    // Only now, because the guard makes no agent for an address that it cannot read.
    agent ??= context.outbound.agentFor(address);
    return ask(target, agent, method, file, signal).then((status) => judge(status, allowed, fine), judgeNetwork);
  };
  const remove = (signal: AbortSignal) =>
    send('DELETE', probe, signal, [200, 202, 204], passed('probePassed', 'A test file was written and removed.'));

  run.step('endpoint', [], async (signal) => {
    const admission = await context.outbound.admit(address, signal);
    if (admission.admitted) return passed('endpointFound', 'The server is known and may be reached.');
    const { code, message, remedy } = admission.refusal;
    return failed(code, message, remedy, 'settings.address');
  });
  run.step('signIn', ['endpoint'], (signal) =>
    send('HEAD', '', signal, [200, 204], passed('passwordAccepted', 'The server accepts the password.')),
  );
  run.step('write', ['signIn'], async (signal) => {
    mayBeThere = true;
    const written = await send(
      'PUT',
      probe,
      signal,
      [200, 201, 204],
      passed('probeWritten', 'A test file was written.'),
    );
    if (written.status === 'failed') return written;
    const removed = await remove(signal);
    mayBeThere = removed.status === 'failed';
    return removed;
  });

  const result = await run.finish();
  // A step that was cut off may have written all the same; this has time of its own, whoever is still waiting.
  if (mayBeThere) await remove(AbortSignal.timeout(cleanUpMs)).catch(() => undefined);
  agent?.destroy();
  return result;
};

export const webFolderConnector: Connector<typeof webFolderManifest> = { manifest: webFolderManifest, check };
