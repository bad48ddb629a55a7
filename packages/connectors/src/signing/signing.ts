import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import { encodedKeyOf, signingSecretFrom } from './signing-secret.ts';

export { signingSecretFrom } from './signing-secret.ts';

/**
 * What is signed: the body with the id and the moment of this attempt. A body that is compressed on its way is signed as it was before,
 * because receivers' libraries take text.
 */
export type SignedPayload = { id: string; timestamp: Date; body: string | Uint8Array; secret: string };

/** The headers of the Standard Webhooks specification. https://www.standardwebhooks.com */
export type SignatureHeaders = { 'webhook-id': string; 'webhook-timestamp': string; 'webhook-signature': string };

/** As long as the output of SHA-256. */
const newSecretBytes = 32;

/** How far a receiver's clock may be from the sender's before a signature is taken for a repeated one. */
export const signatureToleranceMs = 5 * 60_000;

/** A new secret to sign with. */
export const newSigningSecret = (): string => `whsec_${randomBytes(newSecretBytes).toString('base64')}`;

const signatureOf = (id: string, timestamp: string, body: string | Uint8Array, secret: string): string => {
  const key = signingSecretFrom(secret);
  if (key === undefined) throw new Error('A signing secret is whsec_ and 24 to 64 bytes in base64.');
  const hmac = createHmac('sha256', Buffer.from(encodedKeyOf(key), 'base64'));
  return `v1,${hmac.update(`${id}.${timestamp}.`).update(body).digest('base64')}`;
};

/** Signs one attempt to deliver. The id stays the same for every attempt; a dot in it would make the signature ambiguous. */
export const signPayload = ({ id, timestamp, body, secret }: SignedPayload): SignatureHeaders => {
  if (!/^[\x21-\x2d\x2f-\x7e]+$/.test(id)) throw new Error('The id of a signed payload is visible ASCII without dots.');
  const seconds = String(Math.floor(timestamp.getTime() / 1_000));
  return {
    'webhook-id': id,
    'webhook-timestamp': seconds,
    'webhook-signature': signatureOf(id, seconds, body, secret),
  };
};

const isSame = (one: string, other: string): boolean => {
  const [first, second] = [Buffer.from(one), Buffer.from(other)];
  return first.length === second.length && timingSafeEqual(first, second);
};

/** Whether a payload is as it was signed, and not long ago. The header may hold several signatures, while a secret is being replaced. */
export const verifyPayload = (
  headers: Readonly<Record<string, string | string[] | undefined>>,
  body: string | Uint8Array,
  secret: string,
  now: Date,
): boolean => {
  const {
    'webhook-id': id = '',
    'webhook-timestamp': timestamp = '',
    'webhook-signature': signatures = '',
  } = headers as Partial<SignatureHeaders>;
  const isRecent = Math.abs(now.getTime() - Number(timestamp) * 1_000) <= signatureToleranceMs;
  const expected = signatureOf(id, timestamp, body, secret);
  return isRecent && signatures.split(' ').some((signature) => isSame(signature, expected));
};
