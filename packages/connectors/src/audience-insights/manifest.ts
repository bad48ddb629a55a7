import * as z from 'zod';
import { defineManifest, field } from '../manifest.ts';
import { identityChoiceHelp, identityChoices } from '../shared-azure-storage/authentications.ts';
import { AccountKey, AccountName, Authentication, Endpoint, SasToken } from '../shared-azure-storage/fields.ts';
import { authorityField, identitySecrets, identitySettings } from '../shared-azure-storage/identity/manifest-parts.ts';
import { secretsEndpoint } from '../shared-azure-storage/identity/secrets-endpoint.ts';
import { requireAskedFor } from '../shared-fields/require-asked-for.ts';
import { EnvironmentFolder, EnvironmentId, placeOfFolder, readPasted } from './fields.ts';

const steps = [
  { step: 'endpoint', label: 'Find the account' },
  { step: 'connect', label: 'Connect' },
  { step: 'authenticate', label: 'Sign in' },
  { step: 'account', label: 'Check the account' },
  { step: 'container', label: 'Find the container' },
  { step: 'folder', label: 'Open the folder' },
  { step: 'metadata', label: 'Read the metadata' },
  { step: 'environment', label: 'Compare the environment' },
  { step: 'customerEntity', label: 'Find the customers' },
  { step: 'partitions', label: 'Open the customers’ files' },
  { step: 'freshness', label: 'See how old the data is' },
] as const;

export type AudienceInsightsStep = (typeof steps)[number]['step'];

const settings = z.strictObject({
  accountName: field(AccountName, {
    label: 'ADLS gen2 storage account',
    help: 'The account that the environment wrote to. You may also paste its URL or a connection string.',
    placeholder: 'contosolake',
  }),
  environmentId: field(EnvironmentId, {
    label: 'Audience insights environment ID',
    help: 'You find it in audience insights under Settings > About.',
    placeholder: '01234567-89ab-cdef-0123-456789abcdef',
  }),
  environmentFolder: field(EnvironmentFolder, {
    label: 'Audience insights folder name',
    help: 'The folder of the environment in the storage account, with or without its container. Nothing is ever written there.',
    placeholder: 'customerinsights/ci_01234567-89ab-cdef-0123-456789abcdef',
  }),
  authentication: field(Authentication, {
    label: 'Authentication',
    control: 'choice',
    choices: { sharedKey: 'Shared Key', sas: 'SAS token', ...identityChoices },
    choiceHelp: {
      sharedKey: 'Opens the whole account.',
      sas: 'Can be limited to reading one container, and to a date.',
      ...identityChoiceHelp,
    },
  }),
  ...identitySettings,
  endpoint: field(Endpoint, {
    label: 'Endpoint',
    help: 'Only for sovereign clouds and emulators: an endpoint suffix such as core.chinacloudapi.cn, or a whole URL.',
    placeholder: 'https://contosolake.dfs.core.chinacloudapi.cn',
    isAdvanced: true,
  }),
  authority: authorityField,
});

export const audienceInsightsManifest = defineManifest({
  type: 'audience-insights',
  label: 'Dynamics 365 audience insights',
  category: 'Storage & files',
  description:
    'Read the customer profiles that an audience insights environment left in your own data lake: as a report, and for exports.',
  capabilities: ['source', 'profiles'],
  steps,
  settings: settings.superRefine(requireAskedFor(settings.shape)),
  secrets: z.strictObject({
    accountKey: field(AccountKey.optional(), {
      label: 'Shared Key',
      help: 'key1 or key2 from Security + networking > Access keys of the storage account.',
      placeholder: '88 characters that end with ==',
      control: 'secret',
      when: { field: 'authentication', is: 'sharedKey' },
    }),
    sasToken: field(SasToken.optional(), {
      label: 'SAS token',
      help: 'Needs the permissions read and list, and no more. You may also paste a whole SAS URL.',
      placeholder: 'sv=…&sp=rl&se=…&sig=…',
      control: 'secret',
      when: { field: 'authentication', is: 'sas' },
    }),
    ...identitySecrets,
  }),
  endpointOf: secretsEndpoint('dfs'),
  entityFolderOf: ({ environmentFolder }) => placeOfFolder(environmentFolder).folder,
  readPasted,
});
