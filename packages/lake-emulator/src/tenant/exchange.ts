import type { IncomingMessage, ServerResponse } from 'node:http';

/** One request to the tenant and what answers it. */
export type Exchange = {
  message: IncomingMessage;
  response: ServerResponse;
  method: string;
  /** Segments of the decoded path. */
  segments: readonly string[];
  query: URLSearchParams;
};

/** Nothing that is asked of a tenant is longer: a form with a client assertion and its chain of certificates. */
const MAX_BODY_BYTES = 256 * 1024;

/** What is not well-formed stays as it is and names nothing. */
const decode = (segment: string): string => {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
};

export const openExchange = (message: IncomingMessage, response: ServerResponse): Exchange => {
  const [pathname = '', search] = (message.url ?? '/').split('?');
  const segments = pathname.split('/').flatMap((segment) => (segment === '' ? [] : decode(segment)));
  return { message, response, method: message.method ?? 'GET', segments, query: new URLSearchParams(search) };
};

/** @throws Error when the body is too long. */
export const readBody = async ({ message }: Exchange): Promise<string> => {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of message as AsyncIterable<Buffer>) {
    length += chunk.length;
    if (length > MAX_BODY_BYTES) throw new Error(`The body is longer than ${MAX_BODY_BYTES} bytes.`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
};

export const sendJson = (
  { response }: Exchange,
  status: number,
  body: unknown,
  headers: Readonly<Record<string, string>> = {},
): void => {
  const bytes = Buffer.from(JSON.stringify(body));
  response.writeHead(status, {
    'Content-Type': 'application/json; charset=utf-8',
    'Content-Length': bytes.length,
    'Cache-Control': 'no-store',
    ...headers,
  });
  response.end(bytes);
};

export const headerOf = ({ message }: Exchange, name: string): string | undefined => {
  const value = message.headers[name];
  return Array.isArray(value) ? value.join(', ') : value;
};
