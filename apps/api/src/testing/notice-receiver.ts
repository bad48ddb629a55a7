import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http';

export type ReceivedNotice = { headers: IncomingHttpHeaders; text: string; body: Record<string, unknown> };

/** A receiver of notices on loopback. It accepts what it gets, unless `answers` has something else for the next requests, one each. */
export const startNoticeReceiver = async () => {
  const received: ReceivedNotice[] = [];
  const answers: ((response: ServerResponse) => void)[] = [];
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const text = String(Buffer.concat(chunks));
    received.push({ headers: request.headers, text, body: JSON.parse(text) });
    const answer = answers.shift();
    if (answer) answer(response);
    else response.writeHead(202).end();
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (typeof address !== 'object' || address === null) throw new Error('The receiver has no port.');
  return {
    url: `http://127.0.0.1:${address.port}`,
    received,
    /** What the next requests are answered, one each. */
    answer: (status: number, headers: Record<string, string> = {}, times = 1) => {
      for (let time = 0; time < times; time += 1) answers.push((response) => response.writeHead(status, headers).end());
    },
    /** The next request is answered when this is called. */
    hold: () => {
      const { promise, resolve } = Promise.withResolvers<void>();
      answers.push((response) => void promise.then(() => response.writeHead(202).end()));
      return resolve;
    },
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
};

export type NoticeReceiver = Awaited<ReturnType<typeof startNoticeReceiver>>;
