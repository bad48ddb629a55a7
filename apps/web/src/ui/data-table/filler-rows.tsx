import { DefaultButton, makeStyles, Shimmer } from '@fluentui/react';
import { useEffect } from 'react';

const useStyles = makeStyles((theme) => ({
  row: { height: 42, display: 'flex', alignItems: 'center', gap: 12, padding: '0 16px', boxSizing: 'border-box' },
  error: { color: theme.semanticColors.errorText },
}));

/** A row whose content is still on its way. */
export const ShimmerRow = () => {
  const styles = useStyles();
  return (
    <div className={styles.row}>
      <Shimmer styles={{ root: { flex: 1 } }} />
    </div>
  );
};

/** Stands after the last row that is known; asks for more as soon as it comes into sight. */
export const MoreRows = ({ error, onMore }: { error: unknown; onMore: () => void }) => {
  const styles = useStyles();
  const isFailed = error !== null;
  // biome-ignore lint/correctness/useExhaustiveDependencies: once per appearance; a failure waits for Retry
  useEffect(() => {
    if (!isFailed) onMore();
  }, []);
  if (!isFailed) return <ShimmerRow />;
  return (
    <div className={styles.row}>
      <span className={styles.error}>More rows could not be loaded.</span>
      <DefaultButton text="Retry" onClick={onMore} />
    </div>
  );
};
