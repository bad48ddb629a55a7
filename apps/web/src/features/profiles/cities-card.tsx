import { makeStyles } from '@fluentui/react';
import { othersBar, unknownBar } from '@junction/contracts';
import { Card } from '../../ui/card.tsx';
import { useReportView } from './report-view.ts';
import { ValueCard } from './value-card.tsx';
import { countryName } from './words.ts';

const useStyles = makeStyles((theme) => ({
  hint: { display: 'grid', '@media print': { display: 'none' } },
  none: { margin: 0, color: theme.semanticColors.bodySubtext, lineHeight: '20px' },
}));

const titles: Readonly<Record<string, string>> = {
  [othersBar]: 'Cities in other countries',
  [unknownBar]: 'Cities without a country',
};

/** The cities of the country that is chosen, and until then how to choose one. */
export const CitiesCard = () => {
  const styles = useStyles();
  const { report, about } = useReportView();
  const { country } = about;
  if (country !== undefined && report.charts.city !== null)
    return (
      <ValueCard
        chart="city"
        values={report.charts.city}
        title={titles[country] ?? `Cities in ${countryName(country)}`}
      />
    );
  return (
    <div className={styles.hint}>
      <Card title="Cities">
        <p className={styles.none}>Choose a country in the list or on the map to see its cities.</p>
      </Card>
    </div>
  );
};
