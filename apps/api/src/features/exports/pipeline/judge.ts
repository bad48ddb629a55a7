import type { RunProblem } from '@junction/contracts';
import type { Counted, RunTask } from '../../runs/index.ts';
import type { RunPlan } from './plan.ts';

const rowsInWords = (rows: number): string => `${rows.toLocaleString('en')} ${rows === 1 ? 'row' : 'rows'}`;

const skip = (code: string, message: string, remedy: string): { skip: RunProblem } => ({
  skip: { code, message, remedy, isTransient: false, phase: 'counting' },
});

/** Whether as many rows may be written as the export's limits say; undefined when they may. */
export const judgeRows = (run: Pick<RunTask, 'plan'>, { rows }: Counted): { skip: RunProblem } | undefined => {
  const { minimum, maximum } = (run.plan as RunPlan).rowLimits;
  if (minimum !== null && rows < minimum) {
    return skip(
      'tooFewRows',
      `There are ${rowsInWords(rows)}, and the export is to write at least ${rowsInWords(minimum)}. Nothing was written.`,
      'See whether the source is complete and the filters are right, or lower the minimum of the export.',
    );
  }
  if (maximum !== null && rows > maximum) {
    return skip(
      'tooManyRows',
      `There are ${rowsInWords(rows)}, and the export is to write at most ${rowsInWords(maximum)}. Nothing was written.`,
      'See whether the filters are right, or raise the maximum of the export.',
    );
  }
  return undefined;
};
