import type { Agent } from 'node:http';
import type { Verdict } from '../../src/check-run.ts';
import { type RowDestination, type StoreContext, StoreError } from '../../src/connector.ts';
import { OutboundRefused } from '../../src/outbound/outbound.ts';
import { type Answer, ask, failed, failing, judge, judgeNetwork, passed, type WebFolder } from './requests.ts';

/** How long one file may take. */
const usualDeadlineMs = 30_000;

const taken = passed('fileTaken', 'The server has the file.');

/** A header that says nothing of use is as good as none. https://www.rfc-editor.org/rfc/rfc9110#section-10.2.3 */
const waitOf = (retryAfter: string | undefined, now: Date): number | undefined => {
  if (retryAfter === undefined) return undefined;
  const waitMs = /^\d+$/.test(retryAfter) ? Number(retryAfter) * 1000 : Date.parse(retryAfter) - now.getTime();
  return Number.isNaN(waitMs) ? undefined : Math.max(0, waitMs);
};

/** What a check would have called a failure, as who exports hears it. */
const storeError = ({ code, message, remedy, isTransient = false }: Verdict, retryAfterMs?: number): StoreError =>
  new StoreError({ code, message, remedy: remedy?.text, isTransient, retryAfterMs });

const silence = failing('serverSilent', 'The server did not answer in time.', 'Look at its log, and at the network.');

const refusalOf = ({ refusal: { code, message, remedy } }: OutboundRefused): Verdict => ({
  ...failed(code, message, remedy),
  isTransient: code === 'nameLookupFailed',
});

/**
 * Opens the folder for rows. Each batch is put as a file that is named by its key: what is delivered again replaces the same file, so that it
 * is there once. The file of the closing comes last. Tests have less time.
 */
export const openWebFolder =
  ({ deadlineMs = usualDeadlineMs }: { deadlineMs?: number } = {}) =>
  (target: WebFolder, context: StoreContext): RowDestination => {
    const { address } = target.settings;
    const closing = new AbortController();
    let agent: Agent | undefined;

    const put = async (file: string, body: Uint8Array, signal: AbortSignal): Promise<void> => {
      const ended = AbortSignal.any([
        signal,
        closing.signal,
        ...(context.signal === undefined ? [] : [context.signal]),
      ]);
      const late = AbortSignal.timeout(deadlineMs);
      let answer: Answer;
      try {
        ended.throwIfAborted();
        agent ??= context.outbound.agentFor(address);
        answer = await ask(target, agent, { method: 'PUT', file, body }, AbortSignal.any([ended, late]));
      } catch (error) {
        ended.throwIfAborted();
        if (late.aborted) throw storeError(silence);
        throw storeError(error instanceof OutboundRefused ? refusalOf(error) : judgeNetwork(error));
      }
      const verdict = judge(answer.status, [200, 201, 204], taken);
      if (verdict.status === 'failed') throw storeError(verdict, waitOf(answer.retryAfter, context.now()));
    };

    return {
      takes: 'rows',
      batch: { maxRows: 10_000, maxBytes: 1_000_000 },
      locationOf: () => address,
      send: ({ key, lines }, signal) => put(`${encodeURIComponent(key)}.ndjson`, lines, signal),
      finish: ({ key, ...run }, signal) =>
        put(`${encodeURIComponent(key)}.json`, Buffer.from(JSON.stringify(run)), signal),
      close() {
        closing.abort(storeError(failing('cancelled', 'The destination was closed.', 'Open it again.')));
        agent?.destroy();
      },
    };
  };
