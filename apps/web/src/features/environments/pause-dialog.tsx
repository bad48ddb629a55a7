import { useNavigate } from 'react-router';
import { paths } from '../../lib/paths.ts';
import { useEnvironment } from '../../lib/session.ts';
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx';
import { usePauseRuns } from './use-pause-runs.ts';

/** Pauses all runs of the environment, after saying what that means. */
export const PauseDialog = () => {
  const environment = useEnvironment();
  const navigate = useNavigate();
  const { setPaused, isPending, error } = usePauseRuns(environment);
  const close = () => void navigate(paths.settings(environment.id));
  return (
    <ConfirmDialog
      title={`Pause all runs of ${environment.name}?`}
      consequences={[
        'No run starts any more, neither on demand nor by schedule.',
        'Runs that are under way go on to their end; those that wait go on waiting.',
        'Times of schedules that come meanwhile are passed over, not made up for. Once resumed, each export runs at its next time.',
        'Connections are checked as before.',
        'Everybody in the environment sees that it is paused. Any admin can resume it.',
      ]}
      confirmText="Pause all runs"
      isDangerous={false}
      isBusy={isPending}
      error={error}
      onConfirm={() => setPaused(true, { onSuccess: close })}
      onCancel={close}
    />
  );
};
