import { randomUUID } from 'node:crypto';
import type { Agent } from 'node:http';
import { cleanUpMs, startCheckRun, type Verdict } from '../../src/check-run.ts';
import type { CheckContext, Connector } from '../../src/connector.ts';
import { webFolderManifest } from './manifest.ts';
import { openWebFolder } from './open-destination.ts';
import { ask, failed, judge, judgeNetwork, passed, type WebFolder } from './requests.ts';

const check = async (target: WebFolder, context: CheckContext) => {
  const { address } = target.settings;
  const run = startCheckRun(webFolderManifest.steps, context);
  const probe = `.junction-check-${randomUUID()}`;
  let agent: Agent | undefined;
  let mayBeThere = false;

  const send = async (method: string, file: string, signal: AbortSignal, allowed: readonly number[], fine: Verdict) => {
    // Only now, because the guard makes no agent for an address that it cannot read.
    agent ??= context.outbound.agentFor(address);
    const body = method === 'PUT' ? Buffer.from('junction') : undefined;
    const judged = ask(target, agent, { method, file, body }, signal).then(({ status }) =>
      judge(status, allowed, fine),
    );
    return judged.catch(judgeNetwork);
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

export const webFolderConnector: Connector<typeof webFolderManifest> = {
  manifest: webFolderManifest,
  check,
  openDestination: openWebFolder(),
};
