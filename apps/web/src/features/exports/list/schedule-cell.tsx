import { makeStyles } from '@fluentui/react';
import { type Schedule, scheduleInWords } from '@junction/contracts';
import { TwoLines } from '../../../ui/data-table/cell-lines.tsx';

const useStyles = makeStyles((theme) => ({ off: { color: theme.semanticColors.bodySubtext } }));

/** When an export runs by itself; one that does not, in a quieter voice. */
export const ScheduleCell = ({ schedule }: { schedule: Schedule }) => {
  const styles = useStyles();
  const words = scheduleInWords(schedule);
  return (
    <span className={schedule.isOn ? undefined : styles.off}>
      <TwoLines>{words}</TwoLines>
    </span>
  );
};
