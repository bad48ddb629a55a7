import type { IncomingMessage, ServerResponse } from 'node:http';
import type { LakeAccount } from '../accounts.ts';
import type { Access } from '../auth/access.ts';
import type { LakeRequest } from '../lake-request.ts';
import { sendError } from '../respond.ts';
import { StorageError } from '../storage-error.ts';
import { type ErrorMiddleware, type Middleware, parts } from './azurite-parts.ts';
import { requireBlobPermission } from './blob-permission.ts';
import type { LakeData } from './lake-data.ts';

export type BlobCall = {
  request: LakeRequest;
  access: Access;
  /** Called once the caller is known to be allowed, before anything is answered. */
  whenAllowed?: () => void;
};
export type BlobListener = (message: IncomingMessage, response: ServerResponse, call: BlobCall) => void;

/** Azurite's strict mode: what it does not implement is refused, never ignored. */
const IS_LOOSE = false;

/**
 * Azurite's blob pipeline over this package's store. Two steps differ from its own server: who asks has been proven by
 * the front server already (one set of rules for both protocols), and errors of the directory rules are rendered here.
 */
export const createBlobListener = (data: LakeData, accounts: ReadonlyMap<string, LakeAccount>): BlobListener => {
  const calls = new WeakMap<IncomingMessage, BlobCall>();
  const { store, extents } = data;
  const { logger, handlers } = parts;
  const keys = {
    getAccount: (name: string) => {
      const account = accounts.get(name);
      return account && { name, key1: Buffer.from(account.key, 'base64') };
    },
  };
  const ranges = new parts.PageBlobRangesManager();
  const azuriteHandlers = {
    appendBlobHandler: new handlers.appendBlob(store, extents, logger, IS_LOOSE),
    blobHandler: new handlers.blob(store, extents, logger, IS_LOOSE, ranges),
    blockBlobHandler: new handlers.blockBlob(store, extents, logger, IS_LOOSE),
    containerHandler: new handlers.container(keys, undefined, store, extents, logger, IS_LOOSE, true),
    pageBlobHandler: new handlers.pageBlob(store, extents, logger, IS_LOOSE, ranges),
    serviceHandler: new handlers.service(keys, undefined, store, extents, logger, IS_LOOSE, true),
  };
  const publicAccess = new parts.PublicAccessAuthenticator(store, logger);
  const authorize: Middleware = (message, response, next) => {
    const call = calls.get(message);
    const context = new parts.BlobStorageContext(response.locals, parts.contextPath);
    if (message.method === 'OPTIONS' || !call) return next();
    requireBlobPermission(call, context, () => publicAccess.validate(undefined, context)).then(() => {
      call.whenAllowed?.();
      next();
    }, next);
  };
  const renderOwnErrors: ErrorMiddleware = (error, message, response, next) => {
    const call = calls.get(message);
    if (error instanceof StorageError && call) sendError(response, call.request, 'blob', error);
    else next(error);
  };
  const steps = new parts.MiddlewareFactory(logger, parts.contextPath);
  const preflight = new parts.PreflightMiddlewareFactory(logger);
  const strict = new parts.StrictModel.default(logger, [
    parts.StrictModel.UnsupportedHeadersBlocker,
    parts.StrictModel.UnsupportedParametersBlocker,
  ]);
  const app = parts
    .express()
    .disable('x-powered-by')
    .use(parts.createContextMiddleware(true, true, IS_LOOSE))
    .use(steps.createDispatchMiddleware())
    .use(strict.createStrictModelMiddleware())
    .use(authorize)
    .use(steps.createDeserializerMiddleware())
    .use(steps.createHandlerMiddleware(azuriteHandlers))
    .use(preflight.createCorsRequestMiddleware(store, true))
    .use(preflight.createCorsRequestMiddleware(store, false))
    .use(steps.createSerializerMiddleware())
    .use(preflight.createOptionsHandlerMiddleware(store))
    .use(renderOwnErrors)
    .use(steps.createErrorMiddleware())
    .use(steps.createEndMiddleware());
  return (message, response, call) => {
    calls.set(message, call);
    app(message, response);
  };
};
