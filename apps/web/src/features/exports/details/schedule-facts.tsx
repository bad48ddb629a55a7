import { makeStyles } from '@fluentui/react';
import { type Environment, type Export, planInWords } from '@junction/contracts';
import { DetailList } from '../../../ui/detail-list.tsx';
import { useViewer } from '../../../ui/viewer.tsx';
import { runTime } from '../form/run-times.ts';

const useStyles = makeStyles((theme) => ({
  runs: { margin: 0, padding: 0, listStyle: 'none', lineHeight: '22px', fontVariantNumeric: 'tabular-nums' },
  quiet: { color: theme.semanticColors.bodySubtext },
}));

/** When the export runs by itself: the plan in words, and its next runs on the viewer's clock. */
export const ScheduleFacts = ({ environment, of }: { environment: Environment; of: Export }) => {
  const styles = useStyles();
  const viewer = useViewer();
  const { plan, isOn } = of.schedule;
  const zone = viewer.timeZone ?? Intl.DateTimeFormat().resolvedOptions().timeZone;
  const items = [{ term: 'Runs', value: scheduleText(of.schedule) }];
  if (!isOn || plan === null) return <DetailList items={items} />;
  return (
    <DetailList
      items={[
        ...items,
        {
          term: 'Next runs',
          value:
            of.nextRuns.length === 0 ? (
              <span className={styles.quiet}>{noneWords(environment, of)}</span>
            ) : (
              <>
                <ol className={styles.runs}>
                  {of.nextRuns.map((at) => (
                    <li key={at}>
                      <time dateTime={at}>{runTime(at, undefined, viewer).there}</time>
                    </li>
                  ))}
                </ol>
                <span className={styles.quiet}>Your time zone, {zone.replaceAll('_', ' ')}</span>
              </>
            ),
        },
      ]}
    />
  );
};

/** Why a schedule that is on has no next run. */
const noneWords = ({ name, pausedAt }: Environment, { status, autoPaused }: Export): string => {
  if (status === 'inactive') return 'None while it is inactive';
  if (autoPaused !== null) return 'None while it is paused';
  return pausedAt === null ? 'None any more' : `None while ${name} is paused`;
};

const scheduleText = ({ isOn, plan }: Export['schedule']): string => {
  if (plan === null) return 'Only when somebody starts it';
  return isOn ? planInWords(plan) : `Only when somebody starts it; its schedule is off (${planInWords(plan)})`;
};
