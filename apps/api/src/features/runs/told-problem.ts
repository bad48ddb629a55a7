import type { RunPhase, RunProblem } from '@junction/contracts';
import type { RunKind } from './work.ts';

/**
 * Problems whose words name no more of a place than a file in it, an entity, a connection, or a folder of the export. Hosts, containers
 * and paths are settings of connections, which only admins see; so what stores say of themselves is not among these. What is not here is
 * withheld; that each code was decided about is held by a test, which lists the others.
 */
export const placeless: ReadonlySet<string> = new Set([
  // Of the ledger.
  'databaseAway',
  'folderTaken',
  'internal',
  'workersLost',
  'stagingLeft',
  // Of the definition of the export, and what it needs.
  'columnMissing',
  'columnsGone',
  'connectionChanged',
  'connectionRemoved',
  'exportRemoved',
  'filterUnfit',
  'manifestForeign',
  'modelForeign',
  'namesAlike',
  'notDestination',
  'notSource',
  'partitionUnreadable',
  'sourceBusy',
  'sourceRemoved',
  'timesTaken',
  'tooFewRows',
  'tooManyRows',
  'unknownColumn',
  'withdrawn',
  // Of an import, and what it needs.
  'checkFailed',
  'customersMissing',
  'sourceUnchanged',
  'tallyEnded',
  // Of the metadata of an entity, as its page tells them.
  'columnsMissing',
  'columnsUnresolved',
  'columnTwice',
  'columnUnnamed',
  'entityGone',
  'entityTwice',
  'entityTypeUnknown',
  'formatInvalid',
  'formatMissing',
  'formatUnknown',
  'partitionsUnlisted',
  'patternTooDeep',
  'patternUnreadable',
  'tooManyColumns',
  'tooManyPartitions',
  // Of the rows and the files that they are in.
  'corruptFile',
  'cutShort',
  'delimiterUnsupported',
  'encodingUnknown',
  'fileIncomplete',
  'headerMissing',
  'headerTwice',
  'headerUnknown',
  'headerUnreadable',
  'malformedRow',
  'previewTooLong',
  'rowTooLong',
  'sourceChanged',
  'stagedFileGone',
  'tooManyDigits',
  'tooManyMalformedRows',
  'tooManyRejected',
  // Of the worker.
  'busy',
  'engineFault',
  'engineRestarted',
  'fileAccess',
  'outOfMemory',
  'outsideFolder',
  'spoolDiskFull',
  'spoolTooSmall',
]);

/** Whether the words of a problem are for who sees the settings of connections, and nobody else. */
export const isWithheld = ({ code }: Pick<RunProblem, 'code'>): boolean => !placeless.has(code);

/** What went wrong, as far as everybody may know, and where admins see the rest. */
const words: Readonly<Record<RunKind, { messages: Partial<Record<RunPhase, string>>; askAdmin: string }>> = {
  export: {
    messages: {
      preparing: 'The source or the destination could not be reached as the export needs it.',
      counting: 'The source could not be read.',
      moving: 'The rows could not be moved from the source to the destination.',
      publishing: 'The destination did not take what was written.',
    },
    askAdmin: 'Admins of the environment see the reason in the details of the run: ask one of them.',
  },
  import: {
    messages: {
      preparing: 'The customers could not be found in the lake.',
      moving: 'The customers could not be read from the lake.',
    },
    askAdmin: 'Admins of the environment see the reason on the connection: ask one of them.',
  },
};

/** A file of a source as somebody may see it: which folder it lies in is a matter of its connection. */
export const toldFile = (name: string, seesPlaces: boolean): string =>
  seesPlaces ? name : name.slice(name.lastIndexOf('/') + 1);

/** A problem in the words that somebody may see; `seesPlaces` is true for who may see the settings of connections. */
export const toldProblem = (
  problem: RunProblem | null,
  seesPlaces: boolean,
  kind: RunKind = 'export',
): RunProblem | null => {
  if (problem === null || seesPlaces) return problem;
  const { code, isTransient, file, message, remedy, ...where } = problem;
  const name = file === undefined ? undefined : toldFile(file, seesPlaces);
  const told = { ...where, code, isTransient, ...(name === undefined ? {} : { file: name }) };
  if (isWithheld(problem)) {
    const { messages, askAdmin } = words[kind];
    const said =
      messages[problem.phase ?? 'moving'] ?? `The ${kind === 'import' ? 'import' : 'run'} could not be made.`;
    const remedy = isTransient ? `It may pass by itself: try again in a while. ${askAdmin}` : askAdmin;
    return { ...told, message: said, remedy };
  }
  const withoutFolder = (text: string) =>
    file === undefined || name === undefined ? text : text.replaceAll(file, name);
  return {
    ...told,
    message: withoutFolder(message),
    ...(remedy === undefined ? {} : { remedy: withoutFolder(remedy) }),
  };
};
