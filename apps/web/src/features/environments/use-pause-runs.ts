import * as contract from '@junction/contracts';
import { useQueryClient } from '@tanstack/react-query';
import { isProblem } from '../../lib/errors.ts';
import { keyOf } from '../../lib/queries.ts';
import { useSubmit } from '../../lib/use-submit.ts';
import { useToasts } from '../../ui/toasts.tsx';
import { useEnvironmentChanged } from './api.ts';

/** What shows when things run next, or who paused them. */
const shown = [contract.listExports, contract.getExport, contract.getStatus, contract.listActivity];

/** Pauses all runs of an environment, or resumes them, and says so. */
export const usePauseRuns = ({ id: environmentId, etag }: contract.Environment) => {
  const queryClient = useQueryClient();
  const toasts = useToasts();
  const environmentChanged = useEnvironmentChanged();
  const stale = (endpoint: contract.AnyEndpoint) =>
    queryClient.invalidateQueries({ queryKey: [...keyOf(endpoint), { environmentId }] });
  const { mutate, isPending, error } = useSubmit(contract.updateEnvironment, {
    onSuccess: async (saved) => {
      toasts.success(
        saved.pausedAt === null ? `${saved.name} goes on running.` : `All runs of ${saved.name} are paused.`,
      );
      await environmentChanged(saved);
      await Promise.all(shown.map(stale));
    },
  });
  const setPaused = (isPaused: boolean, then: { onSuccess?: () => void; onError?: (error: Error) => void } = {}) =>
    mutate(
      { params: { environmentId }, body: { isPaused }, ifMatch: etag },
      {
        onSuccess: then.onSuccess,
        onError: (thrown) => {
          then.onError?.(thrown);
          // Somebody else changed the environment: what they made of it is shown, and trying again goes on from there.
          if (isProblem(thrown, 'preconditionFailed')) void stale(contract.getEnvironment);
        },
      },
    );
  return { setPaused, isPending, error };
};
