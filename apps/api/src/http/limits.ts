import type { RequestHandler } from 'express';
import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';
import { AppError } from '../platform/app-error.ts';

/** Requests that one address may make: a page makes about ten, bulk actions some hundreds. */
export const requestsPerMinute = 1_200;

/** Slows one address down before it can slow everybody down. Kept in memory: it protects this process. */
export const limitRequests = (): RequestHandler => {
  const limiter = new RateLimiterMemory({ points: requestsPerMinute, duration: 60 });
  return (request, _response, next) => {
    limiter.consume(request.ip ?? '').then(
      () => next(),
      (refusal: unknown) => {
        const retryAfterSeconds = refusal instanceof RateLimiterRes ? Math.ceil(refusal.msBeforeNext / 1000) : 1;
        next(
          new AppError('tooManyRequests', `Too many requests from your address. Try again in ${retryAfterSeconds} s.`, {
            retryAfterSeconds,
          }),
        );
      },
    );
  };
};
