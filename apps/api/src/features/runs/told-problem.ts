import type { RunPhase, RunProblem } from '@junction/contracts';

/**
 * Problems whose words name no more of a place than a file in it, an entity, a connection, or a folder of the export. Hosts, containers
 * and paths are settings of connections, which only admins see; so what stores say of themselves is not among these.
 */
const placeless: ReadonlySet<string> = new Set([
  // Of the ledger.
  'folderTaken',
  'internal',
  'workersLost',
  // Of the definition of the export, and what it needs.
  'columnMissing',
  'columnsGone',
  'connectionChanged',
  'connectionRemoved',
  'exportRemoved',
  'filterUnfit',
  'namesAlike',
  'notDestination',
  'notSource',
  'sourceRemoved',
  'timesTaken',
  'tooFewRows',
  'tooManyRows',
  'unknownColumn',
  'withdrawn',
  // Of the rows and the files that they are in.
  'corruptFile',
  'cutShort',
  'delimiterUnsupported',
  'encodingUnknown',
  'fileIncomplete',
  'malformedRow',
  'rowTooLong',
  'sourceChanged',
  'stagedFileGone',
  'tooManyMalformedRows',
  'tooManyRejected',
  // Of the worker.
  'diskFull',
  'engineFault',
  'engineRestarted',
  'outOfMemory',
  'spoolDiskFull',
  'spoolTooSmall',
]);

/** What went wrong, as far as everybody may know. */
const messages: Partial<Record<RunPhase, string>> = {
  preparing: 'The source or the destination could not be reached as the export needs it.',
  counting: 'The source could not be read.',
  moving: 'The rows could not be moved from the source to the destination.',
  publishing: 'The destination did not take what was written.',
};

const askAdmin = 'Admins of the environment see the reason in the details of the run: ask one of them.';
const tryAgain = `It may pass by itself: run the export again in a while. ${askAdmin}`;

/** A file of a source as somebody may see it: which folder it lies in is a matter of its connection. */
export const toldFile = (name: string, seesPlaces: boolean): string =>
  seesPlaces ? name : name.slice(name.lastIndexOf('/') + 1);

/** A problem in the words that somebody may see; `seesPlaces` is true for who may see the settings of connections. */
export const toldProblem = (problem: RunProblem | null, seesPlaces: boolean): RunProblem | null => {
  if (problem === null || seesPlaces) return problem;
  const { code, isTransient, file, message, remedy, ...where } = problem;
  const name = file === undefined ? undefined : toldFile(file, seesPlaces);
  const told = { ...where, code, isTransient, ...(name === undefined ? {} : { file: name }) };
  if (!placeless.has(code)) {
    const words = messages[problem.phase ?? 'moving'] ?? 'The run could not be made.';
    return { ...told, message: words, remedy: isTransient ? tryAgain : askAdmin };
  }
  const withoutFolder = (text: string) =>
    file === undefined || name === undefined ? text : text.replaceAll(file, name);
  return {
    ...told,
    message: withoutFolder(message),
    ...(remedy === undefined ? {} : { remedy: withoutFolder(remedy) }),
  };
};
