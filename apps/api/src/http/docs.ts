import { readFileSync } from 'node:fs';
import { apiRoot } from '@junction/contracts';
import express, { Router } from 'express';
import swaggerUi from 'swagger-ui-dist';
import { createOpenApiDocument } from './openapi.ts';

const page = `<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>Junction API</title>
<link rel="stylesheet" href="docs/swagger-ui.css"></head>
<body><main id="reference"></main><script src="docs/swagger-ui-bundle.js"></script><script src="docs/start.js"></script></body>
</html>
`;
const start = `SwaggerUIBundle({ url: '${apiRoot}/openapi.json', dom_id: '#reference', deepLinking: true, validatorUrl: null });\n`;

/** The OpenAPI document, and a page to try it on; nothing comes from another server. */
export const serveApiDocs = (): Router => {
  const { version } = JSON.parse(readFileSync(new URL('../../../../package.json', import.meta.url), 'utf8')) as {
    version: string;
  };
  const router = Router();
  let document: string | undefined;
  router.get(`${apiRoot}/openapi.json`, (_request, response) => {
    document ??= JSON.stringify(createOpenApiDocument(version));
    response.type('application/json').send(document);
  });
  router.get('/api/docs', (_request, response) => {
    response.type('html').send(page);
  });
  router.get('/api/docs/start.js', (_request, response) => {
    response.type('text/javascript').send(start);
  });
  router.use('/api/docs', express.static(swaggerUi.getAbsoluteFSPath(), { index: false, maxAge: '1h' }));
  return router;
};
