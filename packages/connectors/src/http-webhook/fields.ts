import * as z from 'zod';
import { optional, text } from '../shared-fields/text-field.ts';
import { signingSecretFrom } from '../signing/signing-secret.ts';
import { urlFrom, urlProblem } from './webhook-url.ts';

const longestText = 1_000;
/** Tokens of some identity providers have several thousand characters; servers take headers of about 8 KiB. */
const longestSecret = 6_000;

const trimmed = (typed: string): string => typed.trim();

/** A text of which every character that can be typed is allowed. */
const oneLine = (what: string, normalise = trimmed): z.ZodString =>
  text(
    `Enter the ${what}.`,
    normalise,
    (value) => (/\p{Cc}|\p{Cs}/u.test(value) ? `The ${what} has no line breaks or control characters.` : undefined),
    longestText,
  );

const authentications = ['none', 'basic', 'bearer', 'apiKey', 'query', 'oauth2'] as const;
export type AuthenticationKind = (typeof authentications)[number];

export const Authentication = z.enum(authentications, { error: 'Choose how the receiver knows Junction.' });

export const Url = text('Enter the address of the receiver.', urlFrom, urlProblem);

export const TokenUrl = optional(text('Enter the token URL.', urlFrom, urlProblem));

/** https://www.rfc-editor.org/rfc/rfc7617#section-2 */
export const UserName = optional(
  oneLine('user name').refine((name) => !name.includes(':'), {
    error: 'A user name has no colon: it would end there.',
  }),
);

/** https://www.rfc-editor.org/rfc/rfc9110#section-5.6.2 */
const headerName = /^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/;

/** Headers that Junction, the signature or HTTP itself gives a meaning of their own. */
const takenHeaders =
  /^(?:host|connection|keep-alive|te|trailer|upgrade|expect|transfer-encoding|content-.*|accept.*|cookie|user-agent|idempotency-key|proxy-.*|webhook-.*|junction-.*)$/i;

export const HeaderName = optional(
  text(
    'Enter the name of the header.',
    trimmed,
    (name) => {
      if (!headerName.test(name)) return 'The name of a header is letters, digits and hyphens, such as X-API-Key.';
      return takenHeaders.test(name)
        ? `${name} has a meaning of its own in every delivery. Enter another name.`
        : undefined;
    },
    100,
  ),
);

export const ClientId = optional(oneLine('client ID'));

/** Scopes are separated by blanks. https://www.rfc-editor.org/rfc/rfc6749#section-3.3 */
export const Scope = optional(
  text(
    'Enter a scope.',
    trimmed,
    (scope) =>
      /^[\x20\x21\x23-\x5b\x5d-\x7e]+$/.test(scope) ? undefined : 'A scope has no quotes, backslashes or line breaks.',
    longestText,
  ),
);

export const Audience = optional(oneLine('audience'));

export const Switch = z.boolean({ error: 'Say true or false.' }).default(false);

const usualRows = 1_000;
const mostRows = 10_000;
const rowsProblem = `Enter a number of rows from 1 to ${mostRows.toLocaleString('en')}.`;

/** Forms hold text. */
const numberFrom = (value: unknown): unknown => {
  if (typeof value !== 'string') return value;
  return value.trim() === '' ? undefined : Number(value);
};

export const BatchRows = z
  .preprocess(
    numberFrom,
    z
      .int({ error: rowsProblem })
      .min(1, { error: rowsProblem })
      .max(mostRows, { error: rowsProblem })
      .default(usualRows),
  )
  .default(usualRows);

export const Password = oneLine('password', (typed) => typed);

/** People copy the whole header. */
export const Token = text(
  'Enter the token.',
  (typed) => typed.trim().replace(/^(?:authorization:\s*)?bearer\s+/i, ''),
  (token) =>
    /^[\x21-\x7e]+$/.test(token) ? undefined : 'A token has no blanks or line breaks. Copy it again as one line.',
  longestSecret,
);

export const ApiKey = text(
  'Enter the API key.',
  trimmed,
  (key) => (/^[\x20-\x7e]+$/.test(key) ? undefined : 'An API key is one line of ASCII characters.'),
  longestSecret,
);

/** What follows the "?" of an address. */
export const Query = text(
  'Enter what follows the "?" in the address.',
  (typed) => typed.trim().replace(/^.*\?/, ''),
  (query) =>
    /^[^\s#=]+=[\x21\x22\x24-\x7e]+$/.test(query)
      ? undefined
      : 'Enter what follows the "?" in the address, such as sig=….',
  longestSecret,
);

export const ClientSecret = oneLine('client secret');

export const SigningSecret = text(
  'Enter the signing secret.',
  (typed) => signingSecretFrom(typed) ?? typed.trim(),
  (secret) =>
    signingSecretFrom(secret) === undefined
      ? 'A signing secret is whsec_ and 24 to 64 random bytes in base64. Make one with: echo "whsec_$(openssl rand -base64 32)"'
      : undefined,
  longestText,
);
