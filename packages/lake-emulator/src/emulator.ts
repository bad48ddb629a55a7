import { createServer, type IncomingMessage, type RequestListener, type ServerResponse } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { asksForAccount, sendAccountInformation } from './account-information.ts';
import { type LakeAccount, requireValidAccounts } from './accounts.ts';
import { applyFault } from './apply-fault.ts';
import { authenticate } from './auth/authenticate.ts';
import { bearerChallenge, createBearerVerifier } from './auth/bearer.ts';
import { createRoleAssignments, type RoleAssignment, type RoleAssignments } from './auth/roles.ts';
import { type PolicyLookup, verifySas } from './auth/sas.ts';
import type { TokenTrust } from './auth/token-trust.ts';
import { createBlobListener } from './azurite/blob-listener.ts';
import { type LakeData, openLakeData } from './azurite/lake-data.ts';
import { refuseUnsupportedBlobOperation } from './blob-limits.ts';
import { settleBlobRange } from './byte-range.ts';
import { handleDfs } from './dfs/handle-dfs.ts';
import { posixHeaders } from './dfs/path-headers.ts';
import { createFaultRules, type FaultRule } from './faults.ts';
import { header, type LakeRequest, type Protocol, parseLakeRequest, parseQuery, protocolOf } from './lake-request.ts';
import { createRequestLog, type SeenRequest } from './request-log.ts';
import { sendError } from './respond.ts';
import { StorageError, storageError } from './storage-error.ts';

export type LakeEmulator = {
  /** `http://127.0.0.1:<port>`, or `https://…` */
  url: string;
  port: number;
  /** The endpoint to give to an SDK for both DFS and Blob: `${url}/${account}`. */
  endpointOf(account: string): string;
  /** Arms a fault rule; the answer disarms it. */
  addFault(rule: FaultRule): () => void;
  clearFaults(): void;
  /**
   * Lets a principal do what the role allows, from the next request on; the answer takes the role away.
   * @throws Error when the account or the role is not known.
   */
  assignRole(assignment: RoleAssignment): () => void;
  roleAssignments(): readonly RoleAssignment[];
  /** The latest requests, oldest first; bounded. */
  requests(): readonly SeenRequest[];
  /** Stops listening, drops open connections and, with a directory, writes everything to disk. */
  close(): Promise<void>;
};

export type LakeEmulatorOptions = {
  /** Default 127.0.0.1. */
  host?: string;
  /** 0 (the default) takes a free port. */
  port?: number;
  accounts: LakeAccount[];
  /** Where data lives; in memory when absent. */
  directory?: string;
  /** Speaks TLS with this certificate (PEM) instead of plain HTTP. */
  tls?: { key: string; cert: string };
  /** The tenant whose tokens are taken, over TLS only; none when absent. */
  tokens?: TokenTrust;
};

/** SDKs keep idle connections for about a minute; closing earlier would race with their next request. */
const KEEP_ALIVE_MS = 90_000;
/** A slow upload of a large file is legitimate; what bounds a request is its client. */
const NO_REQUEST_TIMEOUT = 0;

const policyLookup =
  ({ store }: LakeData, account: string): PolicyLookup =>
  (container, identifier) =>
    store.findContainer(account, container)?.containerAcl?.find(({ id }) => id === identifier)?.accessPolicy;

/** Azurite is only told path-style URLs; whoever came by host name has been verified with the URL as signed. */
const usePathStyle = (request: LakeRequest, message: IncomingMessage): void => {
  message.url = `/${request.account}${message.url}`;
  const source = URL.parse(header(request, 'x-ms-copy-source') ?? '');
  if (source?.host !== message.headers.host || !source) return;
  source.pathname = `/${request.account}${source.pathname}`;
  message.headers['x-ms-copy-source'] = source.href;
};

const createHandler = (
  data: LakeData,
  accounts: ReadonlyMap<string, LakeAccount>,
  tokens: TokenTrust | undefined,
  assignments: RoleAssignments,
) => {
  const verifyBearer = createBearerVerifier(tokens, assignments);
  const listenBlob = createBlobListener(data, accounts);

  /** A path of a hierarchical account says on Blob too what it is and whose. */
  const addPosixHeaders = (request: LakeRequest, response: ServerResponse): void => {
    const isRead = request.method === 'GET' || request.method === 'HEAD';
    if (!isRead || request.path === '' || request.query.has('comp')) return;
    const blob = data.store.findPath(request);
    if (!blob) return;
    for (const [name, value] of Object.entries(posixHeaders(blob))) response.setHeader(name, value);
  };

  return async (
    request: LakeRequest,
    protocol: Protocol,
    message: IncomingMessage,
    response: ServerResponse,
  ): Promise<void> => {
    const account = accounts.get(request.account.replace(/-secondary$/, ''));
    if (!account) {
      throw storageError('ResourceNotFound', { message: `This emulator has no account "${request.account}".` });
    }
    if (request.method === 'OPTIONS') {
      listenBlob(message, response, { request, access: { kind: 'anonymous' } });
      return;
    }
    const policyOf = policyLookup(data, account.name);
    const access = await authenticate(account, request, { policyOf, verifyBearer });
    if (asksForAccount(request)) {
      sendAccountInformation(response, request, account, access);
      return;
    }
    if (protocol === 'dfs') {
      const authenticateSource = (query: string, container: string, path: string) =>
        verifySas(account, { ...request, query: parseQuery(query), container, path }, policyOf);
      await handleDfs({ request, message, response, account, access, authenticateSource, ...data });
      return;
    }
    refuseUnsupportedBlobOperation(request);
    if (request.method === 'GET' && !request.query.has('comp') && !request.query.has('snapshot')) {
      settleBlobRange(message, data.store.findPath(request)?.properties.contentLength);
    }
    if (request.isHostStyle) usePathStyle(request, message);
    const whenAllowed = account.hierarchicalNamespace ? () => addPosixHeaders(request, response) : undefined;
    listenBlob(message, response, { request, access, whenAllowed });
  };
};

const asStorageError = (error: unknown): StorageError =>
  error instanceof StorageError
    ? error
    : storageError('InternalError', { message: error instanceof Error ? error.message : String(error) });

/**
 * Starts an ADLS Gen2 and Blob endpoint.
 * @throws Error when an account is malformed, the port is taken (`EADDRINUSE`) or the directory cannot be used.
 */
export const startLakeEmulator = async (options: LakeEmulatorOptions): Promise<LakeEmulator> => {
  requireValidAccounts(options.accounts);
  const accounts = new Map(options.accounts.map((account) => [account.name, account]));
  const data = await openLakeData(options.directory, (name) => accounts.get(name)?.hierarchicalNamespace ?? false);
  const isAccount = (name: string): boolean => accounts.has(name);
  const assignments = createRoleAssignments(isAccount);
  const handle = createHandler(data, accounts, options.tokens, assignments);
  const served = { isAccount, challenge: options.tokens ? bearerChallenge(options.tokens) : 'SharedKey' };
  const faults = createFaultRules();
  const log = createRequestLog();

  const answer = async (message: IncomingMessage, response: ServerResponse): Promise<void> => {
    const request = parseLakeRequest(message, served);
    const protocol = protocolOf(request);
    log.watch(request, protocol, response);
    try {
      // Possible in HTTP/1.0 only; Node refuses it itself in 1.1.
      if (!message.headers.host) throw storageError('MissingRequiredHeader', { message: 'Host is mandatory.' });
      const fault = faults.next(request);
      if (fault && (await applyFault(fault, { message, response, request, protocol }))) return;
      await handle(request, protocol, message, response);
    } catch (error) {
      sendError(response, request, protocol, asStorageError(error));
    }
  };

  const listener: RequestListener = (message, response) => {
    answer(message, response).catch((error: unknown) => {
      if (response.headersSent) response.destroy();
      else response.writeHead(400, { 'x-ms-error-code': 'InvalidUri' }).end(asStorageError(error).message);
    });
  };
  const timing = { keepAliveTimeout: KEEP_ALIVE_MS, requestTimeout: NO_REQUEST_TIMEOUT };
  const server = options.tls
    ? createTlsServer({ ...timing, ...options.tls }, listener)
    : createServer(timing, listener);
  const host = options.host ?? '127.0.0.1';
  try {
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen(options.port ?? 0, host, resolve);
    });
  } catch (error) {
    await data.close();
    throw error;
  }
  const { port } = server.address() as AddressInfo;
  const url = `${options.tls ? 'https' : 'http'}://${host}:${port}`;
  return {
    url,
    port,
    endpointOf: (account) => `${url}/${account}`,
    addFault: faults.add,
    clearFaults: faults.clear,
    assignRole: assignments.assign,
    roleAssignments: assignments.all,
    requests: log.all,
    close: async () => {
      const closed = new Promise((resolve) => server.close(resolve));
      server.closeAllConnections();
      await closed;
      await data.close();
    },
  };
};
