import type { LakeAccount } from '../accounts.ts';
import { type LakeRequest, param } from '../lake-request.ts';
import { storageError } from '../storage-error.ts';
import type { Access } from './access.ts';
import { isInIpRange } from './ip-range.ts';
import { sameSignature, sign } from './shared-key.ts';

/** A stored access policy of a container ("Define a stored access policy"). */
export type StoredPolicy = { permission?: string; start?: string; expiry?: string };

export type PolicyLookup = (container: string, identifier: string) => StoredPolicy | undefined;

type SasRequest = Pick<LakeRequest, 'query' | 'container' | 'path' | 'remoteAddress' | 'receivedAt' | 'isSecure'>;

/** Older versions sign other strings and are long retired; the service refuses nothing newer. */
const OLDEST_VERSION = '2015-04-05';
const VERSION_WITH_RESOURCE = '2018-11-09';
const VERSION_WITH_ENCRYPTION_SCOPE = '2020-12-06';

const refuse = (detail: string) => storageError('AuthenticationFailed', { detail });

const text = (request: SasRequest, name: string): string => param(request, name) ?? '';

const requireVersion = (request: SasRequest): string => {
  const version = text(request, 'sv');
  if (!/^\d{4}-\d{2}-\d{2}$/.test(version)) throw refuse('sv is mandatory and must be a version such as 2022-11-02.');
  if (version < OLDEST_VERSION) throw refuse(`sv ${version} is not supported; sign with ${OLDEST_VERSION} or newer.`);
  return version;
};

const requireTime = (request: SasRequest, start: string | undefined, expiry: string): void => {
  const now = request.receivedAt.getTime();
  const from = start ? Date.parse(start) : Number.NEGATIVE_INFINITY;
  const until = Date.parse(expiry);
  if (Number.isNaN(from)) throw refuse(`st is not a valid time: ${start}`);
  if (Number.isNaN(until)) throw refuse(`se is not a valid time: ${expiry}`);
  if (now < from || now > until) {
    const startText = start ? `Start [${new Date(from).toUTCString()}] - ` : '';
    throw refuse(
      `Signature not valid in the specified time frame: ${startText}Expiry [${new Date(until).toUTCString()}] - Current [${new Date(now).toUTCString()}]`,
    );
  }
};

const requireAddressAndProtocol = (request: SasRequest): void => {
  const range = param(request, 'sip');
  if (range !== undefined && !isInIpRange(request.remoteAddress, range)) {
    throw storageError('AuthorizationSourceIPMismatch', {
      message: `This request is not authorized to perform this operation using this source IP ${request.remoteAddress}.`,
    });
  }
  if (param(request, 'spr') === 'https' && !request.isSecure) throw storageError('AuthorizationProtocolMismatch');
};

const verifyAccountSas = (account: LakeAccount, request: SasRequest): Access => {
  const version = requireVersion(request);
  const fields = ['sp', 'ss', 'srt', 'st', 'se', 'sip', 'spr', 'sv'].map((name) => text(request, name));
  if (version >= VERSION_WITH_ENCRYPTION_SCOPE) fields.push(text(request, 'ses'));
  const toSign = `${[account.name, ...fields].join('\n')}\n`;
  if (!sameSignature(sign(account, toSign), text(request, 'sig'))) {
    throw refuse(`Signature did not match. String to sign used was ${toSign}`);
  }
  const permissions = text(request, 'sp');
  if (permissions === '') throw refuse('sp is mandatory. Cannot be empty');
  requireTime(request, param(request, 'st'), text(request, 'se'));
  requireAddressAndProtocol(request);
  return { kind: 'account-sas', services: text(request, 'ss'), resourceTypes: text(request, 'srt'), permissions };
};

type Scope = { scope: 'container' | 'path' | 'directory'; path: string; names: string[] };

/** The path a service SAS was signed for, derived from the requested path, and the canonical names it may have. */
const scopeOf = (account: LakeAccount, request: SasRequest): Scope => {
  const base = `/blob/${account.name}/${request.container}`;
  switch (text(request, 'sr')) {
    case 'c':
      return { scope: 'container', path: '', names: [base] };
    case 'b':
    case 'bs':
      return { scope: 'path', path: request.path, names: [`${base}/${request.path}`] };
    case 'd': {
      const depth = Number(text(request, 'sdd'));
      if (!/^\d+$/.test(text(request, 'sdd'))) throw refuse('sdd is mandatory for sr=d and must be a whole number.');
      const requested = request.path || text(request, 'directory').replace(/^\/+|\/+$/g, '');
      const segments = requested === '' ? [] : requested.split('/');
      if (!account.hierarchicalNamespace) throw refuse('sr=d needs an account with a hierarchical namespace.');
      if (segments.length < depth) throw refuse(`The requested path is above the signed directory (sdd=${depth}).`);
      const path = segments.slice(0, depth).join('/');
      return { scope: 'directory', path, names: path === '' ? [base, `${base}/`] : [`${base}/${path}`] };
    }
    default:
      throw refuse('sr is mandatory. Cannot be empty');
  }
};

const verifyServiceSas = (account: LakeAccount, request: SasRequest, policyOf: PolicyLookup): Access => {
  const version = requireVersion(request);
  const { scope, path, names } = scopeOf(account, request);
  const tail = ['rscc', 'rscd', 'rsce', 'rscl', 'rsct'].map((name) => text(request, name));
  const resource =
    version >= VERSION_WITH_RESOURCE
      ? [
          text(request, 'sr'),
          text(request, 'snapshot'),
          ...(version >= VERSION_WITH_ENCRYPTION_SCOPE ? [text(request, 'ses')] : []),
        ]
      : [];
  const toSign = names.map((name) =>
    [
      ...['sp', 'st', 'se'].map((field) => text(request, field)),
      name,
      ...['si', 'sip', 'spr', 'sv'].map((field) => text(request, field)),
      ...resource,
      ...tail,
    ].join('\n'),
  );
  if (!toSign.some((candidate) => sameSignature(sign(account, candidate), text(request, 'sig')))) {
    throw refuse(`Signature did not match. String to sign used was ${toSign[0]}`);
  }
  const identifier = param(request, 'si');
  const policy = identifier === undefined ? undefined : policyOf(request.container, identifier);
  if (identifier !== undefined && !policy) throw refuse(`The stored access policy '${identifier}' does not exist.`);
  const permissions = text(request, 'sp') || (policy?.permission ?? '');
  const expiry = text(request, 'se') || (policy?.expiry ?? '');
  if (permissions === '') throw refuse('sp is mandatory. Cannot be empty');
  if (expiry === '') throw refuse('se is mandatory. Cannot be empty');
  requireTime(request, param(request, 'st') ?? policy?.start, expiry);
  requireAddressAndProtocol(request);
  return { kind: 'service-sas', scope, container: request.container, path, permissions };
};

/**
 * Verifies the shared access signature in the query: account SAS ("Create an account SAS") or service SAS for a
 * container, blob or directory ("Create a service SAS"), signed with the account key.
 * @throws StorageError `AuthenticationFailed` with the reason, `AuthorizationSourceIPMismatch` or `AuthorizationProtocolMismatch`.
 */
export const verifySas = (account: LakeAccount, request: SasRequest, policyOf: PolicyLookup): Access => {
  if (request.query.has('skoid')) {
    throw refuse('This emulator gives out no user delegation keys, so it knows no SAS signed with one.');
  }
  const isAccountSas = request.query.has('ss') || request.query.has('srt');
  return isAccountSas ? verifyAccountSas(account, request) : verifyServiceSas(account, request, policyOf);
};
