import { type Agent, type IncomingHttpHeaders, type IncomingMessage, request as plainRequest } from 'node:http';
import { request as secureRequest } from 'node:https';

/** Answers are short or of no interest; what comes after this many bytes is not read. */
export const maxAnswerBytes = 64 * 1024;

/** The status says it all, so the rest of an answer is waited for only so long. */
const bodyPatienceMs = 2_000;

/** What somebody answered; `body` is its beginning, undefined when it did not come whole and soon. */
export type Answer = { status: number; headers: IncomingHttpHeaders; body: Buffer | undefined };

/** Reads an answer's body as far as anybody needs it, so that its connection can be used again; a longer or slower one loses it. */
const bodyOf = (incoming: IncomingMessage): Promise<Buffer | undefined> =>
  new Promise((resolve) => {
    const chunks: Buffer[] = [];
    let length = 0;
    const patience = setTimeout(() => incoming.destroy(), bodyPatienceMs);
    incoming.on('data', (chunk: Buffer) => {
      chunks.push(chunk);
      length += chunk.length;
      if (length <= maxAnswerBytes) return;
      resolve(Buffer.concat(chunks).subarray(0, maxAnswerBytes));
      incoming.destroy();
    });
    incoming.on('error', () => undefined);
    incoming.once('end', () => resolve(Buffer.concat(chunks)));
    incoming.once('close', () => {
      clearTimeout(patience);
      resolve(undefined);
    });
  });

/** Posts once. Follows no redirect, repeats nothing, and rejects with what the network or the signal says. */
export const post = (
  agent: Agent,
  url: string,
  headers: Readonly<Record<string, string>>,
  body: Uint8Array,
  signal: AbortSignal,
): Promise<Answer> =>
  new Promise((resolve, reject) => {
    const send = url.startsWith('https:') ? secureRequest : plainRequest;
    const options = { method: 'POST', agent, signal, headers: { ...headers, 'content-length': String(body.length) } };
    const outgoing = send(url, options, (incoming) => {
      const { statusCode: status = 0, headers } = incoming;
      bodyOf(incoming).then((body) => resolve({ status, headers, body }));
    });
    outgoing.on('error', reject);
    outgoing.end(body);
  });
