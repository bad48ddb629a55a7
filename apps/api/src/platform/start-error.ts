/** Junction cannot start; each line says one thing that is wrong and what to do, and is all that is printed. */
export class StartError extends Error {
  readonly lines: readonly string[];
  constructor(...lines: string[]) {
    super(lines.join('\n'));
    this.name = 'StartError';
    this.lines = lines;
  }
}
