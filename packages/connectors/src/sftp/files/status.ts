import { SftpFailure } from '../failure.ts';
import type { Deed } from '../findings/finding.ts';
import type { FindingCode } from '../findings/findings.ts';

/** What a server answers to a request that it does not fulfil, in the words of the protocol's versions 3 to 6. */
export type Status = 'end' | 'missing' | 'denied' | 'exists' | 'full' | 'unsupported' | 'failure' | 'lost';

/** Version 3 has no more than 8 of them; many servers send those of later versions all the same. https://datatracker.ietf.org/doc/html/draft-ietf-secsh-filexfer-13#section-9.1 */
const statuses: Readonly<Record<number, Status>> = {
  1: 'end',
  2: 'missing',
  3: 'denied',
  6: 'lost',
  7: 'lost',
  8: 'unsupported',
  10: 'missing',
  11: 'exists',
  12: 'denied',
  14: 'full',
  15: 'full',
};

const codeOf = (error: unknown): number | undefined => {
  const code = (error as { code?: unknown } | null)?.code;
  return typeof code === 'number' ? code : undefined;
};

/** What the servers say that have no number for it. */
const saysFull = (error: unknown): boolean =>
  error instanceof Error && /no space left|disk (?:is )?full|quota/i.test(error.message);

/** What an error of a request means. One without a number comes from ssh2, when no answer can come any more. */
export const statusOf = (error: unknown): Status => {
  const code = codeOf(error);
  if (code === undefined) return 'lost';
  const status = statuses[code] ?? 'failure';
  return status === 'failure' && saysFull(error) ? 'full' : status;
};

const codes: Readonly<Record<Status, FindingCode>> = {
  end: 'operationFailed',
  missing: 'operationFailed',
  denied: 'permissionDenied',
  exists: 'pathConflict',
  full: 'diskFull',
  unsupported: 'operationUnsupported',
  failure: 'operationFailed',
  lost: 'connectionReset',
};

/** A request that was not fulfilled. `status` decides what is tried next, `failure` is what is said when nothing is. */
export class RequestRefused extends SftpFailure {
  readonly status: Status;
  constructor(error: unknown, about: { deed: Deed; path: string }) {
    const status = statusOf(error);
    super(codes[status], { ...about, errorCode: `SFTP status ${codeOf(error)}` });
    this.status = status;
  }
}

/** Whether a request was refused for one of these reasons. */
export const isRefused = (error: unknown, ...statuses: Status[]): error is RequestRefused =>
  error instanceof RequestRefused && statuses.includes(error.status);
