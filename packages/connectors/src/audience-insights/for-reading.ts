import type { Remedy } from '@junction/contracts';
import type { Verdict } from '../check-run.ts';
import type { StoreError } from '../connector.ts';
import type { Facts } from '../shared-azure-storage/findings/finding.ts';
import { type FindingCode, findings } from '../shared-azure-storage/findings/findings.ts';
import { giveRole, roleCommand } from '../shared-azure-storage/findings/role-command.ts';
import { compareFolder } from './findings.ts';

const newSas =
  (text: string) =>
  ({ account, container }: Facts): Remedy => ({
    text,
    command: `az storage container generate-sas --account-name ${account} --name ${container} --permissions rl --https-only --expiry <date>`,
  });

const readerRole = (facts: Facts): Remedy => ({
  text: giveRole(facts, 'Storage Blob Data Reader'),
  command: roleCommand(facts, 'Storage Blob Data Reader'),
});

const advice = (text: string) => (): Remedy => ({ text });

/** What to do where the remedy for keeping files would have somebody give away more than reading takes, or do what is no use here. */
const remedies: Partial<Record<FindingCode, (facts: Facts) => Remedy>> = {
  sasExpired: newSas('Make a new SAS token and paste it here.'),
  sasSignatureWrong: newSas('Make a new SAS token for this account and container, and paste it whole.'),
  sasPermissionMissing: newSas(
    'Make a SAS token with read and list. A token that a person signed (user delegation) can do no more than they may: give them the role "Storage Blob Data Reader" on the container.',
  ),
  roleMissing: readerRole,
  roleElsewhere: readerRole,
  hierarchicalNamespaceOff: advice(
    'Check the account name: audience insights wrote only to accounts with a hierarchical namespace.',
  ),
  accountKindUnsupported: advice('Check the account name: audience insights did not write to such an account.'),
  accountFeaturesUnsupported: advice('Switch soft delete off, or check the account name.'),
  containerMissing: advice(
    'Check account and folder name. The folder name begins with the container, which is customerinsights when there is none.',
  ),
  folderMissing: advice(compareFolder),
  containerBeingDeleted: advice('Look at who deletes it: what audience insights wrote is being lost.'),
  pathConflict: advice('Enter the folder that audience insights wrote to.'),
};

/** The settings of stores for files that are one setting here. */
const folderFields = ['settings.container', 'settings.baseFolder', 'settings.entityFolder'];

const fieldHere = (field: string | undefined): string | undefined =>
  field !== undefined && folderFields.includes(field) ? 'settings.environmentFolder' : field;

/** A verdict of the check for stores that keep files, in words for one that is only read. Nothing is offered to be made. */
export const forReading = ({ offer: _, ...verdict }: Verdict, facts: Facts): Verdict => ({
  ...verdict,
  remedy: remedies[verdict.code as FindingCode]?.(facts) ?? verdict.remedy,
  field: fieldHere(verdict.field),
});

/** The verdict of a step in which reading failed. */
export const verdictOfStoreError = (error: StoreError, facts: Facts): Verdict => {
  const { code, message, remedy, isTransient } = error;
  const known = Object.entries(findings).find(([one]) => one === code)?.[1];
  const verdict: Verdict = {
    status: 'failed',
    code,
    message,
    remedy: remedy === undefined ? undefined : { text: remedy },
    field: known?.field?.(facts),
    isTransient,
  };
  return forReading(verdict, facts);
};
