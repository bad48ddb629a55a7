import { makeStyles } from '@fluentui/react';
import { planInWords, type Schedule, scheduleInWords } from '@junction/contracts';
import { Stacked, TwoLines } from '../../../ui/data-table/cell-lines.tsx';

const useStyles = makeStyles((theme) => ({ off: { color: theme.semanticColors.bodySubtext } }));

/** When an export runs by itself, the time zone in a line of its own; one that does not, in a quieter voice. */
export const ScheduleCell = ({ schedule }: { schedule: Schedule }) => {
  const styles = useStyles();
  const words = scheduleInWords(schedule);
  const { isOn, plan } = schedule;
  const full = plan === null ? words : `${isOn ? '' : 'Off: '}${planInWords(plan)}`;
  const zone = plan && isOn && 'timeZone' in plan ? plan.timeZone : undefined;
  return (
    <div className={isOn ? undefined : styles.off} title={full}>
      {zone === undefined ? (
        <TwoLines>{words}</TwoLines>
      ) : (
        <Stacked first={words.slice(0, words.lastIndexOf(' ('))} second={zone} />
      )}
    </div>
  );
};
