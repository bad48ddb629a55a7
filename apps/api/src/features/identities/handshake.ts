import { createHmac, timingSafeEqual } from 'node:crypto';
import type { Handshake } from '@junction/identity-providers';

/** HMAC-SHA-256 under the attempt's token: who has one of the three can work out neither the token nor the others. */
const derive = (token: string, label: string): string => createHmac('sha256', token).update(label).digest('base64url');

/** What makes a sign-in this browser's own follows from the token in its cookie, so that nothing of it need be stored. 43 characters each, as PKCE asks for (RFC 7636 §4.1). */
export const handshakeOf = (token: string): Handshake => ({
  state: derive(token, 'junction sign-in state'),
  nonce: derive(token, 'junction sign-in nonce'),
  codeVerifier: derive(token, 'junction sign-in code verifier'),
});

/** Whether what came back from the provider belongs to this attempt: it has the state once, compared in constant time. */
export const isAnswerTo = ({ state }: Handshake, response: string): boolean => {
  const [returned = '', ...more] = new URLSearchParams(response).getAll('state');
  const [one, other] = [Buffer.from(returned), Buffer.from(state)];
  return more.length === 0 && one.length === other.length && timingSafeEqual(one, other);
};
