import { makeStyles, Shimmer, ShimmerElementType } from '@fluentui/react';

const useStyles = makeStyles((theme) => ({
  grid: {
    display: 'grid',
    gap: 16,
    gridTemplateColumns: 'repeat(2, minmax(0, 1fr))',
    '@media (max-width: 959px)': { gridTemplateColumns: 'minmax(0, 1fr)' },
  },
  card: {
    padding: 20,
    border: `1px solid ${theme.semanticColors.bodyDivider}`,
    borderRadius: 8,
    background: theme.semanticColors.bodyBackground,
    minWidth: 0,
  },
  wide: { gridColumn: '1 / -1', marginBottom: 28 },
}));

const line = (height: number, width = '100%') => ({ type: ShimmerElementType.line, height, width });
const gap = (height: number) => ({ type: ShimmerElementType.gap, height, width: '100%' });

const Lines = ({ heights }: { heights: readonly number[] }) =>
  heights.map((height, index) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: shapes in places that never change
    <Shimmer key={index} shimmerElements={[line(height)]} styles={{ root: { marginBottom: 12 } }} />
  ));

const charts = ['one', 'two', 'three', 'four'];

/** Shapes in the places of what is on its way. */
export const LoadingReport = () => {
  const styles = useStyles();
  return (
    <div className={styles.grid} role="status" aria-label="Loading the report" aria-busy>
      <div className={`${styles.card} ${styles.wide}`}>
        <Shimmer shimmerElements={[line(28, '30%'), gap(28)]} />
      </div>
      {charts.map((chart) => (
        <div key={chart} className={styles.card}>
          <Lines heights={[16, 24, 24, 24, 24]} />
        </div>
      ))}
    </div>
  );
};
