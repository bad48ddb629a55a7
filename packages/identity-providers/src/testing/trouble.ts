import type { IncomingMessage, ServerResponse } from 'node:http';

type Json = Record<string, unknown>;

/** How an endpoint does not answer as it should. */
export type BadAnswer = 'reset' | 'error500' | 'hangs' | 'tooLong' | 'notJson' | 'badRequest' | 'forbidden';

/** What is wrong with a stand-in provider for the moment. */
export type Trouble = {
  /** Endpoints, by the end of their path, that do not answer as they should; everything at `''`. */
  answers?: Readonly<Record<string, BadAnswer>>;
  /** Changes the claims of each ID token, which is then signed with the provider's own key. */
  idToken?: (claims: Json) => Json;
  /** The token endpoint leaves the ID token out, as it may when it refreshes. */
  withoutIdToken?: boolean;
  /** Who signs ID tokens in place of the provider: somebody else, under the name of its key, or nobody. */
  signedBy?: 'somebodyElse' | 'nobody';
  /** How far its clock is ahead, in seconds. */
  clockAheadSeconds?: number;
  /** Changes the discovery document. */
  discovery?: (document: Json) => Json;
};

/** Longer than any answer that a client takes. */
const tooManyBytes = 4 * 1024 * 1024;

const send = (response: ServerResponse, status: number, type: string, body: string) => {
  response.writeHead(status, { 'content-type': type });
  response.end(body);
};

/** Answers as badly as a trouble says. */
export const answerBadly = (answer: BadAnswer, request: IncomingMessage, response: ServerResponse): void => {
  if (answer === 'reset') request.socket.destroy();
  else if (answer === 'error500') send(response, 500, 'text/plain', 'Something went wrong.');
  else if (answer === 'tooLong')
    send(response, 200, 'application/json', JSON.stringify({ much: 'x'.repeat(tooManyBytes) }));
  else if (answer === 'notJson') send(response, 200, 'text/html', '<p>Please sign in to this network.</p>');
  else if (answer === 'badRequest')
    send(response, 400, 'application/json', '{"error":{"code":"Directory_ResultSizeLimitExceeded"}}');
  else if (answer === 'forbidden')
    send(response, 403, 'application/json', '{"error":{"code":"Authorization_RequestDenied"}}');
  // What hangs is left as it is until somebody closes the connection.
};
