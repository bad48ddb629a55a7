import * as z from 'zod';
import { field } from '../manifest.ts';
import { entityFolderMeta, ReadsEntities, readsEntitiesMeta } from '../shared-fields/entity-fields.ts';
import { identityChoiceHelp, identityChoices } from './authentications.ts';
import {
  AccountKey,
  AccountName,
  Authentication,
  BaseFolder,
  Container,
  Endpoint,
  EntityFolder,
  SasToken,
} from './fields.ts';
import { authorityField, identitySecrets, identitySettings } from './identity/manifest-parts.ts';

/** The steps that both connectors check, in the order they are shown. */
export const steps = [
  { step: 'endpoint', label: 'Find the account' },
  { step: 'connect', label: 'Connect' },
  { step: 'authenticate', label: 'Sign in' },
  { step: 'account', label: 'Check the account' },
  { step: 'container', label: 'Find the container' },
  { step: 'folder', label: 'Open the base folder' },
  { step: 'write', label: 'Write and read a test file' },
] as const;

export type StorageStep = (typeof steps)[number]['step'];

/** The settings of both connectors. They differ in the service that the endpoint is made for, and in the words of its help. */
export const settingsFor = (example: string) =>
  z.strictObject({
    accountName: field(AccountName, {
      label: 'Account name',
      help: 'The storage account. You may also paste its URL or a connection string.',
      placeholder: 'contosolake',
    }),
    container: field(Container, {
      label: 'Container',
      help: 'Where the files go. If it is missing, Junction offers to create it.',
      placeholder: 'exports',
    }),
    baseFolder: field(BaseFolder, {
      label: 'Base folder',
      help: 'Everything is written below this folder. Leave it empty to use the container itself.',
      placeholder: 'customer-insights/prod',
    }),
    authentication: field(Authentication, {
      label: 'Authentication',
      control: 'choice',
      choices: { sharedKey: 'Account key', sas: 'SAS token', ...identityChoices },
      choiceHelp: {
        sharedKey: 'Opens the whole account.',
        sas: 'Can be limited to one container, few permissions and a date.',
        ...identityChoiceHelp,
      },
    }),
    ...identitySettings,
    readsEntities: field(ReadsEntities, readsEntitiesMeta),
    entityFolder: field(EntityFolder, {
      ...entityFolderMeta,
      help: 'The folder that has a model.json or a manifest.cdm.json, or the one above several such folders. Leave it empty to look in the whole container. You may also paste the folder’s URL.',
      keepsPasted: true,
    }),
    endpoint: field(Endpoint, {
      label: 'Endpoint',
      help: 'Only for sovereign clouds and emulators: an endpoint suffix such as core.chinacloudapi.cn, or a whole URL.',
      placeholder: example,
      isAdvanced: true,
    }),
    authority: authorityField,
  });

export const secrets = z.strictObject({
  accountKey: field(AccountKey.optional(), {
    label: 'Account key',
    help: 'key1 or key2 from Security + networking > Access keys of the storage account.',
    placeholder: '88 characters that end with ==',
    control: 'secret',
    when: { field: 'authentication', is: 'sharedKey' },
  }),
  sasToken: field(SasToken.optional(), {
    label: 'SAS token',
    help: 'Needs the permissions read, add, create, write, delete and list. You may also paste a whole SAS URL.',
    placeholder: 'sv=…&sp=racwdl&se=…&sig=…',
    control: 'secret',
    when: { field: 'authentication', is: 'sas' },
  }),
  ...identitySecrets,
});
