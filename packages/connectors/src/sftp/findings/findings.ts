import type { Verdict } from '../../check-run.ts';
import { fileFindings } from './files.ts';
import type { Facts, Finding } from './finding.ts';
import { reachFindings } from './reach.ts';
import { signInFindings } from './sign-in.ts';

/** Everything that checking an SFTP server and exporting to it can find, by its stable code. */
export const findings = { ...reachFindings, ...signInFindings, ...fileFindings };

export type FindingCode = keyof typeof findings;

/** The verdict of a step that found this. */
export const verdictOf = (code: FindingCode, facts: Facts): Verdict => {
  const finding: Finding = findings[code];
  return {
    status: finding.status,
    code,
    message: finding.message(facts),
    remedy: finding.remedy?.(facts),
    field: finding.field?.(facts),
    isTransient: finding.isTransient,
  };
};
