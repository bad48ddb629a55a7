import type { BulkResult, ExportRow } from '@junction/contracts';
import { useRef, useState } from 'react';
import { paths } from '../../lib/paths.ts';
import { useEnvironment } from '../../lib/session.ts';
import { exportCount } from '../../lib/words.ts';
import { useToasts } from '../../ui/toasts.tsx';
import { useDuplicateExports } from './api.ts';
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
  const { open } = useExportPanels(environmentId);
  const { mutateAsync } = useDuplicateExports(environmentId);
  const toasts = useToasts();
  const isUnderWay = useRef(false);
  const [refused, setRefused] = useState<BulkResult>();

  const duplicate = async (chosen: readonly ExportRow[]) => {
    if (isUnderWay.current) return;
    isUnderWay.current = true;
    const rows = allowedFor(role, chosen, 'duplicate');
    try {
      const result = await mutateAsync({
        params: { environmentId },
        body: { exportIds: rows.map(({ id }) => id) },
      });
      const [copyId] = result.done;
      if (result.refused.length > 0) setRefused(result);
      else if (result.done.length === 1 && copyId !== undefined)
        toasts.success(`${rows[0]?.name} is duplicated; the schedule of the copy is off. `, {
          text: 'Show the copy',
          onClick: () => void open(paths.export(environmentId, copyId)),
        });
      else toasts.success(`${exportCount(result.done.length)} are duplicated; the schedules of the copies are off.`);
    } catch (error) {
      toasts.error(error instanceof Error ? error.message : 'That did not work.');
    } finally {
      isUnderWay.current = false;
    }
  };

  const commands: ExportCommands = {
    view: ({ id }) => open(paths.export(environmentId, id)),
    edit: ({ id }) => open(paths.editExport(environmentId, id)),
    duplicate,
    schedule: (rows) => open(paths.scheduleExports(environmentId), idsOf(rows)),
    detach: (rows) => open(paths.detachExports(environmentId), idsOf(rows)),
    connect: (rows) => open(paths.connectExports(environmentId), idsOf(rows)),
    remove: (rows) => open(paths.removeExports(environmentId), idsOf(rows)),
  };
  return { commands, refused, forgetRefused: () => setRefused(undefined) };
};
