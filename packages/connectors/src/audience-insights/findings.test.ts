import type { Finding as StorageFinding } from '../shared-azure-storage/findings/finding.ts';
import {
  type FindingCode as StorageCode,
  findings as storageFindings,
  verdictOf as storageVerdictOf,
} from '../shared-azure-storage/findings/findings.ts';
import { placeholdersFor, placeholders as storagePlaceholders } from '../shared-azure-storage/testing/code-table.ts';
import { describeCodes, type FoundCode } from '../testing/codes-contract.ts';
import { type Facts, type Finding, type FindingCode, findings, verdictOf } from './findings.ts';
import { forReading } from './for-reading.ts';
import { audienceInsightsManifest } from './manifest.ts';

const placeholders: Facts = {
  ...storagePlaceholders,
  environmentId: '‹environment›',
  otherId: '‹other environment›',
  model: '‹model›',
  size: '‹n› MB',
  reason: '‹why›',
  recognised: '‹what (column)›',
  unrecognised: '‹what›',
};

/** What only whoever keeps files or makes folders can find. */
const ofWriters = new Set<string>([
  'containerCreated',
  'containerCreationRefused',
  'containerImmutable',
  'folderIsContainer',
  'folderCanBeMade',
  'folderNotTried',
  'folderRefused',
  'roleTooWeak',
]);

/** What reading finds beside what any request may be answered. */
const ofReaders = new Set<string>([
  'fileMissing',
  'fileTooLarge',
  'fileChanged',
  'readRefused',
  'fileArchived',
  'pathBusy',
  'pathConflict',
]);

const readingSteps = ['folder', 'metadata', 'partitions'];

/** Where a code of Azure Storage can be found here; nowhere for those that writing takes. */
const stepsHere = (code: string, { steps, onlyFor }: StorageFinding): string[] => {
  if (onlyFor === 'blob' || ofWriters.has(code) || code in findings) return [];
  if (ofReaders.has(code)) return readingSteps;
  const own: string[] = steps.filter((step) => step !== 'write' && step !== 'folder');
  return steps.some((step) => step === 'folder') ? [...own, ...readingSteps] : own;
};

const ofStorage = (Object.entries(storageFindings) as [StorageCode, StorageFinding][]).map(
  ([code, finding]): FoundCode => {
    const facts = placeholdersFor(code);
    const verdict = forReading(storageVerdictOf(code, facts), facts);
    return {
      ...verdict,
      steps: stepsHere(code, finding),
      message: verdict.message.replaceAll('undefined', '‹n›'),
    };
  },
);

const own = (Object.entries(findings) as [FindingCode, Finding][]).map(([code, { steps }]): FoundCode => {
  const verdict = verdictOf(code, placeholders);
  return { steps, ...verdict, message: verdict.message.replaceAll('undefined', '‹n›') };
});

const order = audienceInsightsManifest.steps.map(({ step }): string => step);

describeCodes(
  new URL('README.md', import.meta.url),
  [...ofStorage.filter(({ steps }) => steps.length > 0), ...own].toSorted(
    (one, other) => order.indexOf(one.steps[0] ?? '') - order.indexOf(other.steps[0] ?? ''),
  ),
  'reading',
);
