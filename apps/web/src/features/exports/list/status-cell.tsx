import { makeStyles } from '@fluentui/react';
import { type ExportRow, isRunLive } from '@junction/contracts';
import { RunProgressBar } from '../../../ui/run-progress.tsx';
import { StatusBadge } from '../../../ui/status-badge.tsx';
import { useNow } from '../../../ui/use-now.ts';
import { useViewer } from '../../../ui/viewer.tsx';
import { inactiveSentence, inactiveWords, plainText } from '../inactive-words.ts';

const useStyles = makeStyles((theme) => ({
  reason: {
    display: 'block',
    marginInlineStart: 22,
    fontSize: 12,
    lineHeight: '16px',
    color: theme.semanticColors.bodySubtext,
  },
}));

/** How an export is: how far its run is, or why it failed or is inactive; the whole sentence on hover. */
export const StatusCell = ({
  status,
  inactive,
  run,
  autoPaused,
}: Pick<ExportRow, 'status' | 'inactive' | 'run' | 'autoPaused'>) => {
  const styles = useStyles();
  const viewer = useViewer();
  const now = useNow();
  return (
    <>
      <StatusBadge status={status} />
      {status !== 'inactive' && run !== null && isRunLive(run.state) && <RunProgressBar run={run} />}
      {status === 'failed' && run?.problem && (
        <span className={styles.reason} title={`${run.problem.message} ${run.problem.remedy ?? ''}`}>
          {run.problem.message}
        </span>
      )}
      {autoPaused !== null && <span className={styles.reason}>Schedule paused</span>}
      {status === 'inactive' && inactive !== null && (
        <span className={styles.reason} title={plainText(inactiveSentence(inactive, now, viewer))}>
          {inactiveWords[inactive.because]}
        </span>
      )}
    </>
  );
};
