import { apiRoot, tokenPrefix } from '@junction/contracts';
import express, { type Express, type RequestHandler, Router } from 'express';
import { pinoHttp } from 'pino-http';
import type { House } from '../house.ts';
import { AppError } from '../platform/app-error.ts';
import { newId } from '../platform/ids.ts';
import { answerBackChannelLogout, backChannelLogoutPath, readLogoutForm } from './back-channel-logout.ts';
import { createCookies } from './cookies.ts';
import { refuseCrossSite } from './csrf.ts';
import { serveApiDocs } from './docs.ts';
import { limitRequests } from './limits.ts';
import { problemHandler } from './problem.ts';
import { createRoute } from './route.ts';
import { bindRoutes } from './routes.ts';
import { securityHeaders } from './security-headers.ts';
import { serveWeb } from './web.ts';

/** An export of a hundred entities fits, with short filters and a few hundred chosen columns in all; to choose all columns takes no room. */
const bodyLimit = '512kb';

/** Query strings are flat: `a=1&b=2`; a name that comes twice becomes an array, which every schema refuses. */
const queryParser = 'simple';

/** An API token that somebody wrote into an address by mistake; it is not to end up in the log. */
const tokensInText = new RegExp(`${tokenPrefix}[\\w-]+`, 'g');

/** A body that is not JSON is refused and not left unread: whoever sent it believes that it was understood. */
const requireJson: RequestHandler = (request, _response, next) => {
  const { 'transfer-encoding': chunks, 'content-length': length } = request.headers;
  const hasBody = chunks !== undefined || Number(length ?? 0) > 0;
  if (hasBody && !request.is('application/json'))
    throw new AppError('unsupportedMediaType', 'Send the body as application/json.');
  next();
};

/** The HTTP door: headers, limits and sessions around one router of endpoints, then the built web app. */
export const createApp = (house: House): Express => {
  const isSecure = house.publicUrl.protocol === 'https:' || !house.isLoopback;
  const app = express();
  app.disable('x-powered-by');
  app.set('query parser', queryParser);
  app.set('trust proxy', house.env.JUNCTION_TRUSTED_PROXIES);
  app.set('etag', false);
  app.use(
    pinoHttp({
      logger: house.log,
      genReqId: () => newId(),
      autoLogging: { ignore: (request) => request.url === '/livez' || request.url === '/readyz' },
      serializers: {
        req: (request: { method: string; url: string; id: string }) => ({
          id: request.id,
          method: request.method,
          path: request.url.split('?')[0]?.replace(tokensInText, `${tokenPrefix}…`),
        }),
        res: (response: { statusCode: number }) => ({ status: response.statusCode }),
      },
      // What went wrong is logged by the problem handler, once.
      customLogLevel: () => 'debug',
    }),
  );
  app.use(securityHeaders(isSecure));
  app.get('/livez', (_request, response) => {
    response.type('text/plain').send('ok\n');
  });
  app.get('/readyz', async (_request, response) => {
    const isReady =
      !house.isStopping() &&
      (await house.db.$queryRaw`SELECT 1`.then(
        () => true,
        () => false,
      ));
    response
      .status(isReady ? 200 : 503)
      .type('text/plain')
      .send(isReady ? 'ready\n' : 'not ready\n');
  });
  app.use('/api', (_request, response, next) => {
    response.setHeader('Cache-Control', 'no-store');
    next();
  });
  const limit = limitRequests();
  app.post(backChannelLogoutPath, limit, readLogoutForm(), answerBackChannelLogout(house));
  app.use('/api', limit, refuseCrossSite(house.publicUrl.origin));
  app.use(serveApiDocs());
  app.use(apiRoot, requireJson, express.json({ limit: bodyLimit, strict: true, inflate: false }));
  const router = Router({ caseSensitive: true });
  const route = createRoute(house, router, createCookies(isSecure));
  bindRoutes(route, house);
  route.refuseOtherMethods();
  app.use(apiRoot, router);
  app.use('/api', (_request, _response, next) =>
    next(new AppError('notFound', 'There is nothing at this address. /api/docs lists what there is.')),
  );
  app.use(serveWeb());
  app.use((_request, _response, next) => next(new AppError('notFound', 'There is nothing at this address.')));
  app.use(problemHandler(house.log));
  return app;
};
