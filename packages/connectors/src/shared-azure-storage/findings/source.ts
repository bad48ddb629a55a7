import { advice, findingTable } from './finding.ts';

/** What reading entities can find, beside what any request of a check can. No step of a check finds these. */
export const sourceFindings = findingTable({
  folderMissing: {
    steps: [],
    status: 'failed',
    field: () => 'settings.entityFolder',
    message: ({ container, path }) => `There is no folder "${path}" in ${container}.`,
    remedy: advice('Correct the entities folder of the connection, or look whether what writes the folder has run.'),
  },
  fileMissing: {
    steps: [],
    status: 'failed',
    message: ({ container, path }) => `There is no file "${path}" in ${container}.`,
    remedy: advice('Look whether what writes the file has run.'),
  },
  fileTooLarge: {
    steps: [],
    status: 'failed',
    message: ({ path }) => `The file "${path}" is longer than what can be read of such a file.`,
    remedy: advice('Have its writer split it.'),
  },
  fileChanged: {
    steps: [],
    status: 'failed',
    isTransient: true,
    message: ({ path }) => `The file "${path}" was changed while it was being read.`,
    remedy: advice('Try again when its writer is done.'),
  },
  readRefused: {
    steps: [],
    status: 'failed',
    field: () => 'settings.entityFolder',
    message: ({ path, container, errorCode }) =>
      `Storage did not let Junction read ${path === '' ? container : `"${path}"`} (${errorCode}).`,
    remedy: advice(
      'Use a credential that may read and list there. A SAS token that a person signed needs them to have the role "Storage Blob Data Reader", or read and execute permission in the folder’s access list.',
    ),
  },
});
