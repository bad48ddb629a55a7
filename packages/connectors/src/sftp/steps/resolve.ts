import type { Verdict } from '../../check-run.ts';
import type { SftpCheck } from '../check-sftp.ts';
import { verdictOf } from '../findings/findings.ts';

/** `resolve`: the host exists, and the outbound guard lets it be reached. */
export const resolveHost = async ({ place, facts, context }: SftpCheck, signal: AbortSignal): Promise<Verdict> => {
  const admission = await context.outbound.admit(place.url, signal);
  if (admission.admitted) return verdictOf('hostFound', facts);
  const { code, message, remedy } = admission.refusal;
  return verdictOf(code, { ...facts, refusal: message, refusalRemedy: remedy });
};
