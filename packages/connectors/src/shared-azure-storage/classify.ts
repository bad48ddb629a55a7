import type { Verdict } from '../check-run.ts';
import type { Failure } from './failure.ts';
import type { Facts } from './findings/finding.ts';
import { type FindingCode, verdictOf } from './findings/findings.ts';
import type { TokenFailureAbout } from './identity/token-failure.ts';
import type { Sas } from './sas.ts';

/** Storage refuses a request whose date is further from its own clock. https://learn.microsoft.com/rest/api/storageservices/authorize-with-shared-key#specifying-the-date-header */
const allowedSkewMs = 15 * 60 * 1000;

const beingDeleted = ['ContainerBeingDeleted', 'FilesystemBeingDeleted'];
const throttling = ['ServerBusy', 'OperationTimedOut', 'TooManyRequests', 'AccountBeingCreated'];

/** The code for what can happen to any request; undefined when storage answered with something that only the step can judge. */
const generalCode = (failure: Failure): FindingCode | undefined => {
  if (failure.kind === 'network') return failure.cause;
  if (failure.kind === 'refused') return 'addressChanged';
  if (failure.kind === 'noToken') return failure.finding;
  if (failure.kind !== 'answered')
    return failure.kind === 'unknown' || failure.kind === 'cancelled' ? 'unexpected' : failure.kind;
  if (failure.status === 429 || failure.errorCode === 'ServerBusy' || failure.status === 503) return 'throttled';
  if (failure.status === 507) return 'accountFull';
  if (throttling.includes(failure.errorCode) || failure.status >= 500) return 'serverError';
  if (beingDeleted.includes(failure.errorCode)) return 'containerBeingDeleted';
  return undefined;
};

const secondsOf = (ms: number | undefined): number | undefined =>
  ms === undefined ? undefined : Math.ceil(ms / 1_000);

const withToken = (facts: Facts, { retryAfterMs, ...about }: TokenFailureAbout): Facts => ({
  ...facts,
  ...about,
  retryAfterSeconds: secondsOf(retryAfterMs),
});

/** Adds to the facts what an answer says about itself. */
const withAnswer = (facts: Facts, failure: Failure): Facts => {
  if (failure.kind === 'refused') return { ...facts, refusal: failure.message };
  if (failure.kind === 'notStorage' || failure.kind === 'redirected') return { ...facts, status: failure.status };
  if (failure.kind === 'noToken') return withToken(facts, failure.about);
  if (failure.kind !== 'answered') return facts;
  const { status, errorCode, retryAfterMs } = failure;
  return {
    ...facts,
    status,
    errorCode: errorCode === '' ? String(status) : errorCode,
    retryAfterSeconds: secondsOf(retryAfterMs),
  };
};

/** The verdict for a failed request of a step; `own` names what the step itself makes of a refusal, before the general codes are tried. */
export const verdictOfFailure = (
  failure: Failure,
  facts: Facts,
  own: (failure: Failure & { kind: 'answered' }) => FindingCode | undefined = () => undefined,
): Verdict => {
  const code = generalCode(failure) ?? (failure.kind === 'answered' ? own(failure) : undefined) ?? 'unexpected';
  return verdictOf(code, withAnswer(facts, failure));
};

const resourceTypeWords: Readonly<Record<string, string>> = { s: 'the service', c: 'containers', o: 'files' };

/** What an account SAS does not reach, in words. */
const missingResourceTypes = (sas: Sas | undefined): string =>
  ['c', 'o']
    .filter((type) => !(sas?.resourceTypes ?? '').includes(type))
    .map((type) => resourceTypeWords[type])
    .join(' and ') || 'files';

const isSasTimeProblem = (detail: string): boolean => /time frame|not valid in the specified time/i.test(detail);

/** Why `AuthenticationFailed` came for a SAS: the service's detail first, then what the token says of itself. */
const sasRejected = (sas: Sas, detail: string, serviceNow: Date): { code: FindingCode; when?: string } => {
  const { startsAt, expiresAt } = sas;
  const isExpired = expiresAt !== undefined && expiresAt <= serviceNow;
  const isEarly = startsAt !== undefined && startsAt > serviceNow;
  const isAboutSignature = /signature did not match|string to sign/i.test(detail);
  if (isAboutSignature && !isSasTimeProblem(detail)) return { code: 'sasSignatureWrong' };
  if (isExpired) return { code: 'sasExpired', when: expiresAt.toISOString() };
  if (isEarly) return { code: 'sasNotYetValid', when: startsAt.toISOString() };
  if (isSasTimeProblem(detail)) return { code: 'sasExpired' };
  if (/access policy|identifier/i.test(detail) && sas.policy !== undefined) return { code: 'sasPolicyNotFound' };
  return { code: 'sasSignatureWrong' };
};

/** An emulator (Azurite) answers a wrong signature with the code that Azure has for its firewall; the text tells them apart. */
const isSignatureRefusal = ({ errorCode, detail }: Failure & { kind: 'answered' }): boolean =>
  errorCode === 'AuthenticationFailed' ||
  (errorCode === 'AuthorizationFailure' && /including the signature/i.test(detail));

/** What only a SAS token can lack; under an account key the answer means something else, and its words must not be about a token. */
const codesOfSas: Readonly<Record<string, FindingCode>> = {
  AuthorizationServiceMismatch: 'sasServiceMissing',
  AuthorizationResourceTypeMismatch: 'sasResourceTypeMissing',
  AuthorizationSourceIPMismatch: 'sasAddressRefused',
  AuthorizationProtocolMismatch: 'sasProtocolRefused',
  AuthorizationPermissionMismatch: 'sasPermissionMissing',
};

const codesOfDenial: Readonly<Record<string, FindingCode>> = {
  KeyBasedAuthenticationNotPermitted: 'sharedKeyDisabled',
  AccountIsDisabled: 'accountDisabled',
  NoAuthenticationInformation: 'anonymousRefused',
  InvalidAuthenticationInfo: 'anonymousRefused',
  PublicAccessNotPermitted: 'anonymousRefused',
  AuthorizationFailure: 'firewallBlocked',
};

const codeOfDenial = (errorCode: string, sas: Sas | undefined): FindingCode => {
  const lacking = codesOfSas[errorCode];
  if (lacking !== undefined) return sas === undefined ? 'accountKeyRefused' : lacking;
  return codesOfDenial[errorCode] ?? 'unexpected';
};

/** What a refusal means where an identity asked: storage took its token, or did not. https://learn.microsoft.com/rest/api/storageservices/common-rest-api-error-codes */
const codeOfIdentityDenial = ({ status, errorCode }: Failure & { kind: 'answered' }): FindingCode => {
  if (errorCode === 'AuthorizationPermissionMismatch') return 'roleMissing';
  if (errorCode === 'AccountIsDisabled') return 'accountDisabled';
  if (errorCode === 'AuthorizationFailure') return 'firewallBlocked';
  return status === 401 || tokenCodes.includes(errorCode) ? 'tokenRefused' : 'unexpected';
};

const tokenCodes = ['InvalidAuthenticationInfo', 'NoAuthenticationInformation', 'AuthenticationFailed'];

/** Why a credential was not accepted. `clockOffsetMs` is how far the service's clock is ahead. */
export const verdictOfDenial = (
  failure: Failure & { kind: 'answered' },
  facts: Facts,
  sas: Sas | undefined,
  clock: { now: Date; offsetMs: number | undefined },
): Verdict => {
  const known = withAnswer(facts, failure);
  if (facts.identity !== undefined) return verdictOf(codeOfIdentityDenial(failure), known);
  const offsetMs = clock.offsetMs ?? 0;
  if (isSignatureRefusal(failure)) {
    if (sas !== undefined) {
      const { code, when } = sasRejected(sas, failure.detail, new Date(clock.now.getTime() + offsetMs));
      return verdictOf(code, { ...known, when });
    }
    return Math.abs(offsetMs) > allowedSkewMs || /date header too old/i.test(failure.detail)
      ? verdictOf('clockSkew', { ...known, minutes: Math.round(Math.abs(offsetMs) / 60_000) })
      : verdictOf('accountKeyWrong', known);
  }
  const code = codeOfDenial(failure.errorCode, sas);
  if (code === 'sasPermissionMissing' && sas?.kind === 'userDelegation' && (sas.permissions ?? '').includes('r')) {
    return verdictOf('roleMissing', known);
  }
  return verdictOf(code, { ...known, missing: code === 'sasResourceTypeMissing' ? missingResourceTypes(sas) : 'read' });
};
