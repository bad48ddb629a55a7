import { describeCodes } from '../testing/codes-contract.ts';
import type { Facts, Finding } from './findings/finding.ts';
import { type FindingCode, findings, verdictOf } from './findings/findings.ts';
import { steps } from './manifest.ts';

const placeholders: Facts = {
  host: '‹host›',
  hostName: '‹host›',
  port: 22,
  userName: '‹user›',
  folder: '‹folder›',
  authentication: 'password',
  path: '‹path›',
  fingerprint: '‹fingerprint›',
  keyType: '‹type›',
  pinned: '‹expected fingerprint›',
  what: '‹what›',
  deed: 'write',
  errorCode: '‹code›',
};

const firstStep = ([, { steps: found }]: [string, Finding]): number =>
  found[0] === undefined ? steps.length : steps.findIndex(({ step }) => step === found[0]);

describeCodes(
  new URL('README.md', import.meta.url),
  (Object.entries(findings) as [FindingCode, Finding][])
    .toSorted((one, other) => firstStep(one) - firstStep(other))
    .map(([code, { steps: found }]) => ({ steps: found, ...verdictOf(code, placeholders) })),
  'exporting',
);
