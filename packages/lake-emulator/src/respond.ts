import type { ServerResponse } from 'node:http';
import type { LakeRequest, Protocol } from './lake-request.ts';
import type { StorageError } from './storage-error.ts';

/** The service version answered when the client names none. */
const DEFAULT_VERSION = '2025-11-05';

/** Headers every answer of the storage service carries. */
export const setServiceHeaders = (response: ServerResponse, request: LakeRequest): void => {
  response.setHeader('Server', 'Windows-Azure-HDFS/1.0 Microsoft-HTTPAPI/2.0');
  response.setHeader('x-ms-request-id', request.id);
  response.setHeader('x-ms-version', request.headers['x-ms-version'] ?? DEFAULT_VERSION);
  const clientId = request.headers['x-ms-client-request-id'];
  if (typeof clientId === 'string' && clientId.length <= 1024) {
    response.setHeader('x-ms-client-request-id', clientId);
  }
};

const escapeXml = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');

const errorBody = (protocol: Protocol, request: LakeRequest, error: StorageError): string => {
  const message = `${error.message}\nRequestId:${request.id}\nTime:${new Date().toISOString()}`;
  if (protocol === 'dfs') {
    const detail = error.detail ? { detail: { AuthenticationErrorDetail: error.detail } } : {};
    return JSON.stringify({ error: { code: error.code, message, ...detail } });
  }
  const detail = error.detail
    ? `<AuthenticationErrorDetail>${escapeXml(error.detail)}</AuthenticationErrorDetail>`
    : '';
  return `\uFEFF<?xml version="1.0" encoding="utf-8"?><Error><Code>${escapeXml(error.code)}</Code><Message>${escapeXml(message)}</Message>${detail}</Error>`;
};

/** Answers with a storage error: JSON for DFS, XML for Blob, only headers for HEAD. */
export const sendError = (
  response: ServerResponse,
  request: LakeRequest,
  protocol: Protocol,
  error: StorageError,
): void => {
  if (response.headersSent) {
    response.destroy();
    return;
  }
  setServiceHeaders(response, request);
  response.statusCode = error.status;
  response.setHeader('x-ms-error-code', error.code);
  for (const [name, value] of Object.entries(error.headers)) response.setHeader(name, value);
  if (error.status === 401) response.setHeader('WWW-Authenticate', request.challenge);
  if (request.method === 'HEAD' || error.status === 304) {
    response.end();
    return;
  }
  const body = Buffer.from(errorBody(protocol, request, error));
  response.setHeader('Content-Type', protocol === 'dfs' ? 'application/json;charset=utf-8' : 'application/xml');
  response.setHeader('Content-Length', body.length);
  response.end(body);
};

/** Answers a DFS request: status, headers (undefined ones left out) and an optional JSON body. */
export const sendResult = (
  response: ServerResponse,
  request: LakeRequest,
  status: number,
  headers: Record<string, string | number | undefined> = {},
  json?: unknown,
): void => {
  setServiceHeaders(response, request);
  response.statusCode = status;
  for (const [name, value] of Object.entries(headers)) {
    if (value !== undefined) response.setHeader(name, value);
  }
  if (json === undefined) {
    if (!response.hasHeader('Content-Length') && status !== 204) response.setHeader('Content-Length', 0);
    response.end();
    return;
  }
  const body = Buffer.from(JSON.stringify(json));
  response.setHeader('Content-Type', 'application/json;charset=utf-8');
  response.setHeader('Content-Length', body.length);
  response.end(request.method === 'HEAD' ? undefined : body);
};
