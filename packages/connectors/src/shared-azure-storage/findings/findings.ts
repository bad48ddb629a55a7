import type { Verdict } from '../../check-run.ts';
import type { Facts, Finding } from './finding.ts';
import { identityFindings } from './identity.ts';
import { placeFindings } from './place.ts';
import { reachFindings } from './reach.ts';
import { signInFindings } from './sign-in.ts';
import { storeFindings } from './store.ts';

/** Everything that checking Azure Storage, reading from it and exporting to it can find, by its stable code. */
export const findings = {
  ...reachFindings,
  ...signInFindings,
  ...identityFindings,
  ...placeFindings,
  ...storeFindings,
};

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
