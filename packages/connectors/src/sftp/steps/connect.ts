import type { Verdict } from '../../check-run.ts';
import { stepDeadlineMs } from '../../connector.ts';
import type { SftpCheck } from '../check-sftp.ts';
import { connectSsh } from '../connect.ts';
import { SftpFailure, verdictOfFailure } from '../failure.ts';
import { verdictOf } from '../findings/findings.ts';
import { unlessAborted } from '../unless-aborted.ts';

/** A little less than a step has, so that what has come by then tells a host that is silent from one that is not SSH. */
const answerMs = stepDeadlineMs - 1_000;

/** Guards refuse at `connect` only what they let pass a moment ago. */
const asChange = (error: unknown): unknown =>
  error instanceof SftpFailure && error.about.refusal !== undefined
    ? new SftpFailure('addressChanged', error.about)
    : error;

/** `connect`: something listens at the port, and it speaks SSH. */
export const connect = async (check: SftpCheck, signal: AbortSignal): Promise<Verdict> => {
  const { place, facts, context } = check;
  const timeout = AbortSignal.timeout(answerMs);
  const ending = AbortSignal.any([signal, timeout]);
  try {
    const connection = await connectSsh(context.outbound, place, ending);
    check.connection = connection;
    signal.throwIfAborted();
    check.hostKey = await unlessAborted(ending, connection.hostKey());
    return verdictOf('connected', facts);
  } catch (error) {
    if (!timeout.aborted || error !== timeout.reason) return verdictOfFailure(asChange(error), facts);
    return verdictOf(check.connection?.speaksOtherwise() === true ? 'notSsh' : 'noAnswer', facts);
  }
};
