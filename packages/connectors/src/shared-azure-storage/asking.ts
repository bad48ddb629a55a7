import { stepDeadlineMs } from '../connector.ts';
import { type Failure, readFailure } from './failure.ts';

/** What came of one request. */
export type Answer<Value> = { ok: true; value: Value } | { ok: false; failure: Failure };

/** A little less than a step has, so that a step whose only request hangs can still say which host did not answer. */
const requestDeadlineMs = stepDeadlineMs - 250;

/** Sends a request and waits for what comes of it, but not for longer than its deadline. Never rejects. */
export const ask = async <Value>(
  request: (signal: AbortSignal) => Promise<Value>,
  signal: AbortSignal,
): Promise<Answer<Value>> => {
  const ending = AbortSignal.any([signal, AbortSignal.timeout(requestDeadlineMs)]);
  try {
    return { ok: true, value: await request(ending) };
  } catch (error) {
    return { ok: false, failure: readFailure(error, ending) };
  }
};

/** Whether storage itself answered, be it yes or no. */
export const isAnswered = (answer: Answer<unknown>): boolean => answer.ok || answer.failure.kind === 'answered';

/** Whether a failure says that the credential, or who holds it, is the trouble. */
export const isDenied = (failure: Failure): boolean =>
  failure.kind === 'answered' &&
  (failure.status === 401 ||
    failure.status === 403 ||
    ['InvalidAuthenticationInfo', 'NoAuthenticationInformation', 'PublicAccessNotPermitted'].includes(
      failure.errorCode,
    ));

/** Whether a failure may be another one next time. */
export const isTransient = (failure: Failure): boolean =>
  failure.kind === 'answered' ? failure.status === 429 || failure.status >= 500 : failure.kind === 'network';

const missingContainerCodes = ['ContainerNotFound', 'FilesystemNotFound'];

/** Whether a failure says that the container is missing. */
export const isMissingContainer = (failure: Failure): boolean =>
  failure.kind === 'answered' && failure.status === 404 && missingContainerCodes.includes(failure.errorCode);
