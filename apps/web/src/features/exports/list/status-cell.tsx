import { makeStyles } from '@fluentui/react';
import { type ExportRow, isRunLive } from '@junction/contracts';
import { RunProgressLine } from '../../../ui/run-progress.tsx';
import { StatusBadge } from '../../../ui/status-badge.tsx';
import { useNow } from '../../../ui/use-now.ts';
import { useViewer } from '../../../ui/viewer.tsx';
import { inactiveSentence, inactiveWords, plainText } from '../inactive-words.ts';

const useStyles = makeStyles((theme) => ({
  second: {
    display: 'block',
    // Under the word, not under its icon.
    marginInlineStart: 22,
    maxWidth: 'calc(100% - 22px)',
    minWidth: 0,
    fontSize: 12,
    lineHeight: '16px',
    color: theme.semanticColors.bodySubtext,
    overflow: 'hidden',
    textOverflow: 'ellipsis',
    whiteSpace: 'nowrap',
  },
  // As wide as there is room up to a point, whatever the words under it are.
  running: { width: 160 },
}));

type Props = Pick<ExportRow, 'status' | 'inactive' | 'run' | 'autoPaused'>;

/** How an export is; in a second line how far its run is, or why it failed, is paused or inactive, in full on hover. */
export const StatusCell = (props: Props) => {
  const styles = useStyles();
  const { run } = props;
  const reason = useReason(props);
  const isRunning = props.status !== 'inactive' && run !== null && isRunLive(run.state);
  return (
    <>
      <StatusBadge status={props.status} />
      {isRunning ? (
        <div className={`${styles.second} ${styles.running}`}>
          <RunProgressLine run={run} />
        </div>
      ) : (
        reason && (
          <span className={styles.second} title={reason.full}>
            {reason.words}
          </span>
        )
      )}
    </>
  );
};

/** What there is to say about the status: a few words, and the whole sentence. */
const useReason = ({ status, inactive, run, autoPaused }: Props): { words: string; full: string } | undefined => {
  const viewer = useViewer();
  const now = useNow();
  if (status === 'inactive' && inactive !== null)
    return { words: inactiveWords[inactive.because], full: plainText(inactiveSentence(inactive, now, viewer)) };
  const problem = status === 'failed' || status === 'skipped' ? run?.problem : undefined;
  const why = problem ? `${problem.message} ${problem.remedy ?? ''}`.trim() : undefined;
  if (autoPaused !== null)
    return { words: 'Schedule paused', full: `${why ?? ''} Its schedule is paused after so many failures.`.trim() };
  return problem && why ? { words: problem.message, full: why } : undefined;
};
