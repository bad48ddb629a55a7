import { optional, text } from '../../shared-fields/text-field.ts';
import { isAccountKey } from '../account-key.ts';
import { isMask, maskProblem } from '../mask.ts';
import { isSas } from '../sas.ts';
import { isRsaKey, pemFrom, pemParts } from './pem.ts';

const guid = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** People copy IDs with braces or capitals. */
const idFrom = (typed: string): string =>
  typed
    .trim()
    .replace(/^\{(.*)\}$/, '$1')
    .toLowerCase();

/** A domain name of at least two labels. */
const domain = /^(?=.{4,253}$)(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]*[a-z]$/;

/** A directory's ID, or one of its verified domains. `common` and `organizations` name no tenant, so no application can sign in there. */
export const TenantId = optional(
  text('Enter the tenant.', idFrom, (tenant) =>
    guid.test(tenant) || domain.test(tenant)
      ? undefined
      : 'Enter the Directory (tenant) ID, such as 01234567-89ab-cdef-0123-456789abcdef, or a domain such as contoso.onmicrosoft.com.',
  ),
);

export const ClientId = optional(
  text('Enter the client ID.', idFrom, (id) =>
    guid.test(id)
      ? undefined
      : 'Enter the Application (client) ID of the app registration, such as 01234567-89ab-cdef-0123-456789abcdef.',
  ),
);

const originOf = (typed: string): string => {
  const url = URL.parse(typed.trim());
  return url === null || !/^https?:$/.test(url.protocol) ? typed.trim() : url.origin;
};

export const Authority = optional(
  text('Enter the authority.', originOf, (origin, typed) => {
    const url = URL.parse(typed.trim());
    if (url === null || url.protocol !== 'https:' || url.host === '')
      return 'Enter an address that begins with https://, such as https://login.microsoftonline.com.';
    if (url.username !== '' || url.password !== '') return 'Leave the user name and password out of the authority.';
    if (url.pathname !== '/' || url.search !== '' || url.hash !== '')
      return 'Enter the scheme and the host alone; the tenant has a field of its own.';
    return origin === url.origin ? undefined : 'Enter a complete address.';
  }),
);

/** The day alone, of a date or a point in time as the Azure CLI prints it. */
const dayFrom = (typed: string): string => typed.trim().replace(/^(\d{4}-\d{2}-\d{2})[T ].*$/, '$1');

const isDay = (day: string): boolean =>
  /^\d{4}-\d{2}-\d{2}$/.test(day) &&
  !Number.isNaN(Date.parse(day)) &&
  new Date(day).toISOString().slice(0, 'yyyy-mm-dd'.length) === day;

export const ExpiresOn = optional(
  text('Enter a date.', dayFrom, (day) =>
    isDay(day) ? undefined : 'Enter the day as year-month-day, such as 2027-06-30.',
  ),
);

const clientSecretProblem = (secret: string): string | undefined => {
  if (isMask(secret)) return maskProblem;
  if (guid.test(secret.toLowerCase()))
    return 'That is the ID of a secret. Paste its value, which the Azure portal shows only when the secret is made; make a new one if it is lost.';
  if (isAccountKey(secret))
    return 'That looks like an account key. Choose the account key under Authentication, or paste the client secret.';
  if (isSas(secret))
    return 'That looks like a SAS token. Choose SAS token under Authentication, or paste the client secret.';
  if (secret.includes('-----BEGIN'))
    return 'That looks like a certificate. Choose the certificate under Authentication, or paste the client secret.';
  return /^[\x21-\x7e]+$/.test(secret)
    ? undefined
    : 'A client secret has no blanks or line breaks. Copy its value again as one line.';
};

export const ClientSecret = text('Enter the client secret.', (typed) => typed.trim(), clientSecretProblem);

/** A key of 8,192 bits and a chain of certificates. */
const certificateMaxChars = 40_000;

const convert = 'openssl pkcs12 -in certificate.pfx -out certificate.pem -nodes';

/** The number 3 in DER, which is the version of every PKCS#12 file. https://www.rfc-editor.org/rfc/rfc7292#section-4 */
const versionThree = '\x02\x01\x03';

/** Enough to hold the length of the file and its version. */
const beginningChars = 12;

/** Whether a text is a PKCS#12 file in base64, as people make it who know that a form takes no files. */
const looksLikePkcs12 = (typed: string): boolean => {
  try {
    const beginning = atob(typed.replace(/\s+/g, '').slice(0, beginningChars));
    return beginning.startsWith('0') && beginning.includes(versionThree);
  } catch {
    return false;
  }
};

const certificateProblem = (pem: string, typed: string): string | undefined => {
  if (isMask(typed.trim())) return maskProblem;
  if (looksLikePkcs12(typed)) return `That is a PKCS#12 file. Convert it with: ${convert}`;
  const parts = pemParts(pem);
  if (parts.length === 0)
    return `Paste the whole PEM text: private key and certificate, each from -----BEGIN to -----END. A PKCS#12 file (.pfx, .p12) is converted with: ${convert}`;
  const keys = parts.filter(({ label }) => label.endsWith('PRIVATE KEY'));
  const [key] = keys;
  if (key === undefined) return 'The private key is missing. Paste it and the certificate, one below the other.';
  if (keys.length > 1) return 'There is more than one private key. Paste the one of the certificate.';
  if (key.label === 'ENCRYPTED PRIVATE KEY' || /^Proc-Type:.*ENCRYPTED/m.test(key.body))
    return 'The private key is protected with a passphrase. Take it off with: openssl pkey -in key.pem -out key-without-passphrase.pem';
  if (!parts.some(({ label }) => label === 'CERTIFICATE'))
    return 'The certificate is missing. Paste it and the private key, one below the other.';
  return isRsaKey(key)
    ? undefined
    : 'Entra takes RSA keys only. Make a certificate with an RSA key of 2,048 bits or more.';
};

export const Certificate = text(
  'Enter the certificate with its private key.',
  pemFrom,
  certificateProblem,
  certificateMaxChars,
);
