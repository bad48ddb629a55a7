import { MessageBar, MessageBarType, makeStyles, mergeStyles } from '@fluentui/react';
import type { ProfileFilter, ProfileReport } from '@junction/contracts';
import { formatNumber } from '../../lib/words.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { splitValues } from '../../ui/filter-dropdown.tsx';
import { useUrlState } from '../../ui/url-state.ts';
import { toggled } from './filters.ts';
import { ReportCharts } from './report-charts.tsx';
import { ReportContext } from './report-view.ts';

const useStyles = makeStyles({
  root: { transition: 'opacity 150ms' },
  old: { opacity: 0.55 },
});

const isAllHidden = ({ charts }: ProfileReport): boolean => {
  const bars = Object.values(charts).flatMap((values) => values?.bars ?? []);
  return bars.length > 0 && bars.every(({ people }) => people === null);
};

type Props = {
  report: ProfileReport;
  about: ProfileFilter;
  filter: ProfileFilter;
  /** About another filter than the chosen one, until the answer is there. */
  isOld: boolean;
  onFilter: (filter: ProfileFilter) => void;
};

/** The charts of a report, or why there is nothing in them. */
export const ReportBody = ({ report, about, filter, isOld, onFilter }: Props) => {
  const styles = useStyles();
  const [{ tables }, setState] = useUrlState({ tables: '' });
  const shown = splitValues(tables);
  const toggleTable = (chart: string) =>
    setState({ tables: (shown.includes(chart) ? shown.filter((one) => one !== chart) : [...shown, chart]).join(',') });
  if (report.profiles === 0)
    return (
      <EmptyState
        icon="Profiles"
        title="There are no profiles"
        text="The last import went well and found no unified customers. As soon as there are some, they are counted here."
      />
    );
  return (
    <div className={mergeStyles(styles.root, isOld && styles.old)} aria-busy={isOld}>
      {isAllHidden(report) && (
        <MessageBar
          messageBarType={MessageBarType.info}
          delayedRender={false}
          isMultiline
          styles={{ root: { marginBottom: 16 } }}
        >
          These are so few people that every group is hidden: a group needs at least {formatNumber(report.threshold)}.
        </MessageBar>
      )}
      <ReportContext
        value={{
          report,
          about,
          filter,
          onChoose: (chart, key) => onFilter(toggled(filter, chart, key)),
          tables: shown,
          onToggleTable: toggleTable,
        }}
      >
        <ReportCharts />
      </ReportContext>
    </div>
  );
};
