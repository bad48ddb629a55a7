import type { ProfileBars, ProfileChart } from '@junction/contracts';
import type { ReactNode } from 'react';
import { capitalized } from '../../lib/words.ts';
import { BarChart, type ChartProps } from './charts/bar-chart.tsx';
import { ChartCard } from './charts/chart-card.tsx';
import { ColumnChart } from './charts/column-chart.tsx';
import { RankedBars } from './charts/ranked-bars.tsx';
import { marksOf, ranked, unknownWords } from './marks.ts';
import { useReportView } from './report-view.ts';
import { chartTitles, medianWords } from './words.ts';

/** What each chart is drawn as. */
const drawings: Readonly<Record<ProfileChart, (props: ChartProps) => ReactNode>> = {
  gender: (props) => <BarChart {...props} scale="whole" />,
  age: (props) => <ColumnChart {...props} />,
  country: (props) => <RankedBars {...props} />,
  city: (props) => <RankedBars {...props} />,
  income: (props) => <ColumnChart {...props} />,
};

/** The order of these follows the number of people, not the values. */
const isRanked = (chart: ProfileChart): boolean => chart === 'country' || chart === 'city';

/** "Median 43 years · 6% unknown". While something filters there is no median. */
const summaryOf = (chart: ProfileChart, { median }: ProfileBars, unknown: string | undefined): string | undefined => {
  const known = [median === null ? undefined : medianWords(chart, median), unknown];
  const words = known.filter((part) => part !== undefined).join(' · ');
  return words === '' ? undefined : capitalized(words);
};

/** A chart of the values of one trait, by which the whole report can be filtered. */
export const ValueCard = ({
  chart,
  values,
  title = chartTitles[chart],
}: {
  chart: ProfileChart;
  values: ProfileBars;
  title?: string;
}) => {
  const { report, filter, onChoose } = useReportView();
  const inOrder = marksOf(chart, values, report.threshold);
  const marks = isRanked(chart) ? ranked(inOrder) : inOrder;
  const shown = { marks, chosen: filter[chart], onChoose: (key: string) => onChoose(chart, key) };
  return (
    <ChartCard
      id={chart}
      title={title}
      text={summaryOf(chart, values, unknownWords(marks))}
      head={[chartTitles[chart], 'People']}
      none="Nobody is left by the filters."
      {...shown}
    >
      {(svgRef) => drawings[chart]({ ...shown, label: title, svgRef })}
    </ChartCard>
  );
};
