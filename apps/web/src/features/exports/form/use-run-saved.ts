import type { Export } from '@junction/contracts';
import { useRef } from 'react';
import { useLocation, useNavigate } from 'react-router';
import { paths } from '../../../lib/paths.ts';
import { leaveUnguarded } from '../../../ui/leave-guard.tsx';
import { useToasts } from '../../../ui/toasts.tsx';
import { useRunExport } from '../api.ts';

/** Runs an export that was just saved, and shows the run. Its form is closed by then: what keeps it from running is told beside the list. */
export const useRunSaved = (environmentId: string) => {
  const { mutateAsync: run } = useRunExport(environmentId);
  const { search } = useLocation();
  const navigate = useNavigate();
  const toasts = useToasts();
  const isUnderWay = useRef(false);
  return async ({ id: exportId, name }: Pick<Export, 'id' | 'name'>): Promise<void> => {
    if (isUnderWay.current) return;
    isUnderWay.current = true;
    try {
      const { id: runId } = await run({ params: { environmentId, exportId } });
      // The form may still be on its way out: what it asks about is saved.
      await navigate({ pathname: paths.run(environmentId, exportId, runId), search }, leaveUnguarded);
    } catch (error) {
      const why = error instanceof Error ? error.message : 'That did not work.';
      toasts.error(`${name} is saved and does not run. ${why}`);
    } finally {
      isUnderWay.current = false;
    }
  };
};
