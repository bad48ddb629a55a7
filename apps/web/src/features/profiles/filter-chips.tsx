import { ActionButton, DefaultButton, FontWeights, makeStyles } from '@fluentui/react';
import type { ProfileFilter } from '@junction/contracts';
import { filteringCharts, without } from './filters.ts';
import { filterName } from './words.ts';

const useStyles = makeStyles((theme) => ({
  root: { display: 'flex', flexWrap: 'wrap', alignItems: 'center', gap: 8, minHeight: 32, margin: '12px 0' },
  hintRow: { '@media print': { minHeight: 0 } },
  hint: { margin: 0, color: theme.semanticColors.bodySubtext },
  list: { display: 'contents', listStyle: 'none', margin: 0, padding: 0 },
  unprinted: { '@media print': { display: 'none' } },
}));

const chipStyles = {
  root: { borderRadius: 16, height: 'auto', minHeight: 32, padding: '0 12px', maxWidth: '100%' },
  flexContainer: { flexDirection: 'row-reverse' as const },
  textContainer: { minWidth: 0 },
  label: { fontWeight: FontWeights.regular, lineHeight: '18px', overflowWrap: 'anywhere' as const },
  icon: { fontSize: 12, lineHeight: 12, height: 12, margin: '0 0 0 4px' },
};

type Props = { filter: ProfileFilter; onFilter: (filter: ProfileFilter) => void };

/** What the report is filtered by, each to be taken away; and until then how to filter. */
export const FilterChips = ({ filter, onFilter }: Props) => {
  const styles = useStyles();
  const charts = filteringCharts(filter);
  if (charts.length === 0)
    return (
      <div className={`${styles.root} ${styles.hintRow}`}>
        <p className={`${styles.hint} ${styles.unprinted}`}>
          Choose a bar or a country, and the whole report is about those people.
        </p>
      </div>
    );
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset cannot be laid out as a row everywhere
    <div className={styles.root} role="group" aria-label="Filters">
      {charts.map((chart) => {
        const name = filterName(chart, filter[chart] ?? '');
        return (
          <DefaultButton
            key={chart}
            iconProps={{ iconName: 'Cancel' }}
            text={name}
            ariaLabel={`Remove filter ${name}`}
            styles={chipStyles}
            onClick={() => onFilter(without(filter, chart))}
          />
        );
      })}
      <ActionButton className={styles.unprinted} text="Clear all" onClick={() => onFilter({})} />
    </div>
  );
};
