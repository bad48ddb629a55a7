import { hiddenContentStyle, MessageBar, MessageBarType, makeStyles } from '@fluentui/react';
import { type Environment, isRunLive, type Run, type RunDetails, type RunProblem } from '@junction/contracts';
import { cancellationWords, phaseWords, runSeconds } from '../../../lib/run-words.ts';
import { counted, sizeInWords, spanInWords } from '../../../lib/sizes.ts';
import { formatNumber } from '../../../lib/words.ts';
import { DetailList } from '../../../ui/detail-list.tsx';
import { RelativeTime } from '../../../ui/relative-time.tsx';
import { RunProgressBar } from '../../../ui/run-progress.tsx';
import { StatusBadge, statusWords } from '../../../ui/status-badge.tsx';
import { useNow } from '../../../ui/use-now.ts';

const useStyles = makeStyles((theme) => ({
  root: { display: 'flex', flexDirection: 'column', gap: 12 },
  badge: { display: 'flex', fontWeight: 600 },
  numbers: { fontVariantNumeric: 'tabular-nums' },
  where: { display: 'block', fontSize: 12, color: theme.semanticColors.bodySubtext, marginTop: 4 },
  hidden: hiddenContentStyle,
}));

/** How the run stands: its state, how far it is, what is wrong and what to do about it. */
export const RunSummary = ({ run, environment }: { run: RunDetails; environment: Environment }) => {
  const styles = useStyles();
  const isUnderWay = isRunLive(run.state);
  const warnings = run.events.flatMap(({ kind, problem }) => (kind === 'warned' && problem !== null ? [problem] : []));
  return (
    <div className={styles.root}>
      <span className={styles.badge}>
        <StatusBadge status={run.state} />
      </span>
      <span role="status" className={styles.hidden}>
        {isUnderWay ? `${statusWords(run.state)}: ${phaseWords[run.phase]}` : statusWords(run.state)}
      </span>
      {isUnderWay && <RunProgressBar run={run} />}
      {run.state === 'queued' && environment.pausedAt !== null && (
        <MessageBar messageBarType={MessageBarType.warning} isMultiline delayedRender={false}>
          {environment.name} is paused. The run starts when it is resumed.
        </MessageBar>
      )}
      {run.problem !== null && <Problem run={run} problem={run.problem} />}
      {run.canceled !== null && (
        <MessageBar messageBarType={MessageBarType.info} isMultiline delayedRender={false}>
          {cancellationWords(run.canceled)}. {nothingSeen(run)}
        </MessageBar>
      )}
      {[...new Set(warnings.map(wordsOf))].map((words) => (
        <MessageBar key={words} messageBarType={MessageBarType.warning} isMultiline delayedRender={false}>
          {words}
        </MessageBar>
      ))}
      <div className={styles.numbers}>
        <Numbers run={run} />
      </div>
    </div>
  );
};

const wordsOf = ({ message, remedy }: RunProblem): string => `${message} ${remedy ?? ''}`.trim();

/** What the destination has of a run that came to nothing. */
const nothingSeen = ({ entities }: RunDetails): string =>
  entities.some(({ folder }) => folder === null)
    ? 'Batches that were sent before stay with the receiver, who is not told that the run is complete.'
    : 'Nothing of it can be seen at the destination.';

const Numbers = ({ run }: { run: Run }) => {
  const { rowsWritten, rowsRejected, bytesRead, bytesWritten } = run.progress;
  const isOver = run.finishedAt !== null;
  const now = useNow('seconds');
  const seconds = runSeconds(run, now);
  const speed = isOver && seconds !== undefined && seconds >= 1 && bytesRead > 0 ? bytesRead / seconds : undefined;
  return (
    <DetailList
      items={[
        {
          term: 'Asked for',
          value: (
            <>
              <RelativeTime at={run.queuedAt} />
              {run.requestedBy !== null && ` by ${run.requestedBy.name}`}
            </>
          ),
        },
        // Whole seconds while it ticks.
        { term: 'Duration', value: seconds === undefined ? '—' : spanInWords(isOver ? seconds : Math.floor(seconds)) },
        { term: 'Rows', value: formatNumber(rowsWritten) },
        ...(rowsRejected === 0 ? [] : [{ term: 'Set aside', value: counted(rowsRejected, 'row') }]),
        {
          term: 'Size',
          value: `${sizeInWords(bytesWritten)} written, ${sizeInWords(bytesRead)} read${speed === undefined ? '' : ` (${sizeInWords(speed)}/s)`}`,
        },
        ...(run.retries === 0 ? [] : [{ term: 'Tried again', value: counted(run.retries, 'time') }]),
        { term: 'Connection', value: run.connection.name },
      ]}
    />
  );
};

const Problem = ({ run, problem }: { run: Run; problem: RunProblem }) => {
  const styles = useStyles();
  const { entity, file, line } = problem;
  const where = [entity, file, line === undefined ? undefined : `line ${formatNumber(line)}`].filter(
    (part) => part !== undefined,
  );
  return (
    <MessageBar
      messageBarType={run.state === 'failed' ? MessageBarType.error : MessageBarType.warning}
      isMultiline
      delayedRender={false}
    >
      {wordsOf(problem)}
      {where.length > 0 && <span className={styles.where}>{where.join(', ')}</span>}
    </MessageBar>
  );
};
