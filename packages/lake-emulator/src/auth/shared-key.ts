import { createHmac, timingSafeEqual } from 'node:crypto';
import type { LakeAccount } from '../accounts.ts';
import { header, type LakeRequest } from '../lake-request.ts';
import { storageError } from '../storage-error.ts';

/** Azure refuses requests whose date lies further off than this ("Authorize with Shared Key", specifying the Date header). */
const MAX_CLOCK_SKEW_MS = 15 * 60 * 1000;

/** base64 of HMAC-SHA256 over the text, keyed with the decoded account key. */
export const sign = (account: LakeAccount, text: string): string =>
  createHmac('sha256', Buffer.from(account.key, 'base64')).update(text, 'utf8').digest('base64');

/** Compares two signatures without telling how far they agree. */
export const sameSignature = (expected: string, given: string): boolean => {
  const a = Buffer.from(expected);
  const b = Buffer.from(given);
  return a.length === b.length && timingSafeEqual(a, b);
};

const ordinal = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** .NET's culture order, which the service and some SDKs sort by: hyphens count only when all else is equal. */
const cultural = (a: string, b: string): number =>
  ordinal(a.replaceAll('-', ''), b.replaceAll('-', '')) || ordinal(b, a);

const canonicalHeaders = (request: LakeRequest, order: (a: string, b: string) => number): string =>
  Object.keys(request.headers)
    .filter((name) => name.startsWith('x-ms-'))
    .sort(order)
    .map(
      (name) =>
        `${name}:${String(request.headers[name] ?? '')
          .trim()
          .replace(/\s*\r?\n\s*/g, ' ')}\n`,
    )
    .join('');

const canonicalResource = (account: LakeAccount, request: LakeRequest): string => {
  const parameters = [...request.query.keys()]
    .sort(ordinal)
    .map((name) => `\n${name}:${[...(request.query.get(name) ?? [])].sort(ordinal).join(',')}`);
  return `/${account.name}${request.rawPath}${parameters.join('')}`;
};

const canonicalResourceLite = (account: LakeAccount, request: LakeRequest): string => {
  const comp = request.query.get('comp')?.[0];
  return `/${account.name}${request.rawPath}${comp === undefined ? '' : `?comp=${comp}`}`;
};

const STANDARD_HEADERS = [
  'content-encoding',
  'content-language',
  'content-length',
  'content-md5',
  'content-type',
  'date',
  'if-modified-since',
  'if-match',
  'if-none-match',
  'if-unmodified-since',
  'range',
];

const fullString = (account: LakeAccount, request: LakeRequest, order: (a: string, b: string) => number): string => {
  const standard = STANDARD_HEADERS.map((name) => {
    const value = header(request, name) ?? '';
    if (name === 'content-length' && value === '0') return '';
    if (name === 'date' && header(request, 'x-ms-date') !== undefined) return '';
    return value;
  });
  return `${[request.method, ...standard].join('\n')}\n${canonicalHeaders(request, order)}${canonicalResource(account, request)}`;
};

const liteString = (account: LakeAccount, request: LakeRequest, order: (a: string, b: string) => number): string => {
  const date = header(request, 'x-ms-date') === undefined ? (header(request, 'date') ?? '') : '';
  const standard = [header(request, 'content-md5') ?? '', header(request, 'content-type') ?? '', date];
  return `${[request.method, ...standard].join('\n')}\n${canonicalHeaders(request, order)}${canonicalResourceLite(account, request)}`;
};

const requireFreshDate = (request: LakeRequest): void => {
  const date = header(request, 'x-ms-date') ?? header(request, 'date');
  if (date === undefined) throw storageError('AuthenticationFailed', { detail: 'Request date header not specified' });
  const time = Date.parse(date);
  if (Number.isNaN(time))
    throw storageError('AuthenticationFailed', { detail: `Request date header not valid: '${date}'` });
  const age = request.receivedAt.getTime() - time;
  if (Math.abs(age) > MAX_CLOCK_SKEW_MS) {
    const direction = age > 0 ? 'old' : 'new';
    throw storageError('AuthenticationFailed', { detail: `Request date header too ${direction}: '${date}'` });
  }
};

/**
 * Verifies `Authorization: SharedKey account:signature` (or SharedKeyLite) as "Authorize with Shared Key" describes.
 * @throws StorageError `AuthenticationFailed` (wrong signature, missing or skewed date), `InvalidAuthenticationInfo` (malformed).
 */
export const verifySharedKey = (account: LakeAccount, request: LakeRequest, authorization: string): void => {
  const match = /^(SharedKey|SharedKeyLite) ([^:]+):(.+)$/.exec(authorization);
  if (!match) throw storageError('InvalidAuthenticationInfo', { message: 'Authentication scheme is not supported.' });
  const [, scheme, name, given = ''] = match;
  requireFreshDate(request);
  const build = scheme === 'SharedKey' ? fullString : liteString;
  const candidates = [cultural, ordinal].map((order) => build(account, request, order));
  if (name === account.name && candidates.some((text) => sameSignature(sign(account, text), given))) return;
  throw storageError('AuthenticationFailed', {
    detail: `The MAC signature found in the HTTP request '${given}' is not the same as any computed signature. Server used following string to sign: '${candidates[0]}'.`,
  });
};
