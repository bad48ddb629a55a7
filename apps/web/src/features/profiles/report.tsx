import { IconButton, makeStyles } from '@fluentui/react';
import type { ProfileFilter, ProfileReportRef } from '@junction/contracts';
import { type ReactNode, useRef } from 'react';
import { isProblem } from '../../lib/errors.ts';
import { ErrorState } from '../../ui/error-state.tsx';
import { PageHeader } from '../../ui/page-header.tsx';
import { isNotTheirs } from './api.ts';
import { FilterChips } from './filter-chips.tsx';
import { filteringCharts } from './filters.ts';
import { LastImportFailed } from './last-import-failed.tsx';
import { LoadingReport } from './loading-report.tsx';
import { OldReport } from './old-report.tsx';
import { ReportBody } from './report-body.tsx';
import { ReportNumbers } from './report-numbers.tsx';
import { useReport } from './use-report.ts';
import { useReportFilter } from './use-report-filter.ts';

const useStyles = makeStyles({
  // Everything on one sheet.
  root: { '@media print': { zoom: 0.56, padding: '0 1px' } },
  aside: { display: 'flex', gap: 8, maxWidth: '100%', '@media print': { display: 'none' } },
});

type Props = {
  environmentId: string;
  connectionId: string;
  known: ProfileReportRef | undefined;
  picker: ReactNode;
  onLost: () => void;
};

/** The customer profile report of a connection: how many there are, what is known of them, and how well. */
export const Report = ({ picker, ...asked }: Props) => {
  const styles = useStyles();
  const [filter, setFilter] = useReportFilter();
  const numberRef = useRef<HTMLParagraphElement>(null);
  const { data: report, about, error, isPlaceholderData, isTaken, refetch } = useReport({ ...asked, filter });
  const isFiltered = filteringCharts(filter).length > 0;
  if (isTaken) return null;
  if (isNotTheirs(error) || (isProblem(error, 'invalidInput') && !isFiltered)) throw error;
  const read = () => void refetch();
  const filterFromChips = (next: ProfileFilter) => {
    setFilter(next);
    // The chip that had the focus is gone.
    numberRef.current?.focus();
  };
  return (
    <div className={styles.root}>
      <PageHeader
        title={report?.connection.name ?? asked.known?.connection.name ?? 'Profiles'}
        purpose="What is known of the unified customers of this connection, in numbers."
        aside={
          <div className={styles.aside}>
            {picker}
            <IconButton
              iconProps={{ iconName: 'Print' }}
              ariaLabel="Print"
              title="Print"
              onClick={() => window.print()}
            />
          </div>
        }
      />
      {report && error && <OldReport error={error} onRetry={read} />}
      {report?.failedSince && <LastImportFailed failed={report.failedSince} report={report} />}
      {report && (
        <ReportNumbers
          report={report}
          isFiltered={filteringCharts(about).length > 0}
          isOld={isPlaceholderData}
          numberRef={numberRef}
        />
      )}
      {(report ? report.profiles > 0 : isFiltered) && <FilterChips filter={filter} onFilter={filterFromChips} />}
      {report ? (
        <ReportBody report={report} about={about} filter={filter} isOld={isPlaceholderData} onFilter={setFilter} />
      ) : error ? (
        <ErrorState title="The report could not be loaded" error={error} onRetry={read} />
      ) : (
        <LoadingReport />
      )}
    </div>
  );
};
