import type { IncomingMessage, ServerResponse } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';
import { TLSSocket } from 'node:tls';
import type { Fault } from './faults.ts';
import type { LakeRequest, Protocol } from './lake-request.ts';
import { sendError } from './respond.ts';
import { describeCode, StorageError } from './storage-error.ts';

/** Breaks the connection once that many bytes of body have left. */
const truncateBody = (response: ServerResponse, limit: number): void => {
  let left = limit;
  const write = response.write.bind(response);
  const cut = (chunk: unknown, encoding?: unknown): boolean => {
    const bytes = Buffer.isBuffer(chunk)
      ? chunk
      : chunk instanceof Uint8Array
        ? Buffer.from(chunk)
        : Buffer.from(String(chunk), typeof encoding === 'string' ? (encoding as BufferEncoding) : 'utf8');
    if (bytes.length < left) {
      left -= bytes.length;
      return write(bytes);
    }
    write(bytes.subarray(0, left), () => response.socket?.destroy());
    left = 0;
    return false;
  };
  response.write = ((chunk: unknown, encoding?: unknown) => cut(chunk, encoding)) as ServerResponse['write'];
  const end = response.end.bind(response);
  response.end = ((chunk?: unknown, encoding?: unknown) => {
    if (chunk !== undefined && chunk !== null && typeof chunk !== 'function' && !cut(chunk, encoding)) return response;
    return left === 0 ? response : end();
  }) as ServerResponse['end'];
};

const errorOf = (fault: Fault): StorageError | undefined => {
  const isThrottling = fault.retryAfterSeconds !== undefined;
  const code = fault.code ?? (isThrottling ? 'ServerBusy' : fault.status === undefined ? undefined : 'InternalError');
  if (code === undefined) return undefined;
  const known = describeCode(code);
  const headers = {
    ...fault.headers,
    ...(isThrottling && { 'Retry-After': String(fault.retryAfterSeconds) }),
  };
  return new StorageError(code, fault.status ?? known.status, fault.message ?? known.message, { headers });
};

const sendForeign = (response: ServerResponse, request: LakeRequest, fault: Fault): void => {
  const body = Buffer.from(fault.body ?? '');
  response.statusCode = fault.status ?? 200;
  response.setHeader('Content-Length', body.length);
  for (const [name, value] of Object.entries(fault.headers ?? {})) response.setHeader(name, value);
  response.end(request.method === 'HEAD' ? undefined : body);
};

/**
 * Does to a request what the rule says.
 * @returns true when the request has been dealt with; false when the real answer is still to come.
 */
export const applyFault = async (
  fault: Fault,
  {
    message,
    response,
    request,
    protocol,
  }: {
    message: IncomingMessage;
    response: ServerResponse;
    request: LakeRequest;
    protocol: Protocol;
  },
): Promise<boolean> => {
  if (fault.latencyMs !== undefined) await delay(fault.latencyMs, undefined, { ref: false });
  if (fault.reset) {
    // TLS has no handle to reset; dropping the connection without a word is the same to the client.
    if (message.socket instanceof TLSSocket) message.socket.destroy();
    else message.socket.resetAndDestroy();
    return true;
  }
  if (fault.hang) return true;
  if (fault.body !== undefined) {
    sendForeign(response, request, fault);
    return true;
  }
  const error = errorOf(fault);
  if (error) {
    sendError(response, request, protocol, error);
    return true;
  }
  if (fault.truncateBodyAfterBytes !== undefined) truncateBody(response, fault.truncateBodyAfterBytes);
  return false;
};
