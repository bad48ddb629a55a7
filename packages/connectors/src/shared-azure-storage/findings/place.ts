import { advice, findingTable, secretField } from './finding.ts';
import { roleCommand } from './role-command.ts';

/** Which storage answers may come to any signed request. */
const signedRequests = ['authenticate', 'account', 'container', 'folder', 'write'] as const;

const createContainerCommand = (account: string, container: string): string =>
  `az storage container create --account-name ${account} --name ${container} --auth-mode login`;

/** `account`, `container`, `folder` and `write`: whether the place can be used; and what any request may be answered. */
export const placeFindings = findingTable({
  accountSuitable: {
    steps: ['account'],
    status: 'passed',
    message: ({ account }) => `${account} is an account of the right kind.`,
  },
  accountUnknown: {
    steps: ['account'],
    status: 'skipped',
    message: ({ identity }) =>
      `${identity ?? 'This SAS token'} may not ask what kind of account it is. The other steps show whether it works.`,
  },
  hierarchicalNamespaceOff: {
    steps: ['account'],
    onlyFor: 'dfs',
    status: 'failed',
    field: () => 'settings.accountName',
    message: ({ account }) => `${account} has no hierarchical namespace, so it is no Data Lake Storage Gen2 account.`,
    remedy: ({ account }) => ({
      text: 'Connect it as Azure Blob Storage instead, or upgrade the account (this cannot be undone; run it with --type validation first).',
      command: `az storage account hns-migration start --type upgrade --name ${account} --resource-group <resource group>`,
    }),
  },
  accountKindUnsupported: {
    steps: ['account'],
    status: 'failed',
    field: () => 'settings.accountName',
    message: ({ account }) => `${account} is of a kind that cannot keep block blobs (page blobs or file shares only).`,
    remedy: advice('Use a general-purpose v2 account, or a premium account of the kind "block blobs".'),
  },
  containerFound: {
    steps: ['container'],
    status: 'passed',
    message: ({ container }) => `The container ${container} exists.`,
  },
  containerCreated: {
    steps: ['container'],
    status: 'passed',
    message: ({ container }) => `The container ${container} was created.`,
  },
  containerMissing: {
    steps: ['container'],
    status: 'failed',
    field: () => 'settings.container',
    message: ({ account, container }) => `There is no container "${container}" in ${account}.`,
    remedy: ({ account, container }) => ({
      text: 'Let Junction create it if that is offered, correct the name, or create it yourself.',
      command: createContainerCommand(account, container),
    }),
  },
  containerCreationRefused: {
    steps: ['container'],
    status: 'failed',
    field: () => 'settings.container',
    message: ({ container, errorCode }) =>
      `The container ${container} is missing, and storage did not let Junction create it (${errorCode}).`,
    remedy: ({ account, container }) => ({
      text: 'Create the container yourself, or use a credential that may create containers.',
      command: createContainerCommand(account, container),
    }),
  },
  containerBeingDeleted: {
    steps: ['container', 'folder', 'write'],
    status: 'failed',
    isTransient: true,
    field: () => 'settings.container',
    message: ({ container }) => `The container ${container} is being deleted.`,
    remedy: advice('Wait a minute and create it again, or choose another container.'),
  },
  folderIsContainer: {
    steps: ['folder'],
    status: 'passed',
    message: ({ container }) => `No base folder is set: files go to the top of ${container}.`,
  },
  folderFound: { steps: ['folder'], status: 'passed', message: ({ folder }) => `The folder ${folder} exists.` },
  folderCanBeMade: {
    steps: ['folder'],
    status: 'passed',
    message: ({ folder }) =>
      `The folder ${folder} does not exist yet; it can be made, and will be with the first file.`,
  },
  folderNotTried: {
    steps: ['folder'],
    status: 'skipped',
    message: ({ folder }) => `The folder ${folder} does not exist yet, and this SAS token may not make it.`,
  },
  folderIsFile: {
    steps: ['folder'],
    status: 'failed',
    field: () => 'settings.baseFolder',
    message: ({ path }) => `${path} is a file, so no folder can be there.`,
    remedy: advice('Choose another base folder, or move the file away.'),
  },
  folderRefused: {
    steps: ['folder'],
    status: 'failed',
    field: () => 'settings.baseFolder',
    message: ({ folder, errorCode }) =>
      `Storage did not let Junction open or make the folder ${folder} (${errorCode}).`,
    remedy: (facts) => ({
      text: 'Use a credential for this folder, or give its signer the role "Storage Blob Data Contributor" and, on the folders above, execute permission in their access lists.',
      command: roleCommand(facts),
    }),
  },
  probePassed: {
    steps: ['write'],
    status: 'passed',
    message: () => 'A test file was written, read back, compared and deleted.',
  },
  writePermissionMissing: {
    steps: ['write'],
    status: 'failed',
    field: secretField,
    message: ({ missing }) => `The SAS token is not enough to keep files: it lacks ${missing}.`,
    remedy: ({ account, container }) => ({
      text: 'Make a SAS token with read, add, create, write, delete and list.',
      command: `az storage container generate-sas --account-name ${account} --name ${container} --permissions racwdl --https-only --expiry <date>`,
    }),
  },
  writeRefused: {
    steps: ['write'],
    status: 'failed',
    field: secretField,
    message: ({ container, errorCode }) => `Storage did not let Junction write into ${container} (${errorCode}).`,
    remedy: (facts) => ({
      text: 'Use a credential with write permission. A SAS token that a person signed needs them to have the role "Storage Blob Data Contributor", and write permission in the folder\'s access list.',
      command: roleCommand(facts),
    }),
  },
  readBackRefused: {
    steps: ['write'],
    status: 'failed',
    field: secretField,
    message: ({ errorCode }) => `A test file could be written but not read back (${errorCode}).`,
    remedy: advice('Use a credential that may also read.'),
  },
  deleteRefused: {
    steps: ['write'],
    status: 'failed',
    field: secretField,
    message: ({ path, errorCode }) =>
      `The test file ${path} could be written and read, but not deleted (${errorCode}). It is still there.`,
    remedy: advice(
      'Use a credential that may also delete, and delete the test file by hand. Exports replace their files, so they need it too.',
    ),
  },
  readBackDiffers: {
    steps: ['write'],
    status: 'failed',
    message: () => 'What was read back is not what was written.',
    remedy: advice(
      'Look for a proxy that changes what passes it, or for something that rewrites new files in this container.',
    ),
  },
  containerImmutable: {
    steps: ['write'],
    status: 'failed',
    field: () => 'settings.container',
    message: ({ container }) =>
      `${container} has an immutability policy or a legal hold, so files cannot be replaced or deleted.`,
    remedy: ({ account, container }) => ({
      text: 'Choose a container without such a policy.',
      command: `az storage container immutability-policy show --account-name ${account} --container-name ${container}`,
    }),
  },
  accountFeaturesUnsupported: {
    steps: ['folder', 'write'],
    onlyFor: 'dfs',
    status: 'failed',
    field: () => 'settings.accountName',
    message: ({ account }) =>
      `${account} has features, such as blob soft delete without a hierarchical namespace, that its Data Lake endpoint does not support.`,
    remedy: ({ account }) => ({
      text: 'Connect it as Azure Blob Storage instead, or switch soft delete off.',
      command: `az storage account blob-service-properties update --account-name ${account} --enable-delete-retention false`,
    }),
  },
  throttled: {
    steps: signedRequests,
    status: 'failed',
    isTransient: true,
    message: ({ account, retryAfterSeconds }) =>
      `${account} is busy and asks to come back later${retryAfterSeconds === undefined ? '' : ` (in ${retryAfterSeconds} seconds)`}.`,
    remedy: advice(
      'Nothing to do but wait. If it happens often, spread the load, or ask Azure support for higher limits of the account.',
    ),
  },
  serverError: {
    steps: signedRequests,
    status: 'failed',
    isTransient: true,
    message: ({ status, errorCode }) => `Azure Storage had an error of its own (HTTP ${status} ${errorCode}).`,
    remedy: advice('Try again. If it stays so, look at https://status.azure.com.'),
  },
  unexpected: {
    steps: signedRequests,
    status: 'failed',
    message: ({ status, errorCode }) =>
      status === undefined
        ? 'Something happened that Junction has no name for.'
        : `Azure Storage gave an answer that Junction has no name for (HTTP ${status} ${errorCode}).`,
    remedy: advice(
      'Try again. If it stays so, look this code up in the documentation of Azure Storage, and report it with the time of this check.',
    ),
  },
});
