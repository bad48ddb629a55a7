import { createServer, type RequestListener, request } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import { type AddressInfo, createServer as createTcpServer, type Server, type Socket } from 'node:net';
import type { SecureContextOptions } from 'node:tls';

/** A server on a free port of loopback. */
export type TestServer = { port: number; url: string; close(): Promise<void> };

const listening = async (server: Server, scheme: string): Promise<TestServer> => {
  const sockets = new Set<Socket>();
  server.on('connection', (socket) => sockets.add(socket));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    port,
    url: `${scheme}://127.0.0.1:${port}`,
    close: async () => {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
};

/** Plain HTTP. */
export const serveHttp = (listener: RequestListener): Promise<TestServer> => listening(createServer(listener), 'http');

/** HTTP over TLS. */
export const serveSecurely = (certificate: SecureContextOptions, listener: RequestListener): Promise<TestServer> =>
  listening(createSecureServer(certificate, listener), 'https');

/** Whatever bytes a socket is given. */
export const serveTcp = (onSocket: (socket: Socket) => void): Promise<TestServer> =>
  listening(createTcpServer(onSocket), 'http');

/** TLS in front of another server; `hostOf` rewrites the Host header on the way. */
export const serveTls = (
  certificate: SecureContextOptions,
  behind: string,
  hostOf: (host: string) => string,
): Promise<TestServer> =>
  listening(
    createSecureServer(certificate, (incoming, outgoing) => {
      const headers = { ...incoming.headers, host: hostOf(incoming.headers.host ?? '') };
      const forwarded = request(`${behind}${incoming.url}`, { method: incoming.method, headers }, (answer) => {
        outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
        answer.pipe(outgoing);
      });
      incoming.pipe(forwarded);
    }),
    'https',
  );

/** A port that nothing listens on: it was free a moment ago. */
export const freePort = async (): Promise<number> => {
  const server = await serveTcp(() => undefined);
  await server.close();
  return server.port;
};
