import type { CheckStep } from '@junction/contracts';
import type { Verdict } from '../check-run.ts';

/** What findings put into their sentences: nothing of the machine outside the operator's folder. */
export type Facts = {
  /** The connection's, below the operator's folder. */
  folder: string;
  /** A file or a folder below the connection's folder. */
  path?: string;
  /** The operating system's own word for an error, such as `EACCES`. */
  errorCode?: string;
  /** Free space in words. */
  free?: string;
};

/** One thing that can be found: a row of the table in the README. */
export type Finding = {
  /** The steps that can find it; none where only reading or writing does. */
  steps: readonly string[];
  status: CheckStep['status'];
  /** A failure that may pass by itself. */
  isTransient?: true;
  message: (facts: Facts) => string;
  remedy?: string;
  /** The form's field to correct. */
  field?: string;
};

const findingTable = <const Code extends string>(table: Record<Code, Finding>): Record<Code, Finding> => table;

/** What any use of the file system may meet. */
const anyStep = ['root', 'folder', 'write', 'space'] as const;

/** Of a path, or of the connection's folder. */
const named = ({ path, folder }: Facts): string => `"${path === undefined || path === '' ? folder : path}"`;

/** Everything that a check, reading and writing can find, by its stable code. */
export const findings = findingTable({
  rootFound: {
    steps: ['root'],
    status: 'passed',
    message: () => 'The operator has set a folder aside, and it is there.',
  },
  rootNotSet: {
    steps: ['root'],
    status: 'failed',
    field: 'settings.folder',
    message: () => 'The operator has set no folder of this machine aside.',
    remedy:
      'Start Junction with JUNCTION_LOCAL_ROOT naming a folder on its machine, by its absolute path; in a container, one that is mounted into it.',
  },
  rootMissing: {
    steps: ['root'],
    status: 'failed',
    message: () => 'The folder that JUNCTION_LOCAL_ROOT names is not there, or is no folder.',
    remedy: 'Mount or make the folder, or correct JUNCTION_LOCAL_ROOT and start Junction again.',
  },
  folderFound: { steps: ['folder'], status: 'passed', message: ({ folder }) => `The folder ${folder} exists.` },
  folderCanBeMade: {
    steps: ['folder'],
    status: 'passed',
    message: ({ folder }) =>
      `The folder ${folder} does not exist yet; it can be made, and will be with the first file.`,
  },
  folderIsFile: {
    steps: ['folder'],
    status: 'failed',
    field: 'settings.folder',
    message: ({ folder }) => `On the way to ${folder} is a file, so no folder can be there.`,
    remedy: 'Choose another folder, or move the file away.',
  },
  leadsOutside: {
    steps: ['folder', 'write', 'space'],
    status: 'failed',
    field: 'settings.folder',
    message: (facts) => `On the way to ${named(facts)} is a symbolic link that leads out of the operator’s folder.`,
    remedy: 'Take the link away and mount what it leads to in its place, or choose another folder.',
  },
  accessRefused: {
    steps: anyStep,
    status: 'failed',
    field: 'settings.folder',
    message: (facts) => `The operating system does not let Junction use ${named(facts)} (${facts.errorCode}).`,
    remedy:
      'Let the user that Junction runs as read, write and enter the folder and all above it. In a container that is the user of its image; look also at the access rules of a network drive and at SELinux or AppArmor.',
  },
  readOnly: {
    steps: anyStep,
    status: 'failed',
    field: 'settings.folder',
    message: (facts) => `The file system of ${named(facts)} can only be read.`,
    remedy:
      'Mount it for writing too. When it was: a disk with errors is often made read-only; look at the log of the system.',
  },
  diskFull: {
    steps: anyStep,
    status: 'failed',
    message: (facts) => `There is no space left where ${named(facts)} is.`,
    remedy: 'Free space or make the disk larger; a file system may also have run out of inodes (`df -i`).',
  },
  quotaExhausted: {
    steps: anyStep,
    status: 'failed',
    message: (facts) => `The quota where ${named(facts)} is leaves no more room for the user that Junction runs as.`,
    remedy: 'Have the quota raised, or remove what is no longer needed.',
  },
  nameTooLong: {
    steps: anyStep,
    status: 'failed',
    field: 'settings.folder',
    message: (facts) => `The name ${named(facts)} is too long for its file system.`,
    remedy: 'Use shorter names: most file systems allow 255 bytes for one name, and 4,096 for a whole path.',
  },
  nameNotAllowed: {
    steps: anyStep,
    status: 'failed',
    field: 'settings.folder',
    message: (facts) => `The file system does not allow the name ${named(facts)} (${facts.errorCode}).`,
    remedy: 'Use names without signs such as : * ? " < > |, which drives of Windows do not allow.',
  },
  pathConflict: {
    steps: anyStep,
    status: 'failed',
    message: (facts) =>
      `On the way to ${named(facts)} is a file where a folder should be, or a folder in place of a file.`,
    remedy: 'Move it away, or choose another name.',
  },
  pathBusy: {
    steps: anyStep,
    status: 'failed',
    isTransient: true,
    message: (facts) => `Somebody else used or moved ${named(facts)} at the same moment (${facts.errorCode}).`,
    remedy: 'Try again. If it stays so, look for another program that works in this folder.',
  },
  driveAway: {
    steps: anyStep,
    status: 'failed',
    isTransient: true,
    message: (facts) => `The drive that ${named(facts)} is on cannot be reached (${facts.errorCode}).`,
    remedy: 'Look at the mount and at the server behind it. After an ESTALE it must be mounted anew.',
  },
  driveFailed: {
    steps: anyStep,
    status: 'failed',
    isTransient: true,
    message: (facts) => `The drive that ${named(facts)} is on reported an error (${facts.errorCode}).`,
    remedy: 'Look at the log of the system and at the health of the disk.',
  },
  tooManyOpenFiles: {
    steps: anyStep,
    status: 'failed',
    isTransient: true,
    message: () => 'Junction or its machine has too many files open.',
    remedy: 'Try again. If it stays so, raise the limit (`ulimit -n`).',
  },
  probePassed: {
    steps: ['write'],
    status: 'passed',
    message: () => 'A test file was written, read back, compared and deleted.',
  },
  readBackDiffers: {
    steps: ['write'],
    status: 'failed',
    message: () => 'What was read back is not what was written.',
    remedy: 'Look for something that rewrites new files in this folder, and at the health of the disk.',
  },
  spaceLeft: { steps: ['space'], status: 'passed', message: ({ free }) => `${free} are free.` },
  spaceUnknown: {
    steps: ['space'],
    status: 'skipped',
    message: () => 'The file system does not say how much space is free.',
  },
  spaceLow: {
    steps: ['space'],
    status: 'failed',
    message: ({ free }) => `Only ${free} are free.`,
    remedy: 'Free space or make the disk larger.',
  },
  unexpected: {
    steps: anyStep,
    status: 'failed',
    message: ({ errorCode }) =>
      `The operating system reported something that Junction has no name for${errorCode === undefined ? '' : ` (${errorCode})`}.`,
    remedy: 'Try again. If it stays so, look this code up for your file system, and report it with the time.',
  },
  folderMissing: {
    steps: [],
    status: 'failed',
    field: 'settings.entityFolder',
    message: (facts) => `There is no folder ${named(facts)}.`,
    remedy: 'Correct the entities folder of the connection, or look whether what writes the folder has run.',
  },
  fileMissing: {
    steps: [],
    status: 'failed',
    message: (facts) => `There is no file ${named(facts)}.`,
    remedy: 'Look whether what writes the file has run.',
  },
  fileTooLarge: {
    steps: [],
    status: 'failed',
    message: (facts) => `The file ${named(facts)} is longer than what can be read of such a file.`,
    remedy: 'Have its writer split it.',
  },
  fileChanged: {
    steps: [],
    status: 'failed',
    isTransient: true,
    message: (facts) => `The file ${named(facts)} was changed while it was being read.`,
    remedy: 'Try again when its writer is done.',
  },
  fileTooLong: {
    steps: [],
    status: 'failed',
    message: (facts) => `The file ${named(facts)} is longer than its file system allows.`,
    remedy: 'Split what is written, or use another file system: FAT ends at 4 GiB.',
  },
  otherFileSystem: {
    steps: [],
    status: 'failed',
    message: (facts) =>
      `${named(facts)} would have to be moved to another file system, which is not possible in one step.`,
    remedy: 'Mount a drive at the connection’s folder or above it, not in the middle of what is written.',
  },
  givenFileUnreadable: {
    steps: [],
    status: 'failed',
    message: (facts) => `What should be written as ${named(facts)} is not there any more, or cannot be read.`,
    remedy: 'Run it again. If it stays so, look at the folder in which Junction keeps what it is working on.',
  },
});

export type FindingCode = keyof typeof findings;

/** The verdict of a step that found this. */
export const verdictOf = (code: FindingCode, facts: Facts): Verdict => {
  const { status, message, remedy, field, isTransient }: Finding = findings[code];
  return {
    status,
    code,
    message: message(facts),
    remedy: remedy === undefined ? undefined : { text: remedy },
    field,
    isTransient,
  };
};
