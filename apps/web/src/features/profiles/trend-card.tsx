import { counted } from '../../lib/sizes.ts';
import { dayOf } from '../../ui/dates.ts';
import { useViewer } from '../../ui/viewer.tsx';
import { ChartCard } from './charts/chart-card.tsx';
import { type Point, TrendChart } from './charts/trend-chart.tsx';
import { useReportView } from './report-view.ts';

/** How many profiles there were after each import that changed something. */
export const TrendCard = () => {
  const viewer = useViewer();
  const { report } = useReportView();
  const points = report.trend.map(
    ({ at, profiles }): Point => ({
      key: at,
      at: Date.parse(at),
      name: dayOf(at, viewer),
      people: profiles,
      share: null,
      words: counted(profiles, 'profile'),
      isRest: false,
      isChoosable: false,
    }),
  );
  return (
    <ChartCard
      id="trend"
      title="Profiles over time"
      text="After each import that changed something, whatever filters."
      head={['Imported', 'Profiles']}
      marks={points}
      none="There was no import yet."
    >
      {(svgRef) => (
        <TrendChart
          label="Profiles over time"
          points={points}
          svgRef={svgRef}
          dayText={(at) => dayOf(new Date(at).toISOString(), viewer)}
        />
      )}
    </ChartCard>
  );
};
