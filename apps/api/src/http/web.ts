import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import compression from 'compression';
import express, { type RequestHandler, Router } from 'express';
import { notFound } from '../platform/app-error.ts';

const dist = join(import.meta.dirname, '../../../web/dist');
/** File names in assets/ carry a hash of their content, so a copy never gets old. */
const assetMaxAge = '1y';
const noncePlaceholder = '__CSP_NONCE__';

/** Serves the built single-page app; every other path gets index.html with this response's nonce in it. */
export const serveWeb = (): Router => {
  const router = Router();
  router.use(compression());
  router.use('/assets', express.static(join(dist, 'assets'), { immutable: true, maxAge: assetMaxAge, index: false }));
  router.use('/assets', () => {
    throw notFound('file');
  });
  router.use(express.static(dist, { index: false, maxAge: '1h' }));
  let page: string | undefined;
  const sendPage: RequestHandler = (request, response, next) => {
    if (request.method !== 'GET' && request.method !== 'HEAD') return next();
    if (request.accepts('html') !== 'html') return next();
    page ??= readFileSync(join(dist, 'index.html'), 'utf8');
    response.setHeader('Cache-Control', 'no-store');
    response.type('html').send(page.replaceAll(noncePlaceholder, String(response.locals.nonce)));
  };
  router.use(sendPage);
  return router;
};
