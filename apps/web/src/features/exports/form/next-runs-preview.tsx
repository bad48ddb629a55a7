import { makeStyles } from '@fluentui/react';
import { useId } from '@fluentui/react-hooks';
import type { SchedulePlan } from '@junction/contracts';
import { nextRuns } from '@junction/schedules';
import { useNow } from '../../../ui/use-now.ts';
import { useViewer } from '../../../ui/viewer.tsx';
import { runTime } from './run-times.ts';

/** Enough to see the rhythm. */
const shownRuns = 3;

const useStyles = makeStyles((theme) => ({
  root: {
    border: `1px solid ${theme.semanticColors.bodyDivider}`,
    borderRadius: 4,
    padding: '8px 12px',
    background: theme.semanticColors.bodyStandoutBackground,
  },
  title: { fontWeight: 600, fontSize: 12, color: theme.semanticColors.bodySubtext, margin: '0 0 4px' },
  list: { margin: 0, padding: 0, listStyle: 'none', lineHeight: '22px', fontVariantNumeric: 'tabular-nums' },
  here: { color: theme.semanticColors.bodySubtext, fontSize: 12, marginInlineStart: 8, whiteSpace: 'nowrap' },
  none: { margin: 0, color: theme.semanticColors.bodySubtext },
}));

const zoneWords = (zone: string): string => zone.replaceAll('_', ' ');

/** The next runs of a plan that is complete, on the clocks that the plan follows and on the viewer's. */
export const NextRunsPreview = ({ plan, isComplete }: { plan: SchedulePlan; isComplete: boolean }) => {
  const styles = useStyles();
  const titleId = useId('next-runs');
  const viewer = useViewer();
  const now = useNow();
  const zone = plan.type === 'interval' ? undefined : plan.timeZone;
  const runs = isComplete ? nextRuns(plan, now, shownRuns) : [];
  const shownZone = zone ?? viewer.timeZone;
  return (
    <section className={styles.root} aria-labelledby={titleId}>
      <h3 id={titleId} className={styles.title}>
        Next three runs{shownZone !== undefined && ` (${zoneWords(shownZone)})`}
      </h3>
      {runs.length === 0 ? (
        <p className={styles.none}>They appear here once the schedule is complete.</p>
      ) : (
        <ol className={styles.list}>
          {runs.map((at) => {
            const { there, here } = runTime(at, zone, viewer);
            return (
              <li key={at}>
                <time dateTime={at}>{there}</time>
                {here !== undefined && <span className={styles.here}>{here} your time</span>}
              </li>
            );
          })}
        </ol>
      )}
    </section>
  );
};
