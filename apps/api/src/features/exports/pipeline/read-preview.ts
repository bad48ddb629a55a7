import { type Preview, previewRows } from '@junction/contracts';
import type { OutputFormat } from '@junction/engine';
import type { House } from '../../../house.ts';
import {
  asStepError,
  type Doing,
  fetchBeginning,
  permanent,
  plannedFile,
  previewBytes,
  previewParquetBytes,
  readForRun,
  transient,
  withSource,
} from '../../lake/index.ts';
import type { StoredChoice } from '../rules.ts';
import { requireFits } from './require-fits.ts';
import { sourceRemoved } from './source-removed.ts';

type Needs = Pick<
  House,
  'db' | 'connectors' | 'vault' | 'outbound' | 'clock' | 'log' | 'checkLimits' | 'spool' | 'engine'
>;

const doing: Doing = { phase: 'preparing' };

/**
 * The first rows of an entity as they would be written, made of the beginning of its first files. What is read for it is removed before
 * this returns, whatever happens. Fails like the steps of a run.
 */
export const readPreview = async (
  house: Needs,
  environmentId: string,
  choice: StoredChoice,
  format: OutputFormat,
  signal: AbortSignal,
): Promise<Preview> => {
  const { entityId, connectionId, name } = choice;
  const at = { ...doing, entity: name };
  // A catalog of any age will do: files that are not what it says are not read.
  const wanted = { environmentId, connectionIds: [connectionId], entityIds: [entityId], since: new Date(0) };
  try {
    const { entities, failed } = await readForRun(house, wanted, signal);
    const failure = failed.get(connectionId);
    if (failure) throw (failure.isTransient ? transient : permanent)(failure, at);
    const now = entities.get(entityId);
    if (now === undefined) throw sourceRemoved(choice);
    if (now.problem) throw permanent(now.problem, at);
    requireFits(choice, now);
    const files = now.partitions.map((partition) => plannedFile(name, partition));
    const needed = { least: previewBytes, likely: previewBytes + previewParquetBytes };
    return await house.spool.use(needed, signal, (room) =>
      withSource(house, { environmentId, connectionId }, at, async (source) => {
        const beginning = await fetchBeginning(source, files, room);
        const engine = await house.engine.open();
        const { files: begun, isTruncated } = beginning;
        const selection = { columns: now.columns, choice: choice.columns, filter: choice.filter };
        const asked = { files: begun, selection, format, limit: previewRows, isTruncated };
        const { columns, rows } = await engine.preview(asked, room.signal);
        return { entity: now.name, columns, rows, isPartial: beginning.isPartial && rows.length < previewRows };
      }),
    );
  } catch (error) {
    signal.throwIfAborted();
    throw asStepError(error, at);
  }
};
