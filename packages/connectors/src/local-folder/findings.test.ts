import { describeCodes } from '../testing/codes-contract.ts';
import { type Facts, type Finding, type FindingCode, findings, verdictOf } from './findings.ts';

const placeholders: Facts = { folder: '‹folder›', path: '‹path›', errorCode: '‹system code›', free: '‹n› GB' };

describeCodes(
  new URL('README.md', import.meta.url),
  (Object.entries(findings) as [FindingCode, Finding][]).map(([code, { steps }]) => ({
    steps,
    ...verdictOf(code, placeholders),
  })),
  'reading and writing',
);
