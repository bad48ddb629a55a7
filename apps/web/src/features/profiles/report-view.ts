import type { ProfileChart, ProfileFilter, ProfileReport } from '@junction/contracts';
import { createContext, useContext } from 'react';

/** A report as somebody looks at it: filtered by what, which charts as tables, and how to change that. */
export type ReportView = {
  report: ProfileReport;
  /** What the report is about. */
  about: ProfileFilter;
  /** What is chosen: the same, but while the answer to it is on its way. */
  filter: ProfileFilter;
  /** Filters by a bar, or no longer. */
  onChoose: (chart: ProfileChart, key: string) => void;
  /** The charts that are shown as tables. */
  tables: readonly string[];
  onToggleTable: (chart: string) => void;
};

export const ReportContext = createContext<ReportView | undefined>(undefined);

/** The report that the charts around are about. */
export const useReportView = (): ReportView => {
  const view = useContext(ReportContext);
  if (view === undefined) throw new Error('useReportView is for what is in a report.');
  return view;
};
