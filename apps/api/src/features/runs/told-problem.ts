import type { RunPhase, RunProblem } from '@junction/contracts';

/**
 * Problems whose words tell nothing of where a source or a destination lies. Hosts, containers and paths are settings of their
 * connections, which only admins see.
 */
const placeless = new Set(['internal', 'workersLost']);

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
  const told = { ...where, code, isTransient, ...(file === undefined ? {} : { file: toldFile(file, seesPlaces) }) };
  if (placeless.has(code)) return { ...told, message, ...(remedy === undefined ? {} : { remedy }) };
  return {
    ...told,
    message: messages[problem.phase ?? 'moving'] ?? 'The run could not be made.',
    remedy: isTransient ? tryAgain : askAdmin,
  };
};
