import { randomBytes } from 'node:crypto';
import type { RequestHandler } from 'express';
import helmet from 'helmet';

/** Our own pages: scripts from us only, styles from us or with this response's nonce. Nothing inline, nothing from elsewhere. */
const directives = (nonce: string, isSecure: boolean) => ({
  defaultSrc: ["'none'"],
  scriptSrc: ["'self'"],
  styleSrc: ["'self'", `'nonce-${nonce}'`],
  imgSrc: ["'self'", 'data:'],
  fontSrc: ["'self'"],
  connectSrc: ["'self'"],
  manifestSrc: ["'self'"],
  baseUri: ["'none'"],
  formAction: ["'self'"],
  frameAncestors: ["'none'"],
  ...(isSecure ? { upgradeInsecureRequests: [] } : {}),
});

/** Strict security headers with a fresh CSP nonce for each response. */
export const securityHeaders = (isSecure: boolean): RequestHandler => {
  const others = helmet({
    contentSecurityPolicy: false,
    strictTransportSecurity: isSecure,
    referrerPolicy: { policy: 'no-referrer' },
    crossOriginOpenerPolicy: { policy: 'same-origin' },
    crossOriginResourcePolicy: { policy: 'same-origin' },
  });
  return (request, response, next) => {
    const nonce = randomBytes(16).toString('base64url');
    response.locals.nonce = nonce;
    helmet.contentSecurityPolicy({ useDefaults: false, directives: directives(nonce, isSecure) })(
      request,
      response,
      (error?: unknown) => (error === undefined ? others(request, response, next) : next(error)),
    );
  };
};
