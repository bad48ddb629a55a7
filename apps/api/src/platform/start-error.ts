import { isDatabaseAway } from './database-away.ts';

/** Junction cannot start; each line says one thing that is wrong and what to do, and is all that is printed. */
export class StartError extends Error {
  readonly lines: readonly string[];
  constructor(...lines: string[]) {
    super(lines.join('\n'));
    this.name = 'StartError';
    this.lines = lines;
  }
}

/** What is printed of whatever has prevented the start: a fault of Junction's own with its stack, anything else in sentences. */
export const linesOf = (error: unknown): readonly string[] => {
  if (error instanceof StartError) return error.lines;
  if (isDatabaseAway(error)) return ['The database went away in the middle of the start. Start again when it answers.'];
  return [error instanceof Error ? (error.stack ?? error.message) : String(error)];
};
