import { DefaultButton, makeStyles, Shimmer } from '@fluentui/react';
import type { Export, Run } from '@junction/contracts';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { paths } from '../../../lib/paths.ts';
import { askedWords, runSeconds } from '../../../lib/run-words.ts';
import { counted, spanInWords } from '../../../lib/sizes.ts';
import { exactTime } from '../../../ui/dates.ts';
import { ErrorState } from '../../../ui/error-state.tsx';
import { PanelLink } from '../../../ui/panel-link.tsx';
import { RelativeTime } from '../../../ui/relative-time.tsx';
import { barsAtMost, RunStrip } from '../../../ui/run-strip.tsx';
import { StatusBadge } from '../../../ui/status-badge.tsx';
import { useViewer } from '../../../ui/viewer.tsx';
import { exportRunsQuery } from '../api.ts';

/** Runs that are told in words before somebody asks for older ones. */
const shownAtFirst = 5;

const useStyles = makeStyles((theme) => ({
  list: {
    listStyle: 'none',
    margin: '12px 0 0',
    padding: 0,
    borderTop: `1px solid ${theme.semanticColors.bodyDivider}`,
  },
  entry: {
    display: 'grid',
    gridTemplateColumns: '104px minmax(0, 1fr)',
    gap: '0 12px',
    alignItems: 'start',
    padding: '6px 0',
    lineHeight: '20px',
    borderBottom: `1px solid ${theme.semanticColors.bodyDivider}`,
  },
  quiet: { color: theme.semanticColors.bodySubtext, fontSize: 12, fontVariantNumeric: 'tabular-nums', margin: 0 },
  more: { marginTop: 12 },
}));

/** The runs of an export, newest first: as bars, and each in words with the way to its details. */
export const RunHistory = ({ of }: { of: Export }) => {
  const styles = useStyles();
  const viewer = useViewer();
  const [shown, setShown] = useState(shownAtFirst);
  const history = useInfiniteQuery(exportRunsQuery(of.environmentId, of.id));
  const runs = history.data;
  if (runs === undefined)
    return history.error === null ? (
      <Shimmer />
    ) : (
      <ErrorState title="The runs could not be loaded" error={history.error} onRetry={() => history.refetch()} />
    );
  if (runs.length === 0) return <p className={styles.quiet}>It has not run yet.</p>;
  const showOlder = () => {
    if (shown >= runs.length) void history.fetchNextPage();
    setShown(shown + barsAtMost);
  };
  return (
    <>
      <RunStrip runs={runs.slice(0, barsAtMost)} timeText={(at) => exactTime(at, viewer)} />
      <ul className={styles.list} aria-label="Runs, newest first">
        {runs.slice(0, shown).map((run) => (
          <li key={run.id} className={styles.entry}>
            <StatusBadge status={run.state} />
            <div>
              <PanelLink path={paths.run(run.environmentId, of.id, run.id)}>
                <RelativeTime at={run.queuedAt} />
              </PanelLink>{' '}
              <span className={styles.quiet}>{runInWords(run)}</span>
              {run.problem !== null && run.finishedAt !== null && <p className={styles.quiet}>{run.problem.message}</p>}
            </div>
          </li>
        ))}
      </ul>
      {(history.hasNextPage || shown < runs.length) && (
        <DefaultButton
          className={styles.more}
          text={history.isFetchingNextPage ? 'Loading …' : 'Show older runs'}
          disabled={history.isFetchingNextPage}
          allowDisabledFocus
          onClick={showOlder}
        />
      )}
    </>
  );
};

/** "On demand by Ada Admin · 40 s · 30,000 rows". */
const runInWords = (run: Run): string => {
  const seconds = run.finishedAt === null ? undefined : runSeconds(run, new Date(run.finishedAt));
  return [
    askedWords(run),
    ...(seconds === undefined ? [] : [spanInWords(seconds)]),
    ...(run.progress.rowsWritten === 0 ? [] : [counted(run.progress.rowsWritten, 'row')]),
  ].join(' · ');
};
