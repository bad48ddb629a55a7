/** Why nobody answered, in the words of checks. */
export type NetworkCause =
  | 'connectionRefused'
  | 'connectionReset'
  | 'hostUnreachable'
  | 'noAnswer'
  | 'certificateExpired'
  | 'certificateNotTrusted'
  | 'certificateForOtherHost'
  | 'tlsFailed'
  | 'notHttp';

/** Codes of Node's sockets, TLS and HTTP parser. https://nodejs.org/api/errors.html, https://nodejs.org/api/tls.html#x509-certificate-error-codes */
const causes: Readonly<Record<string, NetworkCause>> = {
  ECONNREFUSED: 'connectionRefused',
  ECONNRESET: 'connectionReset',
  EPIPE: 'connectionReset',
  ECONNABORTED: 'connectionReset',
  ERR_STREAM_PREMATURE_CLOSE: 'connectionReset',
  REQUEST_SEND_ERROR: 'connectionReset',
  EHOSTUNREACH: 'hostUnreachable',
  ENETUNREACH: 'hostUnreachable',
  EADDRNOTAVAIL: 'hostUnreachable',
  EACCES: 'hostUnreachable',
  ETIMEDOUT: 'noAnswer',
  ESOCKETTIMEDOUT: 'noAnswer',
  CERT_HAS_EXPIRED: 'certificateExpired',
  CERT_NOT_YET_VALID: 'certificateExpired',
  ERR_TLS_CERT_ALTNAME_INVALID: 'certificateForOtherHost',
  HOSTNAME_MISMATCH: 'certificateForOtherHost',
  DEPTH_ZERO_SELF_SIGNED_CERT: 'certificateNotTrusted',
  SELF_SIGNED_CERT_IN_CHAIN: 'certificateNotTrusted',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'certificateNotTrusted',
  UNABLE_TO_GET_ISSUER_CERT: 'certificateNotTrusted',
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: 'certificateNotTrusted',
  CERT_UNTRUSTED: 'certificateNotTrusted',
  CERT_REVOKED: 'certificateNotTrusted',
  CERT_SIGNATURE_FAILURE: 'certificateNotTrusted',
  INVALID_CA: 'certificateNotTrusted',
  EPROTO: 'tlsFailed',
};

/** The codes of the outbound guard's refusals. */
const refusalCodes = new Set([
  'schemeRefused',
  'hostNotAllowed',
  'addressRefused',
  'nameNotFound',
  'nameLookupFailed',
  'urlInvalid',
]);

const codeOf = (error: unknown): string =>
  typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : '';

/** What an error of a socket, of TLS or of the HTTP parser means; undefined when it is none of these. */
export const networkCauseOf = (error: unknown): NetworkCause | undefined => {
  const code = codeOf(error);
  if (code.startsWith('HPE_')) return 'notHttp';
  if (code.startsWith('ERR_SSL_') || code.startsWith('ERR_TLS_')) return causes[code] ?? 'tlsFailed';
  return causes[code];
};

/** Whether the outbound guard refused a socket; clients wrap its error, but keep the code. */
export const isRefusal = (error: unknown): boolean => refusalCodes.has(codeOf(error));
