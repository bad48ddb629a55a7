import type { ServerResponse } from 'node:http';
import type { LakeRequest, Protocol } from './lake-request.ts';

/** A request the emulator has answered (or dropped: status 0). Signatures are not kept. */
export type SeenRequest = {
  method: string;
  account: string;
  /** Decoded, after the account: `/container/path`. */
  path: string;
  /** Query with the signature taken out. */
  query: string;
  protocol: Protocol;
  status: number;
  durationMs: number;
};

/** How many requests are remembered; enough for a test, little for a server that runs for weeks. */
const LIMIT = 1000;

export type RequestLog = {
  /** Records the request once it is answered or its connection is gone. */
  watch(request: LakeRequest, protocol: Protocol, response: ServerResponse): void;
  all(): readonly SeenRequest[];
};

export const createRequestLog = (): RequestLog => {
  const seen: SeenRequest[] = [];
  return {
    watch(request, protocol, response) {
      response.once('close', () => {
        seen.push({
          method: request.method,
          account: request.account,
          path: `/${[request.container, request.path].filter((part) => part !== '').join('/')}`,
          query: request.rawQuery.replace(/(^|&)sig=[^&]*/gi, '$1sig=-'),
          protocol,
          status: response.headersSent ? response.statusCode : 0,
          durationMs: Date.now() - request.receivedAt.getTime(),
        });
        if (seen.length > LIMIT) seen.splice(0, seen.length - LIMIT);
      });
    },
    all: () => [...seen],
  };
};
