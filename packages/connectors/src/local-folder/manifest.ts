import * as z from 'zod';
import { defineManifest, field } from '../manifest.ts';
import { entityFolderMeta, entityFolderOf, ReadsEntities, readsEntitiesMeta } from '../shared-fields/entity-fields.ts';
import { EntityFolder, Folder } from './fields.ts';

export const localFolderManifest = defineManifest({
  type: 'local-folder',
  label: 'Local folder',
  category: 'Storage & files',
  description: 'Keep exported data in a folder of the machine that runs Junction, or on a drive that is mounted there.',
  capabilities: ['destination', 'source'],
  steps: [
    { step: 'root', label: 'Find the operator’s folder' },
    { step: 'folder', label: 'Open the folder' },
    { step: 'write', label: 'Write and read a test file' },
    { step: 'space', label: 'Look at the free space' },
  ],
  settings: z.strictObject({
    folder: field(Folder, {
      label: 'Folder',
      help: 'Everything is written below this folder of the one that the operator of Junction has set aside. It is made when it is missing.',
      placeholder: 'exports/prod',
    }),
    readsEntities: field(ReadsEntities, readsEntitiesMeta),
    entityFolder: field(EntityFolder, {
      ...entityFolderMeta,
      help: 'The folder that has a model.json, or the one above several such folders. Leave it empty to look in the whole folder of the connection.',
    }),
  }),
  secrets: z.strictObject({}),
  endpointOf: ({ folder }) => `file://local/${folder.split('/').map(encodeURIComponent).join('/')}`,
  entityFolderOf,
});
