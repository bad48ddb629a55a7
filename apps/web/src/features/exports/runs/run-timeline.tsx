import { Icon, makeStyles } from '@fluentui/react';
import type { RunEvent } from '@junction/contracts';
import { exactTime } from '../../../ui/dates.ts';
import type { IconName } from '../../../ui/icons.tsx';
import { useViewer } from '../../../ui/viewer.tsx';

const looks: Readonly<Record<RunEvent['kind'], { words: string; icon: IconName }>> = {
  queued: { words: 'Asked for', icon: 'Clock' },
  started: { words: 'Started', icon: 'Play' },
  prepared: { words: 'The metadata is read', icon: 'Passed' },
  counted: { words: 'The rows are counted', icon: 'Passed' },
  moved: { words: 'All parts are moved', icon: 'Passed' },
  published: { words: 'The files are published', icon: 'Passed' },
  retried: { words: 'Failed, and is tried again', icon: 'Warning' },
  takenOver: { words: 'A worker vanished, another one has taken over', icon: 'Warning' },
  successful: { words: 'Successful', icon: 'Passed' },
  failed: { words: 'Failed', icon: 'Failed' },
  skipped: { words: 'Skipped', icon: 'Skipped' },
  canceled: { words: 'Canceled', icon: 'ErrorBadge' },
  cleaned: { words: 'What it had staged is removed', icon: 'Delete' },
  removedFiles: { words: 'Its files are removed', icon: 'Delete' },
  warned: { words: 'Warning', icon: 'Warning' },
};

const useStyles = makeStyles((theme) => ({
  list: { listStyle: 'none', margin: 0, padding: 0 },
  entry: { display: 'grid', gridTemplateColumns: '20px minmax(0, 1fr) auto', gap: '0 8px', padding: '6px 0' },
  quiet: { color: theme.semanticColors.bodySubtext, fontSize: 12, fontVariantNumeric: 'tabular-nums' },
  problem: { display: 'block', color: theme.semanticColors.bodySubtext, fontSize: 12 },
}));

/** What happened in the run, in the order it happened. */
export const RunTimeline = ({ events }: { events: readonly RunEvent[] }) => {
  const styles = useStyles();
  const viewer = useViewer();
  return (
    <ol className={styles.list}>
      {events.map((event, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: events have no id, and are only ever added at the end
        <li key={index} className={styles.entry}>
          <Icon iconName={looks[event.kind].icon} aria-hidden />
          <div>
            {looks[event.kind].words}
            {event.part !== null && ` (part ${event.part})`}
            {event.problem !== null && (
              <span className={styles.problem}>
                {event.problem.message} {event.problem.remedy}
              </span>
            )}
          </div>
          <time className={styles.quiet} dateTime={event.at}>
            {exactTime(event.at, viewer)}
          </time>
        </li>
      ))}
    </ol>
  );
};
