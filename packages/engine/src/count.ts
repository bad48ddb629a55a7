import { checkPaths, runCall, type Workshop } from './call.ts';
import { newTally, type Tolerance } from './malformed.ts';
import { planOf } from './plan.ts';
import { readyFiles } from './ready-files.ts';
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
  return runCall(workshop, signal, [], async (call) => {
    const plan = planOf(selection, 'csv');
    const tally = newTally(malformed);
    const preparing = { newPath: call.newPath, tally, signal: call.signal, onBytes: () => undefined };
    const prepared = await readyFiles(files, { selection, query: call.query, preparing });
    const { rows, wrong } = await overSoundRows(
      call,
      { files: prepared, plan, rule: malformed, tally },
      (sound) => `SELECT count(*) FROM ${sound}`,
    );
    return { rows, rejected: tally.count() + wrong };
  });
};
