import type { Verdict } from '../../check-run.ts';
import { stepDeadlineMs } from '../../connector.ts';
import { type Answer, isDenied, isMissingContainer, isTransient } from '../asking.ts';
import type { AuthenticationKind } from '../authentications.ts';
import type { StorageCheck } from '../check-storage.ts';
import { verdictOfDenial, verdictOfFailure } from '../classify.ts';
import type { Failure } from '../failure.ts';
import { type FindingCode, verdictOf } from '../findings/findings.ts';
import { findRoleElsewhere } from '../identity/role-elsewhere.ts';

/** Kept back of the step's time, so that what is known already is said even when looking for more takes too long. */
const verdictMs = 500;

const acceptedCodes = {
  sharedKey: 'keyAccepted',
  sas: 'sasAccepted',
  servicePrincipalSecret: 'identityAccepted',
  servicePrincipalCertificate: 'identityAccepted',
  serverIdentity: 'identityAccepted',
} as const satisfies Record<AuthenticationKind, FindingCode>;

/** An emulator knows only the accounts it was started with; Azure has no DNS name for others. */
const isMissingAccount = (failure: Failure): boolean =>
  failure.kind === 'answered' &&
  failure.status === 404 &&
  ['ResourceNotFound', 'AccountNotFound'].includes(failure.errorCode);

/** Storage looked at the credential and then at the request: a result, or any error but a denial or a failure of its own. */
const showsAcceptance = (answer: Answer<unknown>): boolean =>
  answer.ok ||
  (answer.failure.kind === 'answered' &&
    !isDenied(answer.failure) &&
    !isTransient(answer.failure) &&
    !isMissingAccount(answer.failure));

/** Answers to HEAD requests have no body; another denial of the same kind says more. */
const mostTelling = (first: Failure, others: readonly Failure[]): Failure => {
  if (first.kind !== 'answered' || first.detail !== '') return first;
  const { errorCode } = first;
  return (
    others.find((other) => other.kind === 'answered' && other.errorCode === errorCode && other.detail !== '') ?? first
  );
};

/**
 * `authenticate`: whether the credential opens files. The request for a path decides, as that is what the connection is for; where it
 * failed for another reason, the other requests can still show that the credential is accepted.
 */
export const judgeSignIn = async (check: StorageCheck, signal: AbortSignal): Promise<Verdict> => {
  const lookEndsAt = performance.now() + stepDeadlineMs - verdictMs;
  const { place, context, http } = check;
  const accepted = () => verdictOf(acceptedCodes[place.authentication], check.facts);
  if (!place.hasCredential) return verdictOf('credentialMissing', check.facts);
  if (place.identity?.problem !== undefined) return verdictOf(place.identity.problem, check.facts);
  const questions = check.questions();
  const path = await questions.path;
  if (showsAcceptance(path)) return accepted();
  const others = (await Promise.all([questions.container, questions.account])).filter((answer) => answer !== undefined);
  const failures = others.flatMap((answer) => (answer.ok ? [] : [answer.failure]));
  if (path.ok || (!isDenied(path.failure) && others.some(showsAcceptance))) return accepted();
  // A HEAD on something in a missing container may be denied instead of not found, where the container's own request says it plainly.
  if (failures.some(isMissingContainer)) return accepted();
  const failure = mostTelling(path.failure, failures);
  const { facts } = check;
  if (isMissingAccount(failure)) return verdictOf('accountNotFound', facts);
  if (failure.kind !== 'answered' || !isDenied(failure)) return verdictOfFailure(failure, facts);
  const verdict = verdictOfDenial(failure, facts, place.sas, { now: context.now(), offsetMs: http.clockOffsetMs() });
  if (verdict.code !== 'roleMissing') return verdict;
  const leftMs = Math.max(0, Math.floor(lookEndsAt - performance.now()));
  const elsewhere = await findRoleElsewhere(check, AbortSignal.any([signal, AbortSignal.timeout(leftMs)]));
  return elsewhere === undefined ? verdict : verdictOf('roleElsewhere', { ...facts, ...elsewhere });
};
