import { type IncomingMessage, request as requestHttp } from 'node:http';
import { request as requestHttps } from 'node:https';
import type { Outbound } from './outbound.ts';

/** Whoever asks over `fetch` wants documents, no files; the largest ones that Junction reads this way have some hundred kB. */
const defaultMaxBytes = 8 * 1024 * 1024;

/** Statuses that have no body, whatever a server sends. WHATWG Fetch §2.2.3 */
const bodiless = [204, 205, 304];

const readAtMost = async (message: IncomingMessage, maxBytes: number): Promise<Uint8Array<ArrayBuffer>> => {
  const chunks: Buffer[] = [];
  let length = 0;
  // Leaving the loop early destroys the socket.
  for await (const chunk of message) {
    const bytes = Buffer.from(chunk);
    length += bytes.length;
    if (length > maxBytes) throw new RangeError('The answer is longer than any that was asked for.');
    chunks.push(bytes);
  }
  return Uint8Array.from(Buffer.concat(chunks));
};

const headersOf = ({ rawHeaders }: IncomingMessage): Headers => {
  const headers = new Headers();
  for (let index = 0; index + 1 < rawHeaders.length; index += 2) {
    headers.append(rawHeaders[index] ?? '', rawHeaders[index + 1] ?? '');
  }
  return headers;
};

/**
 * A `fetch` whose every request leaves through the guard, for libraries that take one. It differs from the usual one where that would go around
 * the guard or wait for a server's pleasure: redirects come back as they are, answers are read to their end before they come back and rejected when they
 * are longer than `maxBytes`, and what a socket fails with, OutboundRefused above all, is the rejection itself. The signal ends it at any time.
 */
export const guardedFetch =
  (outbound: Pick<Outbound, 'agentFor'>, maxBytes: number = defaultMaxBytes): typeof fetch =>
  async (input, init) => {
    const request = new Request(input, init);
    request.signal.throwIfAborted();
    const body = request.body === null ? undefined : Buffer.from(await request.arrayBuffer());
    const { url, method, signal } = request;
    // One for each request, as nobody says when a fetch is needed no more.
    const agent = outbound.agentFor(url);
    try {
      const headers = { ...Object.fromEntries(request.headers), 'accept-encoding': 'identity' };
      const send = url.startsWith('https:') ? requestHttps : requestHttp;
      const message = await new Promise<IncomingMessage>((resolve, reject) => {
        const sent = send(url, { method, agent, headers, signal });
        sent.once('response', resolve).once('error', reject).end(body);
      });
      const content = await readAtMost(message, maxBytes);
      const status = message.statusCode ?? 0;
      return new Response(bodiless.includes(status) ? null : content, {
        status,
        statusText: message.statusMessage,
        headers: headersOf(message),
      });
    } catch (error) {
      // The reason of the signal, such as its time-out, in place of Node's own error about it.
      signal.throwIfAborted();
      throw error;
    } finally {
      agent.destroy();
    }
  };
