const prefix = 'whsec_';

/** The lengths that the specification allows. https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md#signature-scheme */
const minBytes = 24;
const maxBytes = 64;

const base64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/;

const bytesIn = (text: string): number => (text.length / 4) * 3 - (/=*$/.exec(text)?.[0].length ?? 0);

/**
 * A signing secret as it is kept and shown, `whsec_` and 24 to 64 bytes in base64, also from its base64 alone; undefined for any other
 * text, which receivers' libraries could not take. Runs in browsers too.
 */
export const signingSecretFrom = (typed: string): string | undefined => {
  const trimmed = typed.trim();
  const encoded = trimmed.startsWith(prefix) ? trimmed.slice(prefix.length) : trimmed;
  if (!base64.test(encoded) || bytesIn(encoded) < minBytes || bytesIn(encoded) > maxBytes) return undefined;
  return `${prefix}${encoded}`;
};

/** The key's base64 in a signing secret. */
export const encodedKeyOf = (secret: string): string => secret.slice(prefix.length);
