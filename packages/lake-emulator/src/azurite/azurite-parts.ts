import type { IncomingMessage, ServerResponse } from 'node:http';
import { createRequire } from 'node:module';
import type { ExtentStore, MetadataStoreClass } from './azurite-types.ts';

const here = createRequire(import.meta.url);
const azurite = createRequire(here.resolve('azurite/package.json'));

const part = <T>(path: string): T => azurite(`./dist/src/${path}.js`) as T;
const main = <T>(path: string): T => part<{ default: T }>(path).default;

type Next = (error?: unknown) => void;
export type ExpressResponse = ServerResponse & { locals: Record<string, unknown> };
export type Middleware = (request: IncomingMessage, response: ExpressResponse, next: Next) => void;
export type ErrorMiddleware = (error: unknown, request: IncomingMessage, response: ExpressResponse, next: Next) => void;
type ExpressApplication = ((request: IncomingMessage, response: ServerResponse) => void) & {
  disable(setting: string): ExpressApplication;
  use(middleware: Middleware | ErrorMiddleware): ExpressApplication;
};
type Closeable = { init(): Promise<void>; close(): Promise<void>; isInitialized(): boolean };
type New<T> = new (...parameters: unknown[]) => T;

/** A permission table entry: which SAS an operation takes. */
export type AccountSasRule = {
  validateServices(services: string): boolean;
  validateResourceTypes(types: string): boolean;
  validatePermissions(permissions: string): boolean;
};
export type ServiceSasRule = { permission: string; validatePermissions(permissions: string): boolean };

/** The context Azurite keeps per request; `operation` is set by its dispatcher. */
export type BlobContext = { operation: number | undefined; contextId: string; blob: string | undefined };

/**
 * Azurite's building blocks, loaded from inside the installed package. Its own `BlobServer` is not used: it takes its
 * accounts from an environment variable of the whole process and knows no directories.
 */
export const parts = {
  express: azurite('express') as () => ExpressApplication,
  logger: main<object>('common/Logger'),
  LokiBlobMetadataStore: main<MetadataStoreClass>('blob/persistence/LokiBlobMetadataStore'),
  LokiExtentMetadataStore: main<New<Closeable>>('common/persistence/LokiExtentMetadataStore'),
  FsExtentStore: main<New<ExtentStore>>('common/persistence/FSExtentStore'),
  MemoryExtentStore: main<New<ExtentStore>>('common/persistence/MemoryExtentStore'),
  MemoryExtentChunkStore: part<{ MemoryExtentChunkStore: New<object> }>('common/persistence/MemoryExtentStore')
    .MemoryExtentChunkStore,
  BlobGcManager: main<New<{ start(): Promise<void>; close(): Promise<void> }>>('blob/gc/BlobGCManager'),
  StorageError: main<New<Error>>('blob/errors/StorageError'),
  handlers: {
    appendBlob: main<New<object>>('blob/handlers/AppendBlobHandler'),
    blob: main<New<object>>('blob/handlers/BlobHandler'),
    blockBlob: main<New<object>>('blob/handlers/BlockBlobHandler'),
    container: main<New<object>>('blob/handlers/ContainerHandler'),
    pageBlob: main<New<object>>('blob/handlers/PageBlobHandler'),
    service: main<New<object>>('blob/handlers/ServiceHandler'),
  },
  PageBlobRangesManager: main<New<object>>('blob/handlers/PageBlobRangesManager'),
  MiddlewareFactory: main<
    New<{
      createDispatchMiddleware(): Middleware;
      createDeserializerMiddleware(): Middleware;
      createHandlerMiddleware(handlers: object): Middleware;
      createSerializerMiddleware(): Middleware;
      createErrorMiddleware(): ErrorMiddleware;
      createEndMiddleware(): Middleware;
    }>
  >('blob/generated/ExpressMiddlewareFactory'),
  PreflightMiddlewareFactory: main<
    New<{
      createCorsRequestMiddleware(store: object, isBlocking: boolean): Middleware | ErrorMiddleware;
      createOptionsHandlerMiddleware(store: object): ErrorMiddleware;
    }>
  >('blob/middlewares/PreflightMiddlewareFactory'),
  StrictModel: part<{
    default: New<{ createStrictModelMiddleware(): Middleware }>;
    UnsupportedHeadersBlocker: unknown;
    UnsupportedParametersBlocker: unknown;
  }>('blob/middlewares/StrictModelMiddlewareFactory'),
  createContextMiddleware: main<
    (skipVersionCheck: boolean, disableProductStyleUrl: boolean, loose: boolean) => Middleware
  >('blob/middlewares/blobStorageContext.middleware'),
  BlobStorageContext: main<new (locals: object, path: string) => BlobContext>('blob/context/BlobStorageContext'),
  PublicAccessAuthenticator: main<
    New<{ validate(request: unknown, context: BlobContext): Promise<boolean | undefined> }>
  >('blob/authentication/PublicAccessAuthenticator'),
  contextPath: part<{ DEFAULT_CONTEXT_PATH: string }>('blob/utils/constants').DEFAULT_CONTEXT_PATH,
  operations: main<Readonly<Record<number, string>>>('blob/generated/artifacts/operation'),
  accountSasRules: main<Map<number, AccountSasRule>>('blob/authentication/OperationAccountSASPermission'),
  serviceSasRules: part<{
    OPERATION_BLOB_SAS_BLOB_PERMISSIONS: Map<number, ServiceSasRule>;
    OPERATION_BLOB_SAS_CONTAINER_PERMISSIONS: Map<number, ServiceSasRule>;
  }>('blob/authentication/OperationBlobSASPermission'),
  newEtag: part<{ newEtag(): string }>('common/utils/utils').newEtag,
};
