import { apiRoot, errors } from '@junction/contracts';
import express, { Router } from 'express';
import swaggerUi from 'swagger-ui-dist';
import { junctionVersion } from '../platform/junction-version.ts';
import { createOpenApiDocument } from './openapi.ts';

const page = `<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>Junction API</title>
<link rel="stylesheet" href="docs/swagger-ui.css"></head>
<body><main id="reference"></main><script src="docs/swagger-ui-bundle.js"></script><script src="docs/start.js"></script></body>
</html>
`;
const start = `SwaggerUIBundle({ url: '${apiRoot}/openapi.json', dom_id: '#reference', deepLinking: true, validatorUrl: null });\n`;

const errorEntries = Object.entries(errors)
  .map(([code, [status, title]]) => `<dt id="${code}"><code>${code}</code> (${status})</dt><dd>${title}.</dd>`)
  .join('\n');
const errorsPage = `<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>Junction API errors</title></head>
<body><main><h1>Errors</h1>
<p>Every error is an RFC 9457 problem. Its <code>code</code> is one of these; its <code>detail</code> says what to do,
and <code>errors</code> which fields to correct.</p>
<dl>${errorEntries}</dl></main></body>
</html>
`;

/** The OpenAPI document, and a page to try it on, and what each error code means; nothing comes from another server. */
export const serveApiDocs = (): Router => {
  const router = Router();
  let document: string | undefined;
  router.get(`${apiRoot}/openapi.json`, (_request, response) => {
    document ??= JSON.stringify(createOpenApiDocument(junctionVersion));
    response.type('application/json').send(document);
  });
  router.get('/api/docs', (_request, response) => {
    response.type('html').send(page);
  });
  router.get('/api/docs/errors', (_request, response) => {
    response.type('html').send(errorsPage);
  });
  router.get('/api/docs/start.js', (_request, response) => {
    response.type('text/javascript').send(start);
  });
  router.use('/api/docs', express.static(swaggerUi.getAbsoluteFSPath(), { index: false, maxAge: '1h' }));
  return router;
};
