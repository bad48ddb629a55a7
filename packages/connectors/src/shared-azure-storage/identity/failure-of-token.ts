import type { FindingCode } from '../findings/findings.ts';
import type { AuthorityLine } from './authority-line.ts';
import { TokenFailure } from './token-failure.ts';

/**
 * What Entra's codes mean here. All others are told by their number.
 * https://learn.microsoft.com/entra/identity-platform/reference-error-codes
 */
const findingsByCode: Readonly<Record<string, FindingCode>> = {
  AADSTS90002: 'tenantUnknown',
  AADSTS900021: 'tenantUnknown',
  AADSTS900023: 'tenantUnknown',
  AADSTS50059: 'tenantUnknown',
  AADSTS700016: 'clientUnknown',
  AADSTS7000229: 'clientUnknown',
  AADSTS7000215: 'clientSecretWrong',
  AADSTS7000222: 'clientSecretExpired',
  AADSTS700027: 'clientCertificateNotRegistered',
  AADSTS700024: 'clientClockSkew',
  AADSTS7000112: 'clientDisabled',
  AADSTS7000113: 'clientDisabled',
  AADSTS700021: 'federatedCredentialMissing',
  AADSTS70021: 'federatedCredentialMissing',
  AADSTS700211: 'federatedCredentialMissing',
  AADSTS700212: 'federatedCredentialMissing',
  AADSTS700213: 'federatedCredentialMissing',
  AADSTS700238: 'federatedCredentialMissing',
  AADSTS90055: 'authorityThrottled',
  AADSTS50196: 'authorityThrottled',
};

/** Policies about where from, and how risky, somebody signs in. */
const isConditionalAccess = (errorCode: string): boolean => /^AADSTS(?:5300\d|5300\d\d|5303\d|50158)$/.test(errorCode);

const findingOfRefusal = (status: number, errorCode: string | undefined, saysExpired: boolean): FindingCode => {
  if (status === 429) return 'authorityThrottled';
  if (status >= 500) return 'authorityError';
  if (errorCode === undefined) return 'authorityNotEntra';
  if (isConditionalAccess(errorCode)) return 'conditionalAccess';
  const finding = findingsByCode[errorCode];
  if (finding === 'clientCertificateNotRegistered' && saysExpired) return 'clientCertificateExpired';
  return finding ?? 'tokenNotGiven';
};

/**
 * Why there is no token, from what came over the line rather than from the SDK's error, which may quote anything. `ending` is the signal
 * with which nobody waits any longer.
 */
export const tokenFailureOf = (line: AuthorityLine, ending: AbortSignal): TokenFailure => {
  const refusal = line.refusal();
  const offsetMs = line.clockOffsetMs();
  const minutes = offsetMs === undefined ? undefined : Math.round(Math.abs(offsetMs) / 60_000);
  if (refusal !== undefined) {
    const { status, errorCode, saysExpired, retryAfterMs } = refusal;
    return new TokenFailure(findingOfRefusal(status, errorCode, saysExpired), {
      errorCode: errorCode ?? String(status),
      retryAfterMs,
      minutes,
    });
  }
  const cause = line.cause() ?? (ending.aborted ? 'noAnswer' : undefined);
  if (cause === 'addressRefused') return new TokenFailure('authorityNotAllowed');
  return cause === undefined
    ? new TokenFailure('authorityNotEntra')
    : new TokenFailure('authorityUnreachable', { errorCode: cause });
};
