import { makeStyles } from '@fluentui/react';
import { ShimmerRow } from '../../ui/data-table/filler-rows.tsx';
import { groups } from './status-view.ts';

const useStyles = makeStyles((theme) => ({
  box: {
    border: `1px solid ${theme.semanticColors.bodyDivider}`,
    borderRadius: 8,
    background: theme.semanticColors.bodyBackground,
    marginBottom: 16,
    padding: '8px 0',
  },
  tiles: { display: 'grid', gap: 8, gridTemplateColumns: 'repeat(auto-fit, minmax(min(150px, 100%), 1fr))' },
}));

/** Shapes in the places of what is on its way. */
export const LoadingStatus = () => {
  const styles = useStyles();
  return (
    <div role="status" aria-label="Loading the status" aria-busy>
      <div className={styles.box}>
        <ShimmerRow />
      </div>
      <div className={styles.tiles}>
        {groups.map((group) => (
          <div key={group} className={styles.box}>
            <ShimmerRow />
          </div>
        ))}
      </div>
      <div className={styles.box}>
        {groups.map((group) => (
          <ShimmerRow key={group} />
        ))}
      </div>
    </div>
  );
};
