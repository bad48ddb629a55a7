import { defineManifest } from '../manifest.ts';
import { secrets, settingsFor, steps } from '../shared-azure-storage/manifest-parts.ts';
import { readPasted } from '../shared-azure-storage/pasted.ts';
import { storageEndpoint } from '../shared-azure-storage/storage-endpoint.ts';
import { entityFolderOf } from '../shared-fields/entity-fields.ts';

export const azureBlobManifest = defineManifest({
  type: 'azure-blob',
  label: 'Azure Blob Storage',
  category: 'Storage & files',
  description: 'Keep exported data as files in a container of an Azure storage account.',
  capabilities: ['destination', 'source'],
  steps,
  settings: settingsFor('https://contosofiles.blob.core.chinacloudapi.cn'),
  secrets,
  endpointOf: (settings) => storageEndpoint(settings, 'blob'),
  entityFolderOf,
  readPasted,
});
