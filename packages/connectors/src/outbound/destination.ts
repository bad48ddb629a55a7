import { defaultPorts, type Scheme, type UrlDestination } from './allowed-hosts.ts';
import type { Refusal } from './refusals.ts';

const invalid = (message: string, remedy: string): { refusal: Refusal } => ({
  refusal: { code: 'urlInvalid', message, remedy },
});

const completeUrl = 'Enter a complete URL such as https://files.contoso.com.';

/** White space, control characters and backslashes: `URL` drops or changes them, so that what is read is not what is written. */
const rewrittenByUrl = /[\s\p{Cc}\p{Cf}\\]/u;

const schemePattern = /^(https?|sftp):/i;

/** `URL` leaves a host as it was typed where it does not know the scheme; all schemes are read as one that it knows. */
const readAs = (scheme: 'http' | 'ftp', text: string): URL => new URL(text.replace(schemePattern, `${scheme}:`));

/** `URL` drops a port that is its scheme's default: what is dropped as the one scheme is there as the other. */
const portOf = (text: string, scheme: Scheme): number =>
  Number(readAs('http', text).port || readAs('ftp', text).port || defaultPorts[scheme]);

const schemeOf = (text: string): Scheme | undefined => schemePattern.exec(text)?.[1]?.toLowerCase() as Scheme;

/**
 * Reads a URL's scheme, host and port. `URL` brings the many spellings of an IPv4 address and of IDN hosts into one form (WHATWG URL §4.5);
 * what it would silently rewrite in another way is refused.
 */
export const readDestination = (text: string): UrlDestination | { refusal: Refusal } => {
  if (rewrittenByUrl.test(text))
    return invalid('The address holds blanks, control characters or backslashes.', completeUrl);
  const scheme = schemeOf(text);
  let url: URL;
  try {
    url = readAs('http', text);
  } catch {
    return invalid('The address is not a URL.', completeUrl);
  }
  if (scheme === undefined) {
    return {
      refusal: {
        code: 'schemeRefused',
        message: `The address begins with ${url.protocol}, and only https is possible.`,
        remedy: 'Begin the address with https://.',
      },
    };
  }
  if (!/^[a-z]+:\/\/[^/]/i.test(text)) return invalid('The address is not a complete URL.', completeUrl);
  if (url.username !== '' || url.password !== '' || /^[^/?#]*:\/\/[^/?#]*@/.test(text)) {
    return invalid('The address holds a user name or password.', 'Leave the part up to "@" out of the address.');
  }
  const host = url.hostname;
  if (host === '' || host.startsWith('.') || host.endsWith('.') || host.includes('..')) {
    return invalid('The host begins or ends with a dot, or has an empty part.', 'Write the host without stray dots.');
  }
  const port = portOf(text, scheme);
  return { scheme, host, port, authority: port === defaultPorts[scheme] ? host : `${host}:${port}` };
};
