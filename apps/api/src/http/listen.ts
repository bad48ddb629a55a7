import { createServer, type RequestListener, type Server } from 'node:http';
import type { Env } from '../platform/env.ts';
import { StartError } from '../platform/start-error.ts';

/** Requests in flight get this long to finish when Junction stops; the whole stop stays under ten seconds. */
const drainMs = 7_000;
/** A request must have arrived whole after this long, its headers sooner. */
const requestTimeoutMs = 30_000;
const headersTimeoutMs = 10_000;
/** Longer than the idle time-out of common load balancers (60 s), so that they and not we close an idle connection. */
const keepAliveTimeoutMs = 65_000;

const reasonOf = (code: string | undefined, { HOST, PORT }: Pick<Env, 'HOST' | 'PORT'>): string => {
  const reasons: Readonly<Record<string, string>> = {
    EADDRINUSE: `Port ${PORT} is in use on ${HOST}. Stop the other program, or set PORT to another port.`,
    EACCES: `This user may not listen on ${HOST}:${PORT}. Set PORT to a port above 1023.`,
    EADDRNOTAVAIL: `This machine has no address ${HOST}. Set HOST to one of its addresses.`,
    ENOTFOUND: `The name ${HOST} is not known. Set HOST to an address of this machine.`,
    EAI_AGAIN: `The name ${HOST} cannot be looked up now. Set HOST to an address of this machine.`,
  };
  return reasons[code ?? ''] ?? `Cannot listen on ${HOST}:${PORT} (${code ?? 'unknown'}).`;
};

const notYet: RequestListener = (_request, response) => {
  response.writeHead(503, { 'retry-after': '1', 'content-type': 'text/plain' }).end('Junction is starting.\n');
};

const close = (server: Server): Promise<void> =>
  new Promise((resolve) => {
    const cutOff = setTimeout(() => server.closeAllConnections(), drainMs);
    server.close(() => {
      clearTimeout(cutOff);
      resolve();
    });
  });

export type Listening = {
  port: number;
  /** Answers requests from now on; until then they get 503. */
  serve(app: RequestListener): void;
  /** Takes no more requests, lets those in flight finish, and cuts off what is still there after some seconds. */
  close(): Promise<void>;
};

/** Listens on HOST and PORT, before anything slow is done for it to fail afterwards. Throws StartError. */
export const listen = async (env: Pick<Env, 'HOST' | 'PORT'>): Promise<Listening> => {
  const server = createServer(
    { requestTimeout: requestTimeoutMs, headersTimeout: headersTimeoutMs, keepAliveTimeout: keepAliveTimeoutMs },
    notYet,
  );
  const port = await new Promise<number>((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => reject(new StartError(reasonOf(error.code, env))));
    server.listen(env.PORT, env.HOST, () => {
      const address = server.address();
      resolve(typeof address === 'object' && address !== null ? address.port : env.PORT);
    });
  });
  return {
    port,
    serve: (app) => {
      server.off('request', notYet);
      server.on('request', app);
    },
    close: () => close(server),
  };
};
