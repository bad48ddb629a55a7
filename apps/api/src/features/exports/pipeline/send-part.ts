import { setTimeout as wait } from 'node:timers/promises';
import { type Batch, type RowDestination, StoreError } from '@junction/connectors/runtime';
import type { House } from '../../../house.ts';
import type { Lease, PartResult, PartTask, RunTask } from '../../runs/index.ts';
import { cutLines } from './cut-lines.ts';
import type { RunPlan, StagedPart } from './plan.ts';
import { transformPart } from './transform-part.ts';

type Needs = Pick<House, 'db' | 'connectors' | 'vault' | 'outbound' | 'clock' | 'spool' | 'engine'>;

/** Attempts to deliver a batch before the part as a whole is tried again later, from its beginning. */
const attempts = 5;
const firstPauseMs = 500;
/** Somebody who asks to be left alone for longer is left alone by the part as a whole. */
const longestPauseMs = 30_000;

/** How long to wait before the next attempt, at random up to twice as long each time; undefined when there is none. */
const pauseAfter = (error: unknown, attempt: number): number | undefined => {
  if (!(error instanceof StoreError) || !error.isTransient || attempt === attempts) return undefined;
  if (error.retryAfterMs !== undefined) return error.retryAfterMs <= longestPauseMs ? error.retryAfterMs : undefined;
  return firstPauseMs * 2 ** (attempt - 1) * (0.5 + Math.random() / 2);
};

const deliver = async (destination: RowDestination, batch: Batch, lease: Lease, signal: AbortSignal): Promise<void> => {
  for (let attempt = 1; ; attempt += 1) {
    lease.require();
    try {
      return await destination.send(batch, signal);
    } catch (error) {
      const pauseMs = pauseAfter(error, attempt);
      if (pauseMs === undefined) throw error;
      await wait(pauseMs, undefined, { signal }).catch(() => signal.throwIfAborted());
    }
  }
};

/** Transforms a part and sends its rows, in the order of the source. A part that is sent again has the same batches with the same keys. */
export const sendPart = (
  house: Needs,
  destination: RowDestination,
  run: RunTask,
  part: PartTask,
  lease: Lease,
): Promise<PartResult> => {
  const plan = run.plan as RunPlan;
  let done = { bytesRead: 0, bytesWritten: 0 };
  const tell = (more: Partial<typeof done>) => {
    done = { ...done, ...more };
    lease.progress(done);
  };
  const onBytes = (bytesRead: number) => tell({ bytesRead });

  return transformPart(
    house,
    run,
    part,
    lease,
    { format: { type: 'ndjson' }, onBytes },
    async (transformed, signal) => {
      let number = 0;
      for await (const { lines, rows } of cutLines(transformed.path, plan.batch ?? destination.batch)) {
        number += 1;
        const batch: Batch = {
          key: `${run.id}-${part.number}-${number}`,
          run: run.id,
          export: plan.export.name,
          entity: part.entityName,
          number,
          part: part.number,
          rows,
          lines,
        };
        await deliver(destination, batch, lease, signal);
        tell({ bytesWritten: done.bytesWritten + lines.length });
      }
      const result: StagedPart = { file: null, rejected: null, batches: number };
      return {
        rowsWritten: transformed.rows,
        rowsRejected: transformed.rejected?.rows ?? 0,
        bytesWritten: done.bytesWritten,
        written: [],
        result,
      };
    },
  );
};
