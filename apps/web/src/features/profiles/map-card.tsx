import { makeStyles, Shimmer, ShimmerElementType } from '@fluentui/react';
import type { ProfileBars } from '@junction/contracts';
import { lazy, Suspense } from 'react';
import { ChartCard } from './charts/chart-card.tsx';
import { marksOf, ranked } from './marks.ts';
import { useReportView } from './report-view.ts';
import { chartTitles } from './words.ts';

// The outlines of the countries are larger than the rest of the page.
const WorldMap = lazy(async () => ({ default: (await import('./charts/world-map.tsx')).WorldMap }));

const useStyles = makeStyles({
  // As high as the map will be, so that nothing jumps.
  place: { aspectRatio: '960 / 440', width: '100%' },
});

const loading = [{ type: ShimmerElementType.line, width: '100%', height: 180 }];

/** Where people are, on a map of the world. */
export const MapCard = ({ values }: { values: ProfileBars }) => {
  const styles = useStyles();
  const { report, filter, onChoose } = useReportView();
  const marks = ranked(marksOf('country', values, report.threshold));
  return (
    <ChartCard
      id="map"
      title="Map"
      head={[chartTitles.country, 'People']}
      marks={marks}
      none="Nobody is left by the filters."
      hasTable={false}
    >
      {(svgRef) => (
        <div className={styles.place}>
          <Suspense fallback={<Shimmer shimmerElements={loading} />}>
            <WorldMap
              marks={marks}
              chosen={filter.country}
              onChoose={(key) => onChoose('country', key)}
              svgRef={svgRef}
            />
          </Suspense>
        </div>
      )}
    </ChartCard>
  );
};
