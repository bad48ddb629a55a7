import { type SourceContext, SourceError } from '../../connector.ts';
import { factsOf } from '../facts.ts';
import { readFailure } from '../failure.ts';
import { type GuardedHttpClient, guardedHttpClient } from '../guarded-http-client.ts';
import type { StoragePlace } from '../storage-place.ts';
import { errorOfFailure, type SourceRequest, sourceError } from './source-failure.ts';

/** One request, its answer's body included: a page of a listing or a piece of a file is far smaller than a slow line carries in that time. */
export const sourceRequestDeadlineMs = 30_000;

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

export const sourceRequests = (place: StoragePlace, context: SourceContext): SourceRequests => {
  const http = guardedHttpClient(context.outbound, context.now);
  const closing = new AbortController();
  const admissions = new Map<string, Promise<void>>();

  const admit = async (endpoint: string, signal: AbortSignal): Promise<void> => {
    const admission = await context.outbound.admit(endpoint, signal);
    if (admission.admitted) return;
    const { code, message, remedy } = admission.refusal;
    const facts = { ...factsOf(place, endpoint), refusal: message, refusalRemedy: remedy };
    throw sourceError(code, facts);
  };

  /** Asked once for each host, as the agents' sockets ask again anyway; a refusal may have passed when it is asked the next time. */
  const admitOnce = (endpoint: string, signal: AbortSignal): Promise<void> => {
    const admitted = admissions.get(endpoint) ?? admit(endpoint, signal);
    admissions.set(endpoint, admitted);
    admitted.catch(() => admissions.delete(endpoint));
    return admitted;
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
      const ending = AbortSignal.any([given, AbortSignal.timeout(sourceRequestDeadlineMs)]);
      given.throwIfAborted();
      try {
        await admitOnce(endpoint, ending);
        return await work(ending);
      } catch (error) {
        given.throwIfAborted();
        if (error instanceof SourceError) throw error;
        const clock = { now: context.now(), offsetMs: http.clockOffsetMs() };
        throw errorOfFailure(readFailure(error, ending), { ...request, facts }, place.sas, clock);
      }
    },
    close() {
      closing.abort(new SourceError({ code: 'cancelled', message: 'The source was closed.', isTransient: true }));
      http.close();
    },
  };
};
