import * as z from 'zod';
import { folderFrom, folderProblem } from '../shared-fields/folder-field.ts';
import { optional, text } from '../shared-fields/text-field.ts';
import { accountKeyFrom, isAccountKey } from './account-key.ts';
import { authentications } from './authentications.ts';
import { isMask, maskProblem } from './mask.ts';
import { isSas, readSas, sasTokenFrom } from './sas.ts';
import { endpointFrom, endpointProblem } from './storage-endpoint.ts';
import { accountInHost, readConnectionString, readStorageUrl } from './storage-url.ts';

const accountNameFrom = (typed: string): string => {
  const name =
    readConnectionString(typed)?.get('accountname') ??
    (typed.includes('://') ? readStorageUrl(typed)?.account : accountInHost(typed.trim())) ??
    typed;
  return name.trim().toLowerCase();
};

/** 3–24 lower-case letters and digits. https://learn.microsoft.com/azure/storage/common/storage-account-overview#storage-account-name */
export const AccountName = text('Enter the name of the storage account.', accountNameFrom, (name) =>
  /^[a-z0-9]{3,24}$/.test(name)
    ? undefined
    : 'Enter the account name alone, such as contosolake: 3 to 24 lower-case letters and digits.',
);

const containerFrom = (typed: string): string => {
  const container = typed.includes('://') ? readStorageUrl(typed)?.container : undefined;
  return (container ?? typed)
    .trim()
    .replace(/^\/+|\/+$/g, '')
    .toLowerCase();
};

/** https://learn.microsoft.com/rest/api/storageservices/naming-and-referencing-containers--blobs--and-metadata#container-names */
const containerProblem = (name: string): string | undefined => {
  if (name.includes('/')) return 'Enter the container alone; the folder goes into Base folder.';
  if (name.length < 3 || name.length > 63) return 'A container name has 3 to 63 characters.';
  if (!/^[a-z0-9-]+$/.test(name)) return 'A container name has only lower-case letters, digits and hyphens.';
  if (name.startsWith('-') || name.endsWith('-')) return 'A container name begins and ends with a letter or a digit.';
  return name.includes('--') ? 'A container name has no two hyphens in a row.' : undefined;
};

export const Container = text('Enter the name of the container.', containerFrom, containerProblem);

/** A folder, or the one that a pasted URL names. */
const folderText = (missing: string): z.ZodString =>
  text(
    missing,
    (typed) => folderFrom(typed.includes('://') ? (readStorageUrl(typed)?.folder ?? '') : typed),
    (folder) => folderProblem(folder, 'the container'),
  );

/** A path inside the container without slashes at its ends; absent for the container itself. */
export const BaseFolder = optional(folderText('Enter a folder such as exports/2026.'));

/** Like a base folder, and with the same limits: both leave room for paths below. */
export const EntityFolder = optional(folderText('Enter a folder such as ci/prod.'));

export const Authentication = z.enum(authentications, { error: 'Choose how Junction signs in to the account.' });

/** `core.chinacloudapi.cn`, or a URL without a slash at its end. */
export const Endpoint = optional(text('Enter an endpoint.', endpointFrom, endpointProblem));

const accountKeyProblem = (key: string, typed: string): string | undefined => {
  if (isMask(typed)) return maskProblem;
  if (isAccountKey(key)) return undefined;
  if (isSas(typed))
    return 'That looks like a SAS token. Choose SAS token under Authentication, or paste the account key.';
  return 'An account key has 88 characters and ends with "==". Copy key1 or key2 from Access keys of the storage account.';
};

export const AccountKey = text('Enter the account key.', accountKeyFrom, accountKeyProblem);

const sasTokenProblem = (token: string, typed: string): string | undefined => {
  if (isMask(typed)) return maskProblem;
  if (isAccountKey(typed))
    return 'That looks like an account key. Choose Account key under Authentication, or paste a SAS token.';
  if (!/^[\x21-\x7E]+$/.test(token)) return 'A SAS token has no spaces or line breaks. Copy it again as one line.';
  if (!isSas(token)) return 'A SAS token looks like sv=…&sp=…&se=…&sig=…. Paste it whole, with or without the "?".';
  const sas = readSas(token);
  return sas.expiresAt === undefined && sas.policy === undefined
    ? 'This SAS token has no expiry ("se=…") and names no stored access policy ("si=…"). Paste it whole.'
    : undefined;
};

export const SasToken = text('Enter the SAS token.', sasTokenFrom, sasTokenProblem);
