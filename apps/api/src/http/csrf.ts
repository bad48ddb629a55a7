import type { RequestHandler } from 'express';
import { AppError } from '../platform/app-error.ts';
import { readBearer } from './bearer.ts';

const safeMethods = new Set(['GET', 'HEAD', 'OPTIONS']);

/**
 * Refuses changes that another site's page asked for. Browsers say where a request comes from in Sec-Fetch-Site, older ones
 * in Origin; a program that sends neither carries no cookie of a victim and is fine. Nor does one that shows a token, as its cookies are
 * not looked at, however wrong the token is.
 */
export const refuseCrossSite =
  (publicOrigin: string): RequestHandler =>
  (request, _response, next) => {
    if (safeMethods.has(request.method) || readBearer(request) !== undefined) return next();
    const site = request.get('sec-fetch-site');
    const origin = request.get('origin');
    const isSameSite =
      site !== undefined
        ? site === 'same-origin' || site === 'none'
        : origin === undefined || origin === publicOrigin || origin === `${request.protocol}://${request.get('host')}`;
    next(
      isSameSite ? undefined : new AppError('crossSiteRequest', 'Changes are only taken from pages of this Junction.'),
    );
  };
