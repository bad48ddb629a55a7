import type { Verdict } from '../../check-run.ts';
import { StoreError } from '../../connector.ts';
import { isDenied, isMissingContainer } from '../asking.ts';
import { verdictOfDenial, verdictOfFailure } from '../classify.ts';
import type { Failure } from '../failure.ts';
import type { Facts } from '../findings/finding.ts';
import { type FindingCode, verdictOf } from '../findings/findings.ts';
import { inWords, lackingPermissions, type Permission, type Sas } from '../sas.ts';

/** What one request asks for. */
export type StoreRequest = {
  /** Of its own host; `path` is the folder or file. */
  facts: Facts;
  /** What it means when nothing is there. */
  missing: FindingCode;
  /** The permissions of a SAS that it takes. */
  needs: readonly Permission[];
  /** What it means when it is refused although the SAS seems to permit it; about reading or writing when absent. */
  refused?: FindingCode;
};

type Answered = Failure & { kind: 'answered' };

const errorOf = (verdict: Verdict, failure?: Failure): StoreError =>
  new StoreError({
    code: verdict.code,
    message: verdict.message,
    remedy: verdict.remedy?.text,
    isTransient: verdict.isTransient === true,
    retryAfterMs: retryAfterOf(failure),
  });

const retryAfterOf = (failure: Failure | undefined): number | undefined => {
  if (failure?.kind === 'noToken') return failure.about.retryAfterMs;
  return failure?.kind === 'answered' ? failure.retryAfterMs : undefined;
};

/** A failure of the table. */
export const storeError = (code: FindingCode, facts: Facts): StoreError => errorOf(verdictOf(code, facts));

/** What storage says of a file or a folder that cannot be used as it is asked for. */
const codesOfPath: Readonly<Record<string, FindingCode>> = {
  BlobArchived: 'fileArchived',
  BlobBeingRehydrated: 'fileArchived',
  LeaseIdMissing: 'fileLeased',
  LeaseLost: 'fileLeased',
  LeaseNotPresentWithBlobOperation: 'fileLeased',
  LeaseIdMismatchWithBlobOperation: 'fileLeased',
  LeaseIdMismatchWithLeaseOperation: 'fileLeased',
  LeaseAlreadyPresent: 'fileLeased',
  LeaseIsBreakingAndCannotBeAcquired: 'fileLeased',
  PendingCopyOperation: 'pathBusy',
  DestinationPathIsBeingDeleted: 'pathBusy',
  SourcePathIsBeingDeleted: 'pathBusy',
  PathConflict: 'pathConflict',
  ResourceTypeMismatch: 'pathConflict',
  OperationNotSupportedOnDirectory: 'pathConflict',
  InvalidDestinationPath: 'pathConflict',
  InvalidSourceOrDestinationResourceType: 'pathConflict',
  DirectoryNotEmpty: 'pathConflict',
  DirectoryIsNotEmpty: 'pathConflict',
  BlobOperationNotSupported: 'blocksRefused',
  BlobImmutableDueToPolicy: 'containerImmutable',
  BlobImmutableDueToLegalHold: 'containerImmutable',
  PathImmutableDueToPolicy: 'containerImmutable',
  ContainerImmutableDueToPolicy: 'containerImmutable',
  EndpointUnsupportedAccountFeatures: 'accountFeaturesUnsupported',
};

/** What an answer of storage means here; undefined for one that any request may get. */
const codeOf = (failure: Answered, { missing }: StoreRequest): FindingCode | undefined => {
  const { status, errorCode } = failure;
  if (isMissingContainer(failure)) return 'containerMissing';
  const ofPath = codesOfPath[errorCode];
  if (ofPath !== undefined) return ofPath;
  if (status === 412) return 'fileChanged';
  if (status !== 404) return undefined;
  // Azure has no DNS name for an account that is missing; an emulator answers.
  return errorCode === 'ResourceNotFound' || errorCode === 'AccountNotFound' ? 'accountNotFound' : missing;
};

/** The finding of a refusal; what the table of sign-in has no word for is about the path, as access lists are. */
const errorOfDenial = (
  failure: Answered,
  { facts, needs, refused }: StoreRequest,
  sas: Sas | undefined,
  clock: { now: Date; offsetMs: number | undefined },
): StoreError => {
  const isReading = needs.every((permission) => permission === 'read' || permission === 'list');
  const denied = () =>
    storeError(refused ?? (isReading ? 'readRefused' : 'writeRefused'), { ...facts, errorCode: failure.errorCode });
  const verdict = verdictOfDenial(failure, facts, sas, clock);
  switch (verdict.code as FindingCode) {
    case 'unexpected':
      return denied();
    case 'roleMissing':
      if (isReading) return errorOf(verdict);
      return facts.identity === undefined
        ? denied()
        : storeError('roleTooWeak', { ...facts, errorCode: failure.errorCode });
    case 'sasPermissionMissing': {
      const lacking = lackingPermissions(sas, needs);
      if (lacking === '' && refused !== undefined) return denied();
      return storeError('sasPermissionMissing', { ...facts, missing: lacking || inWords(needs) });
    }
    default:
      return errorOf(verdict);
  }
};

/** Why a request brought no result, in the words of the checks. */
export const errorOfFailure = (
  failure: Failure,
  request: StoreRequest,
  sas: Sas | undefined,
  clock: { now: Date; offsetMs: number | undefined },
): StoreError =>
  failure.kind === 'answered' && isDenied(failure)
    ? errorOfDenial(failure, request, sas, clock)
    : errorOf(
        verdictOfFailure(failure, request.facts, (answered) => codeOf(answered, request)),
        failure,
      );
