import { defineManifest } from '../manifest.ts';
import { secretsEndpoint } from '../shared-azure-storage/identity/secrets-endpoint.ts';
import { secrets, settingsFor, steps } from '../shared-azure-storage/manifest-parts.ts';
import { readPasted } from '../shared-azure-storage/pasted.ts';
import { entityFolderOf } from '../shared-fields/entity-fields.ts';
import { requireAskedFor } from '../shared-fields/require-asked-for.ts';

const settings = settingsFor('https://contosofiles.blob.core.chinacloudapi.cn');

export const azureBlobManifest = defineManifest({
  type: 'azure-blob',
  label: 'Azure Blob Storage',
  category: 'Storage & files',
  description: 'Keep exported data as files in a container of an Azure storage account.',
  capabilities: ['destination', 'source'],
  steps,
  settings: settings.superRefine(requireAskedFor(settings.shape)),
  secrets,
  endpointOf: secretsEndpoint('blob'),
  entityFolderOf,
  readPasted,
});
