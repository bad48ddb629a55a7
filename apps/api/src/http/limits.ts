import type { RequestHandler } from 'express';
import { addressKey } from '../platform/address-key.ts';
import { createAttemptLimit } from '../platform/attempt-limits.ts';

/** Requests that one address may make: a page makes about ten, bulk actions some hundreds. */
export const requestsPerMinute = 1_200;

/** Slows one address down before it can slow everybody down. Kept in memory: it protects this process. */
export const limitRequests = (): RequestHandler => {
  const limit = createAttemptLimit(requestsPerMinute, 60, 'requests from your address');
  return (request, _response, next) => {
    limit.take(addressKey(request.ip ?? '')).then(() => next(), next);
  };
};
