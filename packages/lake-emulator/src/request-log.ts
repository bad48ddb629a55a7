import type { ServerResponse } from 'node:http';
import type { LakeRequest, Protocol } from './lake-request.ts';

/** A request the emulator has got. Signatures are not kept. */
export type SeenRequest = {
  method: string;
  account: string;
  /** Decoded, after the account: `/container/path`. */
  path: string;
  /** Query with the signature taken out. */
  query: string;
  protocol: Protocol;
  /** 0 while it is not answered, and for good when the connection was dropped instead. */
  status: number;
};

/** How many requests are remembered; enough for a test, little for a server that runs for weeks. */
const LIMIT = 1000;

export type RequestLog = {
  /** Records the request now and its status as soon as the answer starts, so whoever has an answer finds it here. */
  watch(request: LakeRequest, protocol: Protocol, response: ServerResponse): void;
  all(): readonly SeenRequest[];
};

export const createRequestLog = (): RequestLog => {
  const seen: SeenRequest[] = [];
  return {
    watch(request, protocol, response) {
      const entry: SeenRequest = {
        method: request.method,
        account: request.account,
        path: `/${[request.container, request.path].filter((part) => part !== '').join('/')}`,
        query: request.rawQuery.replace(/(^|&)sig=[^&]*/gi, '$1sig=-'),
        protocol,
        status: 0,
      };
      seen.push(entry);
      if (seen.length > LIMIT) seen.splice(0, seen.length - LIMIT);
      // Node sends implicit headers through writeHead as well.
      const writeHead = response.writeHead;
      response.writeHead = function head(this: ServerResponse, ...parameters: unknown[]): ServerResponse {
        entry.status = Number(parameters[0]);
        return Reflect.apply(writeHead, this, parameters) as ServerResponse;
      } as ServerResponse['writeHead'];
    },
    all: () => seen.map((entry) => ({ ...entry })),
  };
};
