import type { BulkResult, ExportRow } from '@junction/contracts';
import { useRef, useState } from 'react';
import { paths } from '../../lib/paths.ts';
import { useEnvironment } from '../../lib/session.ts';
import { exportCount } from '../../lib/words.ts';
import { useToasts } from '../../ui/toasts.tsx';
import { useCancelRun, useDuplicateExports, useRunExport, useRunExports, useScheduleExports } from './api.ts';
import type { ExportCommands } from './export-actions.ts';
import { useExportPanels } from './panel-navigation.ts';
import { allowedFor } from './rights.ts';

const idsOf = (rows: readonly ExportRow[]) => ({ ids: rows.map(({ id }) => id).join(',') });

/**
 * The commands about exports, wherever they are offered: most open a pane or a dialog, a duplicate is made at once.
 * `refused` is what could not be duplicated, to be shown by whoever offers the commands.
 */
export const useExportCommands = () => {
  const { id: environmentId, role } = useEnvironment();
  const { open, goOn } = useExportPanels(environmentId);
  const { mutateAsync: duplicateAll } = useDuplicateExports(environmentId);
  const { mutateAsync: runAll } = useRunExports(environmentId);
  const { mutateAsync: runOne } = useRunExport(environmentId);
  const { mutateAsync: schedule } = useScheduleExports(environmentId);
  const { mutateAsync: cancelOne } = useCancelRun(environmentId);
  const toasts = useToasts();
  const isUnderWay = useRef(false);
  const [refused, setRefused] = useState<{ title: string; result: BulkResult }>();

  /** Does it once, however often it is clicked, and says so when it did not work. */
  const once = async (work: () => Promise<void>) => {
    if (isUnderWay.current) return;
    isUnderWay.current = true;
    try {
      await work();
    } catch (error) {
      toasts.error(error instanceof Error ? error.message : 'That did not work.');
    } finally {
      isUnderWay.current = false;
    }
  };

  const duplicate = (chosen: readonly ExportRow[]) =>
    once(async () => {
      const rows = allowedFor(role, chosen, 'duplicate');
      const result = await duplicateAll({ params: { environmentId }, body: { exportIds: rows.map(({ id }) => id) } });
      const [copyId] = result.done;
      if (result.refused.length > 0) setRefused({ title: 'Not all exports are duplicated', result });
      else if (result.done.length === 1 && copyId !== undefined)
        toasts.success(`${rows[0]?.name} is duplicated; the schedule of the copy is off. `, {
          text: 'Show the copy',
          onClick: () => void open(paths.export(environmentId, copyId)),
        });
      else toasts.success(`${exportCount(result.done.length)} are duplicated; the schedules of the copies are off.`);
    });

  const tellQueued = (result: BulkResult) => {
    if (result.refused.length > 0) setRefused({ title: 'Not all exports are queued', result });
    else if (result.done.length === 0) toasts.info('No schedule is on, so there is nothing to run.');
    else toasts.success(`${exportCount(result.done.length)} ${result.done.length === 1 ? 'is' : 'are'} queued.`);
  };

  const run = (chosen: readonly ExportRow[]) =>
    once(async () => {
      const rows = allowedFor(role, chosen, 'run');
      const [row] = rows;
      if (rows.length > 1) {
        tellQueued(await runAll({ params: { environmentId }, body: { exportIds: rows.map(({ id }) => id) } }));
      } else if (row !== undefined) {
        const { id: runId } = await runOne({ params: { environmentId, exportId: row.id } });
        toasts.success(`${row.name} is queued. `, {
          text: 'Show the run',
          onClick: () => void open(paths.run(environmentId, row.id, runId)),
        });
      }
    });

  /** Runs it once more and shows that run in the place of the one at hand. */
  const runAgain = ({ id: exportId }: ExportRow) =>
    once(async () => {
      const { id: runId } = await runOne({ params: { environmentId, exportId } });
      await goOn(paths.run(environmentId, exportId, runId));
    });

  const cancel = (row: ExportRow) =>
    once(async () => {
      if (row.run === null) return;
      await cancelOne({ params: { environmentId, runId: row.run.id } });
      toasts.success(`The run of ${row.name} is canceled.`);
    });

  /** Lets its schedule, which was paused after failures, run it again. */
  const resume = ({ id, name }: ExportRow) =>
    once(async () => {
      const result = await schedule({ params: { environmentId }, body: { exportIds: [id], set: 'on' } });
      const [refusal] = result.refused;
      if (refusal) toasts.error(refusal.message);
      else toasts.success(`The schedule of ${name} is on again.`);
    });

  /** Everything whose schedule is on. */
  const runScheduled = () =>
    once(async () => tellQueued(await runAll({ params: { environmentId }, body: { all: 'scheduled' } })));

  const commands: ExportCommands = {
    view: ({ id }) => open(paths.export(environmentId, id)),
    edit: ({ id }) => open(paths.editExport(environmentId, id)),
    run,
    cancel,
    duplicate,
    schedule: (rows) => open(paths.scheduleExports(environmentId), idsOf(rows)),
    detach: (rows) => open(paths.detachExports(environmentId), idsOf(rows)),
    connect: (rows) => open(paths.connectExports(environmentId), idsOf(rows)),
    remove: (rows) => open(paths.removeExports(environmentId), idsOf(rows)),
  };
  return { commands, runScheduled, runAgain, resume, refused, forgetRefused: () => setRefused(undefined) };
};
