import { makeStyles } from '@fluentui/react';
import { type ProfileReport, profileTraits } from '@junction/contracts';
import { traitWords } from '../../lib/trait-words.ts';
import { inSentence, listOfWords } from '../../lib/words.ts';
import { BarChart } from './charts/bar-chart.tsx';
import { ChartCard } from './charts/chart-card.tsx';
import { type Mark, peopleWords } from './marks.ts';
import { useReportView } from './report-view.ts';
import { hiddenWords } from './words.ts';

const useStyles = makeStyles((theme) => ({
  missing: { margin: '12px 0 0', color: theme.semanticColors.bodySubtext, lineHeight: '20px' },
}));

const marksOf = ({ completeness, profiles, threshold }: ProfileReport): Mark[] =>
  completeness.map(({ trait, column, filled }) => {
    const share = filled === null || profiles === 0 ? null : filled / profiles;
    return {
      key: trait,
      name: `${traitWords[trait]} (${column})`,
      people: filled,
      share,
      words: filled === null ? hiddenWords(threshold) : peopleWords(filled, share),
      isRest: false,
      isChoosable: false,
    };
  });

/** Of how many people each column says something, and what no column was found for. Whatever filters. */
export const CompletenessCard = () => {
  const styles = useStyles();
  const { report } = useReportView();
  const marks = marksOf(report);
  const known = new Set(report.completeness.map(({ trait }) => trait));
  const missing = profileTraits.filter((trait) => !known.has(trait)).map((trait) => inSentence(traitWords[trait]));
  return (
    <ChartCard
      id="completeness"
      title="Completeness"
      text="Of how many profiles each recognised column says something, whatever filters."
      head={['Column', 'Filled']}
      marks={marks}
      none="No column was recognised."
    >
      {(svgRef) => (
        <>
          <BarChart label="Completeness" marks={marks} svgRef={svgRef} scale="whole" />
          {missing.length > 0 && (
            <p className={styles.missing}>
              No column was found for {listOfWords(missing)}. Admins choose the columns at the connection.
            </p>
          )}
        </>
      )}
    </ChartCard>
  );
};
