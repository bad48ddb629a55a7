import type { IncomingHttpHeaders, ServerResponse } from 'node:http';
import { gunzipSync } from 'node:zlib';
import type { ReceiverFault, RowDestinationSubject } from '../../testing/row-destination-contract.ts';
import { serveHttp, type TestServer } from '../../testing/servers.ts';

/** A request as it came, its body as it was before it was compressed. */
export type Received = { url: string; headers: IncomingHttpHeaders; body: string };

/** What a test receiver does with a request in place of accepting it. */
export type Treatment = ReceiverFault | ((answer: ServerResponse, received: Received) => void);

export type TestReceiver = TestServer & {
  /** Every request, accepted or not. */
  requests: Received[];
  /** The next requests are treated like this, one each. */
  fail(...treatments: Treatment[]): void;
  /** What was accepted, as the contract wants to know it; checks leave nothing here. */
  accepted: ReturnType<RowDestinationSubject['receiver']['accepted']>[number][];
};

const decoded = (headers: IncomingHttpHeaders, body: Buffer): string =>
  String(headers['content-encoding'] === 'gzip' ? gunzipSync(body) : body);

const treat = (treatment: Treatment, response: ServerResponse, received: Received): void => {
  if (typeof treatment === 'function') treatment(response, received);
  else if (treatment === 'reset') response.socket?.resetAndDestroy();
  else if (treatment !== 'silence') {
    response.writeHead(treatment.status, treatment.headers);
    response.end(treatment.echoes === true ? JSON.stringify(received) : undefined);
  }
};

/** A receiver on loopback that accepts whom `lets` lets in, and answers 401 to everybody else. */
export const startReceiver = async (lets: (headers: IncomingHttpHeaders) => boolean): Promise<TestReceiver> => {
  const requests: Received[] = [];
  const treatments: Treatment[] = [];
  const accepted: TestReceiver['accepted'] = [];

  const accept = ({ headers, body }: Received): void => {
    const key = decodeURIComponent(String(headers['idempotency-key']));
    if (headers['junction-event'] === 'rows') accepted.push({ batch: { key, lines: new TextEncoder().encode(body) } });
    if (headers['junction-event'] !== 'run.finished') return;
    const { entities } = JSON.parse(body).data;
    accepted.push({ closing: { key, entities } });
  };

  const server = await serveHttp((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const { url = '', headers } = request;
      const received = { url, headers, body: decoded(headers, Buffer.concat(chunks)) };
      requests.push(received);
      const treatment = treatments.shift();
      if (treatment !== undefined) return treat(treatment, response, received);
      if (!lets(headers)) return response.writeHead(401).end();
      accept(received);
      response.writeHead(202).end('{"accepted":true}');
    });
  });
  return { ...server, requests, accepted, fail: (...more) => treatments.push(...more) };
};

/** A token service on loopback; each token that it gives works until another one is given. */
export const startTokenService = async (clientId: string, clientSecret: string) => {
  const forms: Record<string, string>[] = [];
  const treatments: Treatment[] = [];
  let number = 0;
  const isClient = (header = ''): boolean => {
    const [id, secret] = String(Buffer.from(header.replace('Basic ', ''), 'base64'))
      .split(':')
      .map(decodeURIComponent);
    return id === clientId && secret === clientSecret;
  };

  const server = await serveHttp((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const body = String(Buffer.concat(chunks));
      const form = Object.fromEntries(new URLSearchParams(body));
      forms.push(form);
      const treatment = treatments.shift();
      if (treatment !== undefined) return treat(treatment, response, { url: '', headers: request.headers, body });
      const isKnown =
        isClient(request.headers.authorization) || (form.client_id === clientId && form.client_secret === clientSecret);
      if (!isKnown) return response.writeHead(401).end('{"error":"invalid_client"}');
      number += 1;
      response.writeHead(200, { 'content-type': 'application/json' });
      response.end(JSON.stringify({ access_token: tokenOf(number), token_type: 'Bearer', expires_in: 3_600 }));
    });
  });
  return {
    ...server,
    tokenUrl: `${server.url}/token`,
    forms,
    fail: (...more: Treatment[]) => treatments.push(...more),
    /** Whether a request has the newest token. */
    lets: ({ authorization }: IncomingHttpHeaders) => authorization === `Bearer ${tokenOf(number)}`,
  };
};

/** A canary like the secrets: nothing that comes out may contain it. */
export const tokenOf = (number: number): string => `canary-access-token-${number}`;
