import { makeStyles } from '@fluentui/react';
import { CitiesCard } from './cities-card.tsx';
import { CompletenessCard } from './completeness-card.tsx';
import { MapCard } from './map-card.tsx';
import { NotesCard } from './notes-card.tsx';
import { useReportView } from './report-view.ts';
import { TrendCard } from './trend-card.tsx';
import { ValueCard } from './value-card.tsx';

/** Below this width of the window, charts stand below each other. */
const oneColumn = '@media screen and (max-width: 959px)';
const paper = '@media print';

const useStyles = makeStyles({
  grid: {
    display: 'grid',
    gridTemplateColumns: 'repeat(2, minmax(0, 1fr))',
    gap: 16,
    alignItems: 'stretch',
    '& > *': { breakInside: 'avoid' },
    // One that is left over has the row for itself.
    '& > :last-child:nth-child(odd)': { gridColumn: '1 / -1' },
    [oneColumn]: { gridTemplateColumns: 'minmax(0, 1fr)' },
    [paper]: { gap: 8 },
  },
  onScreen: { [paper]: { display: 'none' } },
  // Beside the list of countries, which is as high as both.
  places: { display: 'flex', flexDirection: 'column', gap: 16, minWidth: 0, '& > :last-child': { flex: 1 } },
});

/** The charts of a report, two beside each other. One whose column is not there is left out. */
export const ReportCharts = () => {
  const styles = useStyles();
  const { report, filter } = useReportView();
  const { charts, completeness } = report;
  const hasCities = completeness.some(({ trait }) => trait === 'city');
  return (
    <div className={styles.grid}>
      {charts.gender && <ValueCard chart="gender" values={charts.gender} />}
      {charts.age && <ValueCard chart="age" values={charts.age} />}
      {charts.country && (
        <>
          <ValueCard chart="country" values={charts.country} title="Countries and regions" />
          <div className={styles.places}>
            {/* A sheet has no room for the map and the cities. */}
            <div className={filter.country === undefined ? undefined : styles.onScreen}>
              <MapCard values={charts.country} />
            </div>
            {hasCities && <CitiesCard />}
          </div>
        </>
      )}
      {charts.income && <ValueCard chart="income" values={charts.income} />}
      <CompletenessCard />
      <TrendCard />
      <NotesCard />
    </div>
  );
};
