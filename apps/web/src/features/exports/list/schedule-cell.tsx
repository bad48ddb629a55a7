import { makeStyles } from '@fluentui/react';
import { type ExportRow, planInWords, scheduleInWords } from '@junction/contracts';
import { Stacked, TwoLines } from '../../../ui/data-table/cell-lines.tsx';
import { exactTime, relativeTime } from '../../../ui/dates.ts';
import { useNow } from '../../../ui/use-now.ts';
import { useViewer } from '../../../ui/viewer.tsx';

const useStyles = makeStyles((theme) => ({ off: { color: theme.semanticColors.bodySubtext } }));

/**
 * When an export runs by itself, its time zone in a line of its own, or where it has none how long it is until then; one that does not, in a
 * quieter voice. The next time on hover.
 */
export const ScheduleCell = ({ schedule, nextRunAt }: Pick<ExportRow, 'schedule' | 'nextRunAt'>) => {
  const styles = useStyles();
  const viewer = useViewer();
  const now = useNow();
  const words = scheduleInWords(schedule);
  const { isOn, plan } = schedule;
  const full = plan === null ? words : `${isOn ? '' : 'Off: '}${planInWords(plan)}`;
  const next = nextRunAt === null ? '' : `. Next run ${exactTime(nextRunAt, viewer)}`;
  const zone = plan && isOn && 'timeZone' in plan ? plan.timeZone : undefined;
  const second = zone ?? (nextRunAt === null ? undefined : `Next ${relativeTime(nextRunAt, now, viewer)}`);
  return (
    <div className={isOn ? undefined : styles.off} title={`${full}${next}`}>
      {second === undefined ? (
        <TwoLines>{words}</TwoLines>
      ) : (
        <Stacked first={zone === undefined ? words : words.slice(0, words.lastIndexOf(' ('))} second={second} />
      )}
    </div>
  );
};
