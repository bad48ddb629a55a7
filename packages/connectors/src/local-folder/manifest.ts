import * as z from 'zod';
import { defineManifest, field } from '../manifest.ts';
import { entityFolderMeta, entityFolderOf, ReadsEntities, readsEntitiesMeta } from '../shared-fields/entity-fields.ts';
import { folderFrom, folderProblem } from '../shared-fields/folder-field.ts';
import { optional, text } from '../shared-fields/text-field.ts';

const top = 'the operator’s folder';

/** Below the operator's folder. A whole path of the server is refused rather than taken for one below. */
const Folder = text('Enter a folder such as exports.', folderFrom, (folder, typed) =>
  /^\s*(?:[/\\]|[a-z]:[/\\]|[a-z]+:\/\/)/i.test(typed)
    ? `Enter the path from ${top} on, such as exports/2026, without a slash or a drive before it.`
    : folderProblem(folder, top),
);

/** Below the connection's folder. */
const EntityFolder = optional(
  text('Enter a folder such as ci/prod.', folderFrom, (folder) => folderProblem(folder, 'the connection’s folder')),
);

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
      help: 'The folder that has a model.json or a manifest.cdm.json, or the one above several such folders. Leave it empty to look in the whole folder of the connection.',
    }),
  }),
  secrets: z.strictObject({}),
  endpointOf: ({ folder }) => `file://local/${folder.split('/').map(encodeURIComponent).join('/')}`,
  entityFolderOf,
});
