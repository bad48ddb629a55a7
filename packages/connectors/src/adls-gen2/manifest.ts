import { defineManifest } from '../manifest.ts';
import { secrets, settingsFor, steps } from '../shared-azure-storage/manifest-parts.ts';
import { readPasted } from '../shared-azure-storage/pasted.ts';
import { storageEndpoint } from '../shared-azure-storage/storage-endpoint.ts';
import { entityFolderOf } from '../shared-fields/entity-fields.ts';

export const adlsGen2Manifest = defineManifest({
  type: 'adls-gen2',
  label: 'Azure Data Lake Storage Gen2',
  category: 'Storage & files',
  description: 'Keep exported data in folders of an Azure data lake, ready for analytics.',
  capabilities: ['destination', 'source'],
  steps,
  settings: settingsFor('https://contosolake.dfs.core.chinacloudapi.cn'),
  secrets,
  endpointOf: (settings) => storageEndpoint(settings, 'dfs'),
  entityFolderOf,
  readPasted,
});
