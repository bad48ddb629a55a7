import type { CheckStep, Remedy } from '@junction/contracts';
import type { Verdict } from '../check-run.ts';
import type { Facts as StorageFacts } from '../shared-azure-storage/findings/finding.ts';
import type { AudienceInsightsStep } from './manifest.ts';

/** What findings put into their sentences. Nothing secret is ever a fact. */
export type Facts = StorageFacts & {
  environmentId: string;
  /** Another environment's. */
  otherId?: string;
  /** Names the metadata file of the customers. */
  model?: string;
  /** How many things there are, and how many of them are meant. */
  count?: number;
  some?: number;
  /** The sum of sizes in words. */
  size?: string;
  /** Why something cannot be read, as a sentence. */
  reason?: string;
  /** Traits with their columns, and traits without one. */
  recognised?: string;
  unrecognised?: string;
  days?: number;
};

/** One thing that the check can find besides what every check of Azure Storage can: a row of the table in the README. */
export type Finding = {
  steps: readonly AudienceInsightsStep[];
  status: CheckStep['status'];
  message: (facts: Facts) => string;
  remedy?: (facts: Facts) => Remedy;
  /** Of what passed: the message is worth showing. */
  isTelling?: true;
  /** The form's field to correct. */
  field?: string;
};

/** Data that is older than this is worth a word. */
export const staleAfterDays = 7;

const findingTable = <const Code extends string>(table: Record<Code, Finding>): Record<Code, Finding> => table;

const advice = (text: string) => (): Remedy => ({ text });

/** What to do about a folder that is not there. */
export const compareFolder =
  'Compare the folder name with the names in the container; capitals count. It usually is ci_ and the environment ID.';

const folderField = 'settings.environmentFolder';

/** What the check finds itself, by its stable code; where another connector has the code too, it means the same. */
export const findings = findingTable({
  keyAccepted: {
    steps: ['authenticate'],
    status: 'passed',
    isTelling: true,
    message: ({ account }) =>
      `The key of ${account} is accepted. It could also write and delete; Junction only reads with it, for which a SAS token with read and list is enough.`,
  },
  sasAccepted: {
    steps: ['authenticate'],
    status: 'passed',
    message: () => 'The SAS token is accepted.',
  },
  sasCanWrite: {
    steps: ['authenticate'],
    status: 'passed',
    isTelling: true,
    message: () =>
      'The SAS token is accepted. It could also write or delete; Junction only reads with it, for which read and list are enough.',
  },
  folderFound: { steps: ['folder'], status: 'passed', message: ({ folder }) => `The folder ${folder} exists.` },
  folderMissing: {
    steps: ['folder', 'metadata'],
    status: 'failed',
    field: folderField,
    message: ({ container, folder }) => `There is no folder "${folder}" in ${container}.`,
    remedy: advice(compareFolder),
  },
  folderIsFile: {
    steps: ['folder'],
    status: 'failed',
    field: folderField,
    message: ({ folder }) => `${folder} is a file, not a folder.`,
    remedy: advice('Enter the folder that audience insights wrote to.'),
  },
  metadataRead: {
    steps: ['metadata'],
    status: 'passed',
    message: ({ count, some }) => `The metadata describes ${counted(some, 'entity', 'entities')} in ${files(count)}.`,
  },
  metadataReadInPart: {
    steps: ['metadata'],
    status: 'passed',
    isTelling: true,
    message: ({ count, some, reason }) =>
      `The metadata describes ${counted(some, 'entity', 'entities')} in ${files(count)}, but not all of it can be read: ${reason}`,
  },
  metadataMissing: {
    steps: ['metadata'],
    status: 'failed',
    field: folderField,
    message: ({ reason }) => reason ?? 'There is no model.json.',
    remedy: advice(
      'Enter the folder of the environment itself. If it is right, audience insights has not written to it: look at its last refresh.',
    ),
  },
  metadataUnreadable: {
    steps: ['metadata'],
    status: 'failed',
    message: ({ path, reason }) => `The metadata cannot be read: ${path}: ${reason}`,
    remedy: advice('Have the environment refreshed, so that it writes its metadata again, or restore the file.'),
  },
  environmentMatches: {
    steps: ['environment'],
    status: 'passed',
    message: ({ environmentId }) => `The folder belongs to the environment ${environmentId}.`,
  },
  environmentMismatch: {
    steps: ['environment'],
    status: 'failed',
    field: 'settings.environmentId',
    message: ({ environmentId, otherId }) =>
      `The folder is named after the environment ${otherId}, not after ${environmentId}.`,
    remedy: advice('Correct the environment ID or the folder name, so that both are of one environment.'),
  },
  metadataOfOtherEnvironment: {
    steps: ['environment'],
    status: 'failed',
    field: 'settings.environmentId',
    message: ({ environmentId, otherId }) =>
      `The metadata names the environment ${otherId}, and nowhere ${environmentId}.`,
    remedy: advice('Correct the environment ID or the folder name, so that both are of one environment.'),
  },
  environmentUnknown: {
    steps: ['environment'],
    status: 'skipped',
    message: () => 'Neither the folder name nor the metadata says which environment this is.',
  },
  customerFound: {
    steps: ['customerEntity'],
    status: 'passed',
    isTelling: true,
    message: ({ model, recognised }) => `The customers are described in ${model}. Recognised: ${recognised}.`,
  },
  customerFoundInPart: {
    steps: ['customerEntity'],
    status: 'passed',
    isTelling: true,
    message: ({ model, recognised, unrecognised }) =>
      `The customers are described in ${model}. Recognised: ${recognised}. No column for ${unrecognised}.`,
  },
  customerColumnsUnknown: {
    steps: ['customerEntity'],
    status: 'skipped',
    message: ({ model, unrecognised }) =>
      `The customers are described in ${model}, but no column is recognised as ${unrecognised}. They can be exported all the same.`,
  },
  customerMissing: {
    steps: ['customerEntity'],
    status: 'failed',
    field: folderField,
    message: ({ count }) => `None of the ${count} entities is called Customer.`,
    remedy: advice(
      'Look whether the environment has unified its data; only then it writes customers. Else enter the folder of another environment.',
    ),
  },
  customerUnreadable: {
    steps: ['customerEntity'],
    status: 'failed',
    message: ({ model, reason }) => `The customers are described in ${model}, but cannot be read: ${reason}`,
    remedy: advice('Have the environment refreshed, so that it writes its metadata again.'),
  },
  partitionsReadable: {
    steps: ['partitions'],
    status: 'passed',
    isTelling: true,
    message: ({ count, size, some }) =>
      `The customers’ ${files(count)} ${count === 1 ? 'is' : 'are'} there, ${size} together; the beginning of ${some} could be read.`,
  },
  partitionsNone: {
    steps: ['partitions'],
    status: 'failed',
    message: () => 'The metadata names no file with customers.',
    remedy: advice('Have the environment refreshed; without customers there is nothing to read.'),
  },
  partitionsMissing: {
    steps: ['partitions'],
    status: 'failed',
    message: ({ count, some, path, reason }) =>
      `${some} of the customers’ ${files(count)} cannot be read, the first being "${path}": ${reason}`,
    remedy: advice('Have the environment refreshed, or restore the files that the metadata names.'),
  },
  dataFresh: {
    steps: ['freshness'],
    status: 'passed',
    isTelling: true,
    message: ({ when }) => `The customers were last written on ${when}.`,
  },
  dataStale: {
    steps: ['freshness'],
    status: 'skipped',
    message: ({ when, days }) =>
      `The customers were last written on ${when}, ${days} days ago; data counts as fresh for ${staleAfterDays}. They can be read all the same.`,
  },
  ageUnknown: {
    steps: ['freshness'],
    status: 'skipped',
    message: () => 'Neither the metadata nor the storage says when the customers were written.',
  },
});

const counted = (count: number | undefined, one: string, many: string): string =>
  `${count} ${count === 1 ? one : many}`;

const files = (count: number | undefined): string => counted(count, 'file', 'files');

export type FindingCode = keyof typeof findings;

/** The verdict of a step that found this. */
export const verdictOf = (code: FindingCode, facts: Facts): Verdict => {
  const { status, message, remedy, field, isTelling }: Finding = findings[code];
  return { status, code, message: message(facts), remedy: remedy?.(facts), field, isTelling };
};
