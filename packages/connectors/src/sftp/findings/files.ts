import { advice, type Facts, findingTable, inShell } from './finding.ts';

const folderSteps = ['folder'] as const;
const fileSteps = ['folder', 'write'] as const;
const folderField = () => 'settings.folder';

const folderWords = ({ folder }: Facts): string => (folder === '' ? 'the folder that this user starts in' : folder);

/** `folder` and `write`: whether files can be kept; and what exporting can find besides. */
export const fileFindings = findingTable({
  sftpMissing: {
    steps: folderSteps,
    status: 'failed',
    field: () => 'settings.userName',
    message: ({ host, userName }) => `${host} lets ${userName} in, but has no SFTP for this user.`,
    remedy: () => ({
      text: 'Let the SSH server offer SFTP, in OpenSSH with a line in sshd_config, and look whether a forced command keeps this user from it.',
      command: 'Subsystem sftp internal-sftp',
    }),
  },
  sftpGarbled: {
    steps: folderSteps,
    status: 'failed',
    field: () => 'settings.userName',
    message: ({ host, userName }) => `What ${host} sends to ${userName} in place of SFTP cannot be read.`,
    remedy: advice(
      'Most often a file such as .bashrc prints a greeting for this user: let it print only in interactive shells, or use internal-sftp.',
    ),
  },
  folderFound: {
    steps: folderSteps,
    status: 'passed',
    message: (facts) => `The folder ${facts.path ?? folderWords(facts)} exists.`,
  },
  folderCanBeMade: {
    steps: folderSteps,
    status: 'passed',
    message: (facts) =>
      `The folder ${folderWords(facts)} does not exist yet; it can be made, and will be with the first file.`,
  },
  folderIsFile: {
    steps: folderSteps,
    status: 'failed',
    field: folderField,
    message: ({ path }) => `${path} is a file, so no folder can be there.`,
    remedy: advice('Choose another folder, or move the file away.'),
  },
  folderMissing: {
    steps: folderSteps,
    status: 'failed',
    field: folderField,
    message: (facts) => `There is no folder ${folderWords(facts)}, and the server did not let Junction make it.`,
    remedy: ({ userName, folder }) => ({
      text: 'Correct the folder, or make it on the server and give it to this user. A path with a slash in front begins at the top of what the user can see.',
      command: `sudo install -d -o ${inShell(userName)} ${inShell(folder)}`,
    }),
  },
  probePassed: {
    steps: ['write'],
    status: 'passed',
    message: () => 'A test file was written, read back, compared, renamed and removed.',
  },
  readBackDiffers: {
    steps: ['write'],
    status: 'failed',
    message: () => 'What was read back is not what was written.',
    remedy: advice('Look at what the server does with new files; some mask or convert them on the way.'),
  },
  permissionDenied: {
    steps: fileSteps,
    status: 'failed',
    field: folderField,
    message: ({ host, userName, deed, path }) => `${host} does not let ${userName} ${deed} ${path}.`,
    remedy: ({ userName, folder }) => ({
      text: 'Give this user the right to list, write, rename and remove in the folder; exports need all four.',
      command: `sudo chown -R ${inShell(userName)} ${inShell(folder === '' ? '<folder>' : folder)}`,
    }),
  },
  diskFull: {
    steps: fileSteps,
    status: 'failed',
    message: ({ host, userName }) => `There is no room left on ${host}: its disk is full, or the quota of ${userName}.`,
    remedy: advice('Remove what is not needed any more, or ask whoever runs the server for more room.'),
  },
  operationFailed: {
    steps: fileSteps,
    status: 'failed',
    message: ({ host, deed, path, errorCode }) =>
      `${host} could not ${deed} ${path} (${errorCode}), and gave no reason.`,
    remedy: advice(
      'Look into the log of the SSH server. Often the disk is full, a quota is used up, or the folder can only be read.',
    ),
  },
  operationUnsupported: {
    steps: fileSteps,
    status: 'failed',
    message: ({ host, deed, path }) => `${host} does not know how to ${deed} ${path}.`,
    remedy: advice('Use a server that speaks version 3 of SFTP in full, such as OpenSSH.'),
  },
  pathConflict: {
    steps: ['write'],
    status: 'failed',
    field: folderField,
    message: ({ path }) =>
      `At ${path} or above it, a file is where a folder should be, or a folder where a file should be.`,
    remedy: advice('Move what is in the way to another place, or choose another folder.'),
  },
  fileTooLarge: {
    steps: [],
    status: 'failed',
    message: ({ path }) => `The file ${path} is longer than what can be read of such a file.`,
    remedy: advice('Look at who wrote it; Junction keeps such files short.'),
  },
  pathBusy: {
    steps: [],
    status: 'failed',
    isTransient: true,
    message: ({ path }) => `Somebody else has been giving ${path} a name for too long.`,
    remedy: advice('Try again in a minute.'),
  },
  spoolUnreadable: {
    steps: [],
    status: 'failed',
    message: ({ errorCode }) =>
      `The file to be sent could not be read on the machine that runs Junction (${errorCode}).`,
    remedy: advice('Look at the disk and the data directory of Junction, then run the export again.'),
  },
  unexpected: {
    steps: ['connect', 'hostKey', 'authenticate', 'folder', 'write'],
    status: 'failed',
    message: () => 'Something happened that Junction has no name for.',
    remedy: advice('Try again. If it stays so, report it with the time of this check.'),
  },
});
