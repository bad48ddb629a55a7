import { checkPaths, runCall, type Workshop } from './call.ts';
import { newTally, type Tolerance } from './malformed.ts';
import { planOf } from './plan.ts';
import { readyFile } from './ready-files.ts';
import type { ReadyFile } from './rows-sql.ts';
import type { Selection, SourceFile } from './selection.ts';
import { overSoundRows } from './sound-rows.ts';

export type CountInput = { files: readonly SourceFile[]; selection: Selection; malformed: Tolerance };

/** How many rows a transformation would write, and how many it would set aside. */
export const count = (
  workshop: Workshop,
  { files, selection, malformed }: CountInput,
  signal: AbortSignal,
): Promise<{ rows: number; rejected: number }> => {
  checkPaths(workshop.options, files, []);
  return runCall(workshop, signal, [], async ({ query, newPath }) => {
    const plan = planOf(selection, 'csv');
    const tally = newTally(malformed);
    const ready: ReadyFile[] = [];
    const preparing = { newPath, tally, signal, onBytes: () => undefined };
    for (const file of files) ready.push(await readyFile(file, selection, query, preparing));
    const { rows, wrong } = await overSoundRows(
      { query, newPath },
      { files: ready, plan, rule: malformed, tally, signal },
      (from, where) => `SELECT count(*) FROM ${from} WHERE ${where}`,
    );
    return { rows, rejected: tally.count() + wrong };
  });
};
