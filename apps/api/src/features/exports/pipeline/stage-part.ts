import type { FileDestination } from '@junction/connectors/runtime';
import type { House } from '../../../house.ts';
import type { Lease, PartResult, PartTask, RunTask } from '../../runs/index.ts';
import { endings, partName, rejectedName, staging } from './layout.ts';
import type { RunPlan, StagedFile, StagedPart } from './plan.ts';
import { transformPart } from './transform-part.ts';

type Needs = Pick<House, 'db' | 'connectors' | 'vault' | 'outbound' | 'clock' | 'spool' | 'engine'>;

/** What is left of a part that is not needed is removed within this long, or by whoever cleans the run. */
const tidyWithinMs = 5_000;

/** Takes back what was staged by somebody who lost the right to. Nobody else has files of these names. */
const takeBack = async (destination: FileDestination, paths: readonly string[]): Promise<void> => {
  const signal = AbortSignal.timeout(tidyWithinMs);
  await Promise.allSettled(paths.map((path) => destination.removeFile(path, signal)));
};

/** The first part of an entity is written without rows too: its header tells that nothing matched. */
const isFirst = ({ entities }: RunPlan, { entity, number }: PartTask): boolean =>
  entities[entity]?.firstPart === number;

/** Transforms a part and puts it into the staging folder of its run. */
export const stagePart = (
  house: Needs,
  destination: FileDestination,
  run: RunTask,
  part: PartTask,
  lease: Lease,
): Promise<PartResult> => {
  const plan = run.plan as RunPlan;
  const at = staging(plan.folder, run.id);
  const stagedAt = at.part(part.number, part.fence, endings[plan.format.type]);
  const rejectedAt = at.part(part.number, part.fence, '.rejected.csv');
  let done = { bytesRead: 0, bytesWritten: 0 };
  const tell = (more: Partial<typeof done>) => {
    done = { ...done, ...more };
    lease.progress(done);
  };
  const onBytes = (bytesRead: number) => tell({ bytesRead });

  return transformPart(house, run, part, lease, { format: plan.format, onBytes }, async (transformed, signal) => {
    const { rows, rejected, path, rejectedPath } = transformed;
    const isWritten = rows > 0 || isFirst(plan, part);
    const file: StagedFile | null = isWritten
      ? { staged: stagedAt, name: partName(plan, part), rows, bytes: transformed.bytes, sha256: transformed.sha256 }
      : null;
    const aside: StagedFile | null =
      rejected === null || rejected.rows === 0
        ? null
        : { ...rejected, staged: rejectedAt, name: rejectedName(plan, part) };
    try {
      if (file) {
        lease.require();
        await destination.put(stagedAt, { file: path }, signal, (bytesWritten) => tell({ bytesWritten }));
      }
      if (aside) {
        lease.require();
        await destination.put(rejectedAt, { file: rejectedPath }, signal);
      }
      lease.require();
    } catch (error) {
      await takeBack(destination, [stagedAt, ...(aside ? [rejectedAt] : [])]);
      throw error;
    }
    const result: StagedPart = { file, rejected: aside, batches: 0 };
    return {
      rowsWritten: rows,
      rowsRejected: aside?.rows ?? 0,
      bytesWritten: file?.bytes ?? 0,
      written: [file, aside].flatMap((one) => one?.name ?? []),
      result,
    };
  });
};
