import type { Verdict } from '../../check-run.ts';
import { StoreError } from '../../connector.ts';
import { isDenied, isMissingContainer } from '../asking.ts';
import { verdictOfDenial, verdictOfFailure } from '../classify.ts';
import type { Failure } from '../failure.ts';
import type { Facts } from '../findings/finding.ts';
import { type FindingCode, verdictOf } from '../findings/findings.ts';
import type { Sas } from '../sas.ts';

/** What one request asks for. */
export type SourceRequest = {
  /** Of its own host; `path` is the folder or file. */
  facts: Facts;
  /** What it means when nothing is there. */
  missing: 'folderMissing' | 'fileMissing';
  /** The permission of a SAS that it takes. */
  permission: 'list' | 'read';
};

type Answered = Failure & { kind: 'answered' };

const errorOf = (verdict: Verdict): StoreError =>
  new StoreError({
    code: verdict.code,
    message: verdict.message,
    remedy: verdict.remedy?.text,
    isTransient: verdict.isTransient === true,
  });

/** A failure of the table. */
export const sourceError = (code: FindingCode, facts: Facts): StoreError => errorOf(verdictOf(code, facts));

/** What an answer of storage means here; undefined for one that any request may get. */
const codeOf = (failure: Answered, { missing }: SourceRequest): FindingCode | undefined => {
  const { status, errorCode } = failure;
  if (isMissingContainer(failure)) return 'containerMissing';
  if (status === 412) return 'fileChanged';
  if (status !== 404) return undefined;
  // Azure has no DNS name for an account that is missing; an emulator answers.
  return errorCode === 'ResourceNotFound' || errorCode === 'AccountNotFound' ? 'accountNotFound' : missing;
};

/** The finding of a refusal; what the table of sign-in has no word for is about the path, as access lists are. */
const errorOfDenial = (
  failure: Answered,
  { facts, permission }: SourceRequest,
  sas: Sas | undefined,
  clock: { now: Date; offsetMs: number | undefined },
): StoreError => {
  const verdict = verdictOfDenial(failure, facts, sas, clock);
  if (verdict.code === 'unexpected') return sourceError('readRefused', { ...facts, errorCode: failure.errorCode });
  return verdict.code === 'sasPermissionMissing'
    ? sourceError('sasPermissionMissing', { ...facts, missing: permission })
    : errorOf(verdict);
};

/** Why a request brought no result, in the words of the checks. */
export const errorOfFailure = (
  failure: Failure,
  request: SourceRequest,
  sas: Sas | undefined,
  clock: { now: Date; offsetMs: number | undefined },
): StoreError =>
  failure.kind === 'answered' && isDenied(failure)
    ? errorOfDenial(failure, request, sas, clock)
    : errorOf(verdictOfFailure(failure, request.facts, (answered) => codeOf(answered, request)));
