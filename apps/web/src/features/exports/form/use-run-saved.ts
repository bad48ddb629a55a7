import type { Export } from '@junction/contracts';
import { useNavigate } from 'react-router';
import { paths } from '../../../lib/paths.ts';
import { useToasts } from '../../../ui/toasts.tsx';
import { useRunExport } from '../api.ts';

/** Runs an export that was just saved, and shows the run. Its form is closed by then: what keeps it from running is told beside the list. */
export const useRunSaved = (environmentId: string) => {
  const { mutateAsync: run } = useRunExport(environmentId);
  const navigate = useNavigate();
  const toasts = useToasts();
  return async ({ id: exportId, name }: Pick<Export, 'id' | 'name'>): Promise<void> => {
    try {
      const { id: runId } = await run({ params: { environmentId, exportId } });
      await navigate(paths.run(environmentId, exportId, runId));
    } catch (error) {
      const why = error instanceof Error ? error.message : 'That did not work.';
      toasts.error(`${name} is saved and does not run. ${why}`);
    }
  };
};
