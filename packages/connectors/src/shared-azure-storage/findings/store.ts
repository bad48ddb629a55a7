import { advice, findingTable, secretField } from './finding.ts';

/** What reading entities and exporting can find, beside what any request of a check can. No step of a check finds these. */
export const storeFindings = findingTable({
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
  fileArchived: {
    steps: [],
    status: 'failed',
    message: ({ path }) => `The file "${path}" is archived, so it can be neither read nor moved.`,
    remedy: ({ account, container, path }) => ({
      text: 'Bring it back to the hot or cool tier, which takes hours, and change the rule that archives files here.',
      command: `az storage blob set-tier --account-name ${account} --container-name ${container} --name "${path}" --tier Hot`,
    }),
  },
  fileLeased: {
    steps: [],
    status: 'failed',
    isTransient: true,
    message: ({ path }) => `Another program holds "${path}" with a lease.`,
    remedy: ({ account, container, path }) => ({
      text: 'Try again when that program is done. If it has forgotten the lease, break it.',
      command: `az storage blob lease break --account-name ${account} --container-name ${container} --blob-name "${path}"`,
    }),
  },
  pathBusy: {
    steps: [],
    status: 'failed',
    isTransient: true,
    message: ({ path }) => `Storage is still copying or deleting at "${path}".`,
    remedy: advice('Try again in a minute.'),
  },
  copyFailed: {
    steps: [],
    status: 'failed',
    onlyFor: 'blob',
    isTransient: true,
    message: ({ path }) => `Storage could not copy a file to "${path}", which is how files are moved here.`,
    remedy: advice('Try again. If it stays so, look at https://status.azure.com.'),
  },
  pathConflict: {
    steps: [],
    status: 'failed',
    message: ({ path }) =>
      `At "${path}" or above it, a file is where a folder should be, or a folder where a file should be.`,
    remedy: advice('Move what is in the way to another place, or choose another base folder.'),
  },
  givenFileUnreadable: {
    steps: [],
    status: 'failed',
    message: ({ errorCode }) =>
      `The file to be sent could not be read on the machine that runs Junction (${errorCode}).`,
    remedy: advice('Look at the disk and the data directory of Junction, then run the export again.'),
  },
  blocksRefused: {
    steps: [],
    status: 'failed',
    message: ({ path }) =>
      `The file "${path}" was written over the Data Lake protocol, so storage does not let it be replaced in blocks.`,
    remedy: advice('Remove the file, then run the export again.'),
  },
  accountFull: {
    steps: [],
    status: 'failed',
    message: ({ account }) => `${account} has no room for more.`,
    remedy: advice('Remove what is not needed any more, or ask Azure support for a higher capacity of the account.'),
  },
  renameRefused: {
    steps: [],
    status: 'failed',
    onlyFor: 'dfs',
    field: secretField,
    message: ({ path, errorCode }) => `Storage did not let Junction give anything the name "${path}" (${errorCode}).`,
    remedy: ({ account, container }) => ({
      text: 'Make a SAS token with read, add, create, write, delete, list and move. One that a person signed needs them to have the role "Storage Blob Data Contributor".',
      command: `az storage container generate-sas --account-name ${account} --name ${container} --permissions racwdlm --https-only --expiry <date>`,
    }),
  },
});
