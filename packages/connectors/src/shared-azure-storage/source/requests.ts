import { type StoreContext, StoreError } from '../../connector.ts';
import { factsOf } from '../facts.ts';
import { readFailure } from '../failure.ts';
import { type GuardedHttpClient, guardedHttpClient } from '../guarded-http-client.ts';
import type { StoragePlace } from '../storage-place.ts';
import { errorOfFailure, type SourceRequest, sourceError } from './source-failure.ts';

/** One request, its answer's body included: a page of a listing or a piece of a file is far smaller than a slow line carries in that time. */
const requestDeadlineMs = 30_000;

/** Sends the requests of one opened source: only where the guard lets them, with a deadline each, and with failures in words. */
export type SourceRequests = {
  http: GuardedHttpClient;
  /** `path` is what the request is about, for what is said when it fails. */
  send<Value>(
    request: Omit<SourceRequest, 'facts'> & { endpoint: string; path: string },
    signal: AbortSignal,
    work: (signal: AbortSignal) => Promise<Value>,
  ): Promise<Value>;
  close(): void;
};

export const sourceRequests = (
  place: StoragePlace,
  context: StoreContext,
  deadlineMs = requestDeadlineMs,
): SourceRequests => {
  const http = guardedHttpClient(context.outbound, context.now);
  const closing = new AbortController();
  /** Hosts that the guard has let us ask. The agents' sockets ask again for each connection; this is for saying why in its words. */
  const admitted = new Set<string>();

  const admit = async (endpoint: string, signal: AbortSignal): Promise<void> => {
    if (admitted.has(endpoint)) return;
    const admission = await context.outbound.admit(endpoint, signal);
    if (admission.admitted) {
      admitted.add(endpoint);
      return;
    }
    const { code, message, remedy } = admission.refusal;
    throw sourceError(code, { ...factsOf(place, endpoint), refusal: message, refusalRemedy: remedy });
  };

  return {
    http,
    async send({ endpoint, path, ...request }, signal, work) {
      const facts = { ...factsOf(place, endpoint), path };
      if (!place.hasCredential) throw sourceError('credentialMissing', facts);
      const given = AbortSignal.any([
        signal,
        closing.signal,
        ...(context.signal === undefined ? [] : [context.signal]),
      ]);
      const ending = AbortSignal.any([given, AbortSignal.timeout(deadlineMs)]);
      given.throwIfAborted();
      try {
        await admit(endpoint, ending);
        return await work(ending);
      } catch (error) {
        given.throwIfAborted();
        if (error instanceof StoreError) throw error;
        const clock = { now: context.now(), offsetMs: http.clockOffsetMs() };
        throw errorOfFailure(readFailure(error, ending), { ...request, facts }, place.sas, clock);
      }
    },
    close() {
      closing.abort(new StoreError({ code: 'cancelled', message: 'The source was closed.', isTransient: true }));
      http.close();
    },
  };
};
