import { MessageBar, MessageBarType, makeStyles } from '@fluentui/react';
import { isRunLive, type Run, type RunProblem } from '@junction/contracts';
import { cancellationWords, runSeconds } from '../../../lib/run-words.ts';
import { counted, sizeInWords, spanInWords } from '../../../lib/sizes.ts';
import { formatNumber } from '../../../lib/words.ts';
import { DetailList } from '../../../ui/detail-list.tsx';
import { RelativeTime } from '../../../ui/relative-time.tsx';
import { RunProgressBar } from '../../../ui/run-progress.tsx';
import { StatusBadge } from '../../../ui/status-badge.tsx';
import { useNow } from '../../../ui/use-now.ts';

const useStyles = makeStyles((theme) => ({
  root: { display: 'flex', flexDirection: 'column', gap: 12 },
  badge: { display: 'flex', fontWeight: 600 },
  numbers: { fontVariantNumeric: 'tabular-nums' },
  where: { display: 'block', fontSize: 12, color: theme.semanticColors.bodySubtext, marginTop: 4 },
}));

/** How the run stands: its state, how far it is, what is wrong and what to do about it. */
export const RunSummary = ({ run }: { run: Run }) => {
  const styles = useStyles();
  const now = useNow();
  const seconds = runSeconds(run, now);
  const { rowsWritten, rowsRejected, bytesWritten } = run.progress;
  return (
    <div className={styles.root}>
      <span className={styles.badge}>
        <StatusBadge status={run.state} />
      </span>
      {isRunLive(run.state) && <RunProgressBar run={run} />}
      {run.problem !== null && <Problem problem={run.problem} isFinal={run.finishedAt !== null} state={run.state} />}
      {run.canceled !== null && (
        <MessageBar messageBarType={MessageBarType.info} isMultiline delayedRender={false}>
          {cancellationWords(run.canceled)}. Nothing of this run is visible at the destination.
        </MessageBar>
      )}
      <div className={styles.numbers}>
        <DetailList
          items={[
            { term: 'Asked for', value: <Asked run={run} /> },
            ...(seconds === undefined || run.finishedAt === null
              ? []
              : [{ term: 'Duration', value: spanInWords(seconds) }]),
            { term: 'Rows', value: formatNumber(rowsWritten) },
            ...(rowsRejected === 0 ? [] : [{ term: 'Set aside', value: counted(rowsRejected, 'row') }]),
            { term: 'Written', value: sizeInWords(bytesWritten) },
            ...(run.retries === 0 ? [] : [{ term: 'Tried again', value: counted(run.retries, 'time') }]),
            { term: 'Connection', value: run.connection.name },
          ]}
        />
      </div>
    </div>
  );
};

const Asked = ({ run }: { run: Run }) => (
  <>
    <RelativeTime at={run.queuedAt} />
    {run.requestedBy !== null && ` by ${run.requestedBy.name}`}
  </>
);

const Problem = ({ problem, isFinal, state }: { problem: RunProblem; isFinal: boolean; state: Run['state'] }) => {
  const styles = useStyles();
  const { entity, file, line } = problem;
  const where = [entity, file, line === undefined ? undefined : `line ${line}`].filter((part) => part !== undefined);
  const type = isFinal && state === 'failed' ? MessageBarType.error : MessageBarType.warning;
  return (
    <MessageBar messageBarType={type} isMultiline delayedRender={false}>
      {problem.message} {problem.remedy}
      {where.length > 0 && <span className={styles.where}>{where.join(', ')}</span>}
      {!isFinal && <span className={styles.where}>It is tried again by itself.</span>}
    </MessageBar>
  );
};
