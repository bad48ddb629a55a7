import { defineManifest } from '../manifest.ts';
import { secretsEndpoint } from '../shared-azure-storage/identity/secrets-endpoint.ts';
import { secrets, settingsFor, steps } from '../shared-azure-storage/manifest-parts.ts';
import { readPasted } from '../shared-azure-storage/pasted.ts';
import { entityFolderOf } from '../shared-fields/entity-fields.ts';
import { requireAskedFor } from '../shared-fields/require-asked-for.ts';

const settings = settingsFor('https://contosolake.dfs.core.chinacloudapi.cn');

export const adlsGen2Manifest = defineManifest({
  type: 'adls-gen2',
  label: 'Azure Data Lake Storage Gen2',
  category: 'Storage & files',
  description: 'Keep exported data in folders of an Azure data lake, ready for analytics.',
  capabilities: ['destination', 'source'],
  steps,
  settings: settings.superRefine(requireAskedFor(settings.shape)),
  secrets,
  endpointOf: secretsEndpoint('dfs'),
  entityFolderOf,
  readPasted,
});
