import { Icon, type ITheme, makeStyles, useTheme } from '@fluentui/react';
import type { RunEvent } from '@junction/contracts';
import { dayOf, exactTime, timeOfDay } from '../../../ui/dates.ts';
import type { IconName } from '../../../ui/icons.tsx';
import { useViewer } from '../../../ui/viewer.tsx';

type Tone = 'quiet' | 'good' | 'warning' | 'bad';

const looks: Readonly<Record<RunEvent['kind'], { words: string; icon: IconName; tone: Tone }>> = {
  queued: { words: 'Asked for', icon: 'Clock', tone: 'quiet' },
  started: { words: 'Started', icon: 'Play', tone: 'quiet' },
  prepared: { words: 'The metadata is read', icon: 'CheckMark', tone: 'quiet' },
  counted: { words: 'The rows are counted', icon: 'CheckMark', tone: 'quiet' },
  moved: { words: 'All parts are moved', icon: 'CheckMark', tone: 'quiet' },
  published: { words: 'Everything is published', icon: 'CheckMark', tone: 'quiet' },
  retried: { words: 'Failed, and is tried again', icon: 'Warning', tone: 'warning' },
  takenOver: { words: 'A worker vanished, and another one has taken over', icon: 'Warning', tone: 'warning' },
  successful: { words: 'Successful', icon: 'Passed', tone: 'good' },
  failed: { words: 'Failed', icon: 'Failed', tone: 'bad' },
  skipped: { words: 'Skipped', icon: 'Skipped', tone: 'quiet' },
  canceled: { words: 'Canceled', icon: 'ErrorBadge', tone: 'quiet' },
  cleaned: { words: 'What it had staged is removed', icon: 'Delete', tone: 'quiet' },
  removedFiles: { words: 'Its files are removed', icon: 'Delete', tone: 'quiet' },
  warned: { words: 'Warning', icon: 'Warning', tone: 'warning' },
};

/** Where the worker that it happened at is worth a word. */
const placed: ReadonlySet<RunEvent['kind']> = new Set(['started', 'retried', 'takenOver']);

const colorOf = (tone: Tone, { semanticColors, palette }: ITheme): string =>
  ({
    quiet: palette.neutralSecondary,
    good: semanticColors.successIcon,
    warning: semanticColors.severeWarningIcon,
    bad: semanticColors.errorIcon,
  })[tone];

const useStyles = makeStyles((theme) => ({
  list: { listStyle: 'none', margin: 0, padding: 0 },
  entry: {
    position: 'relative',
    display: 'grid',
    gridTemplateColumns: '16px minmax(0, 1fr) auto',
    gap: '0 10px',
    padding: '5px 0',
    lineHeight: '20px',
    // The line that joins what happened one after another.
    '&:not(:last-child)::before': {
      content: '""',
      position: 'absolute',
      insetInlineStart: 7,
      top: 26,
      bottom: -4,
      borderInlineStart: `1px solid ${theme.semanticColors.bodyDivider}`,
    },
  },
  icon: { fontSize: 16, lineHeight: '20px' },
  quiet: { color: theme.semanticColors.bodySubtext, fontSize: 12, overflowWrap: 'anywhere' },
  problem: { display: 'block', lineHeight: '16px' },
  time: { fontVariantNumeric: 'tabular-nums', whiteSpace: 'nowrap' },
}));

/** What happened in the run, in the order it happened. */
export const RunTimeline = ({ events }: { events: readonly RunEvent[] }) => {
  const styles = useStyles();
  const theme = useTheme();
  const viewer = useViewer();
  return (
    <ol className={styles.list} aria-label="What happened">
      {events.map((event, index) => {
        const { words, icon, tone } = looks[event.kind];
        const day = dayOf(event.at, viewer);
        const before = events[index - 1];
        const isNewDay = before !== undefined && dayOf(before.at, viewer) !== day;
        return (
          // biome-ignore lint/suspicious/noArrayIndexKey: events have no id, and are only ever added at the end
          <li key={index} className={styles.entry}>
            <Icon iconName={icon} className={styles.icon} style={{ color: colorOf(tone, theme) }} aria-hidden />
            <div>
              {words}
              {event.part !== null && ` (part ${event.part})`}
              {event.worker !== null && placed.has(event.kind) && (
                <span className={styles.quiet}> on {event.worker}</span>
              )}
              {event.problem !== null && (
                <span className={`${styles.quiet} ${styles.problem}`}>
                  {event.problem.message} {event.problem.remedy}
                </span>
              )}
            </div>
            <time className={`${styles.quiet} ${styles.time}`} dateTime={event.at} title={exactTime(event.at, viewer)}>
              {isNewDay && `${day}, `}
              {timeOfDay(event.at, viewer)}
            </time>
          </li>
        );
      })}
    </ol>
  );
};
