import { type StoreContext, StoreError } from '../../connector.ts';
import { factsOf } from '../facts.ts';
import { readFailure } from '../failure.ts';
import { type GuardedHttpClient, guardedHttpClient } from '../guarded-http-client.ts';
import type { StoragePlace } from '../storage-place.ts';
import { type Patience, patience, repeat } from './repeat.ts';
import { errorOfFailure, type StoreRequest, storeError } from './store-failure.ts';

/** One request, its answer's body included: a page of a listing or a piece of a file is far smaller than a slow line carries in that time. */
const requestDeadlineMs = 30_000;

/** What is said of a request that fails, and how long it may take. */
export type RequestAbout = Omit<StoreRequest, 'facts'> & {
  endpoint: string;
  /** What the request is about, from the top of the container. */
  path: string;
  /** For requests that may be sent twice without doing anything twice: what may pass is tried again before it counts as a failure. */
  mayRepeat?: true;
  /** Where it may take longer than others. */
  deadlineMs?: number;
};

/** Sends the requests of one opened store: only where the guard lets them, with a deadline each, and with failures in words. */
export type StoreRequests = {
  http: GuardedHttpClient;
  send<Value>(about: RequestAbout, signal: AbortSignal, work: (signal: AbortSignal) => Promise<Value>): Promise<Value>;
  close(): void;
};

/** Tests have less time, and less patience. */
export type RequestLimits = { deadlineMs?: number; patience?: Patience };

export const storeRequests = (
  place: StoragePlace,
  context: StoreContext,
  limits: RequestLimits = {},
): StoreRequests => {
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
    throw storeError(code, { ...factsOf(place, endpoint), refusal: message, refusalRemedy: remedy });
  };

  return {
    http,
    async send({ endpoint, path, mayRepeat, deadlineMs, ...request }, signal, work) {
      const factsNow = () => ({ ...factsOf(place, endpoint), path });
      if (!place.hasCredential) throw storeError('credentialMissing', factsNow());
      if (place.identity?.problem !== undefined) throw storeError(place.identity.problem, factsNow());
      const given = AbortSignal.any([
        signal,
        closing.signal,
        ...(context.signal === undefined ? [] : [context.signal]),
      ]);

      const sendOnce = async () => {
        given.throwIfAborted();
        const allowedMs = limits.deadlineMs ?? deadlineMs ?? requestDeadlineMs;
        const ending = AbortSignal.any([given, AbortSignal.timeout(allowedMs)]);
        try {
          await admit(endpoint, ending);
          return await work(ending);
        } catch (error) {
          given.throwIfAborted();
          if (error instanceof StoreError) throw error;
          const clock = { now: context.now(), offsetMs: http.clockOffsetMs() };
          const failure = readFailure(error, ending);
          if (failure.kind === 'answered' && failure.status === 401) place.identity?.forget();
          throw errorOfFailure(failure, { ...request, facts: factsNow() }, place.sas, clock);
        }
      };
      return mayRepeat === true ? repeat(sendOnce, given, limits.patience ?? patience) : sendOnce();
    },
    close() {
      closing.abort(new StoreError({ code: 'cancelled', message: 'The store was closed.', isTransient: true }));
      http.close();
      place.identity?.close();
    },
  };
};
